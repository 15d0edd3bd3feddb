import CalendarAPI
import ReconcileModel

/// One event change on its way: told what the last call was answered, it says what to call next, or what became of it.
///
/// Pure: it sends nothing. Every unclear answer is resolved by reading the event, never by trusting a repetition.
struct EventTask: Sendable {
    enum Step: Sendable {
        /// On another calendar than that of the round, where one is named.
        case call(EventCall, on: CalendarID? = nil)
        /// The same, after a while: what was answered may be of a moment ago.
        case wait(Duration, then: EventCall)
        case finished(Finished)
    }

    /// What became of a change, and what stands there now.
    struct Finished: Sendable {
        var outcome: Outcome
        var event: EventID?
        var etag: ETag?
        /// The event that has its page's content now, in which version; nil: none has.
        var linked: (event: EventID, etag: ETag, desired: DesiredEvent)?
        /// Over what Google has, where it did not store what was written as it was sent.
        var storedHash: ContentHash?
        /// Whether the event is there no more, or ours no more.
        var isGone = false
        /// The event as it stands in the calendar that it was taken to.
        var moved: LiveEvent?
        /// Google does not move it, and it certainly is where it was.
        var isRefused = false
        /// It failed, and what stands there could not be read: it may have been carried out.
        var isUnclear = false
        /// What stood there where an event was to be created, and the fields of it that were changed.
        var found: (event: LiveEvent, fields: Set<EventField>)?
        var warnings: [Warning] = []
        /// Where people find the event.
        var address: String?

        static func ended(_ outcome: Outcome) -> Finished { Finished(outcome: outcome) }

        /// Of a write that is unclear, or was refused for a version: what stands there was looked at, and not shown.
        static func unseen(
            _ error: CalendarError?,
            doubt: CalendarError?,
            mayHaveWritten: Bool,
            _ describe: (CalendarError) -> Failure
        ) -> Finished {
            let failure = describe(doubt ?? error ?? .malformedAnswer(reason: "no event in it"))
            return mayHaveWritten ? .unclear(failure) : .ended(.failed(failure))
        }

        /// A write of which nobody can say whether it was carried out.
        static func unclear(_ failure: Failure) -> Finished { Finished(outcome: .failed(failure), isUnclear: true) }
    }

    private enum Stage: Sendable {
        case creating(CreationTask)
        case updating(UpdateTask)
        case deleting(DeletionTask)
        case releasing(ReleaseTask)
        case moving(MoveTask)
    }

    private var stage: Stage
    let firstCall: EventCall

    init(_ change: EventChange, organization: String, target: Target) {
        switch change {
        case .create(let creation):
            let task = CreationTask(creation, organization: organization, target: target)
            (stage, firstCall) = (.creating(task), task.firstCall)
        case .update(let update):
            let task = UpdateTask(update, organization: organization, target: target)
            (stage, firstCall) = (.updating(task), task.firstCall)
        case .delete(let deletion):
            let task = DeletionTask(deletion)
            (stage, firstCall) = (.deleting(task), task.firstCall)
        case .release(let release):
            let task = ReleaseTask(release)
            (stage, firstCall) = (.releasing(task), task.firstCall)
        case .move(let move):
            let task = MoveTask(move, organization: organization, target: target)
            (stage, firstCall) = (.moving(task), task.firstCall)
        }
    }

    static let hidden = "it is private, and Google does not show its content"

    /// The event after its marks were to be written: with its new version, where that was answered.
    static func marked(
        _ result: Result<EventAnswer, CalendarError>,
        _ live: LiveEvent,
        _ difference: StoredDifference
    ) -> LiveEvent {
        guard let answered = result.live, answered.status == .live, answered.marks?.stored == difference.hash,
            answered.event == live.event
        else { return live }
        return answered
    }

    /// Whether a write may have been carried out whose answer was lost.
    var mayHaveWritten: Bool {
        switch stage {
        case .creating(let task): task.mayHaveWritten
        case .updating(let task): task.mayHaveWritten
        case .deleting(let task): task.mayHaveWritten
        case .releasing(let task): task.mayHaveWritten
        case .moving(let task): task.mayHaveWritten
        }
    }

    /// Whether the write was confirmed, and only its mark is still to be completed.
    var isMarking: Bool {
        switch stage {
        case .creating(let task): task.isMarking
        case .updating(let task): task.isMarking
        case .moving(let task): task.isMarking
        case .deleting, .releasing: false
        }
    }

    mutating func next(after result: EventResult, describe: (CalendarError) -> Failure) -> Step {
        switch stage {
        case .creating(var task):
            defer { stage = .creating(task) }
            return task.next(after: result, describe: describe)
        case .updating(var task):
            defer { stage = .updating(task) }
            return task.next(after: result, describe: describe)
        case .deleting(var task):
            defer { stage = .deleting(task) }
            return task.next(after: result, describe: describe)
        case .releasing(var task):
            defer { stage = .releasing(task) }
            return task.next(after: result, describe: describe)
        case .moving(var task):
            defer { stage = .moving(task) }
            return task.next(after: result, describe: describe)
        }
    }
}

extension ETag {
    /// Nil where Google gave none: then a write cannot be conditional.
    var condition: ETag? { rawValue.isEmpty ? nil : self }
}

extension EventResult {
    /// After a write: whether it, or an earlier try of it, may have been carried out without our having seen the answer.
    var leavesDoubt: Bool { wasRepeated || outcome.error?.isUnknownOutcome == true }

    /// The same of a write that answers the event.
    var leavesDoubtOfEvent: Bool { leavesDoubt || live == nil && error == nil }

    var live: LiveEvent? { outcome.live }
    var error: CalendarError? { outcome.error }
}

extension Result where Success == EventAnswer, Failure == CalendarError {
    /// The event that was answered, in the words of the model.
    var live: LiveEvent? {
        guard case .success(.event(let event)) = self else { return nil }
        return event.liveEvent()
    }

    var error: CalendarError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

extension EventMarks {
    /// Those of an event that is about to be as its page wants it.
    init(of desired: DesiredEvent, organization: String, _ database: DatabaseID, on event: EventID) {
        self.init(
            page: desired.page,
            organization: organization,
            database: database,
            hash: desired.hash,
            event: event,
            settings: desired.settingsMark
        )
    }
}
