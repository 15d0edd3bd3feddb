import CalendarAPI
import ReconcileModel

/// Changes fields of an event, on the condition that it still is the version that was seen.
struct UpdateTask: Sendable {
    private enum State: Sendable {
        case patching
        /// Reading what became of it; `doubt`: what the write was answered, where that left it unclear.
        case inspecting(doubt: CalendarError?)
        /// It is done, and Google stored it differently: that is noted on the event.
        case marking(LiveEvent, StoredDifference)
    }

    private let update: EventUpdate
    private let patch: EventPatch
    private let marks: EventMarks
    private var state = State.patching
    private var patches = 1
    private(set) var mayHaveWritten = false

    private static let limit = 4

    init(_ update: EventUpdate, organization: String, target: Target) {
        self.update = update
        let desired = update.desired
        marks =
            update.marks ?? EventMarks(of: desired, organization: organization, target.database, on: update.live.id)
        patch = EventPatch(
            fields: Set(update.fields),
            event: desired.event,
            marks: marks,
            clearsOtherMarks: update.marks != nil
        )
    }

    var firstCall: EventCall { call(etag: update.live.etag) }

    private func call(etag: ETag) -> EventCall { .patch(update.live.id, patch, ifMatch: etag.condition) }

    var isMarking: Bool { if case .marking = state { true } else { false } }

    mutating func next(
        after result: EventResult,
        describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .patching: afterPatch(result, describe)
        case .inspecting(let doubt): afterInspection(result, doubt: doubt, describe)
        case .marking(let live, let difference): done(EventTask.marked(result.outcome, live, difference), difference)
        }
    }

    private mutating func afterPatch(
        _ result: EventResult,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if result.leavesDoubtOfEvent { mayHaveWritten = true }
        if let live = result.live {
            // Without a condition a PATCH lands on an event that was deleted meanwhile, too, and leaves it deleted.
            guard live.status == .live else { return .finished(.ended(.stale("it was deleted in the meantime"))) }
            return written(live)
        }
        let error = result.error ?? .malformedAnswer(reason: "no event in it")
        switch error {
        case .preconditionFailed: return inspect(doubt: nil)
        case .notFound, .gone: return .finished(.ended(.stale("it was deleted in the meantime")))
        default:
            return result.leavesDoubtOfEvent
                ? inspect(doubt: error) : .finished(.ended(.failed(describe(error))))
        }
    }

    /// After the answer to the write: believed where it has what was sent.
    private mutating func written(_ live: LiveEvent) -> EventTask.Step {
        if let doubt = live.doubt(of: update.desired.event, update.fields, marks) {
            mayHaveWritten = true
            return inspect(doubt: doubt)
        }
        let difference = StoredDifference(update.desired, in: live, fields: update.fields)
        guard let difference else { return done(live) }
        // The version that was there before: nothing was written.
        guard !live.etag.isSameVersion(as: update.live.etag) else {
            mayHaveWritten = true
            return inspect(doubt: .unconfirmed(reason: "the event that was answered is as it was"))
        }
        guard update.marks == nil, vouches(for: live) else { return done(live, difference) }
        state = .marking(live, difference)
        return .call(difference.marking(live, marks, update.desired.event))
    }

    private mutating func inspect(doubt: CalendarError?) -> EventTask.Step {
        state = .inspecting(doubt: doubt)
        return .call(.get(update.live.id))
    }

    private mutating func afterInspection(
        _ result: EventResult,
        doubt: CalendarError?,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        guard let live = result.live else {
            switch result.error {
            case .notFound, .gone: return .finished(.ended(.stale("it was deleted in the meantime")))
            case let error:
                return .finished(.unseen(error, doubt: doubt, mayHaveWritten: mayHaveWritten, describe))
            }
        }
        guard !live.isHidden else { return .finished(.ended(.stale(EventTask.hidden))) }
        let page = live.marks?.page
        let isOurs = page == update.desired.page || page == update.live.marks?.page
        guard live.status == .live, isOurs, let event = live.event else {
            return .finished(.ended(.stale("it was deleted or taken over in the meantime")))
        }
        let isDone = !update.desired.event.differences(from: event).contains(where: update.fields.contains)
        if page == update.desired.page, isDone {
            // Our own write, whose answer was lost, or somebody else's same idea.
            return done(live, isOurs: mayHaveWritten && live.carries(marks))
        }
        if let doubt { return .finished(.ended(.failed(describe(doubt)))) }
        guard let changed = changes(since: event), changed.isEmpty else {
            return .finished(.ended(.stale("somebody changed it in the meantime")))
        }
        // Only what is not ours changed (a guest answered, a colour was set): what was planned still holds.
        guard patches < Self.limit else { return .finished(.ended(.stale("it keeps changing"))) }
        patches += 1
        state = .patching
        return .call(call(etag: live.etag))
    }

    /// - Parameter isOurs: whether it was this run that made it so.
    private func done(
        _ live: LiveEvent,
        _ difference: StoredDifference? = nil,
        isOurs: Bool = true
    ) -> EventTask.Step {
        let vouches = vouches(for: live)
        return .finished(
            EventTask.Finished(
                outcome: isOurs ? .applied : .done,
                event: live.id,
                etag: live.etag,
                linked: (live.id, vouches ? live.etag : update.live.etag, update.desired),
                storedHash: vouches ? difference?.hash : nil,
                warnings: [difference?.warning].compactMap(\.self)
            )
        )
    }

    /// Whether what we did not write is as it was seen.
    ///
    /// Google may carry a PATCH out although somebody changed another field since. A link to that version would say that it
    /// is as we want it, and hide the change for ever; with the older version the next plan compares the fields.
    private func vouches(for live: LiveEvent) -> Bool {
        guard let event = live.event, let changed = changes(since: event) else { return false }
        return changed.allSatisfy(update.fields.contains)
    }

    /// Fields of the page in which the event is not as it was seen before; nil where that was not seen.
    private func changes(since event: EventContent) -> [EventField]? {
        update.live.event?.limited(to: Set(update.desired.event.fields)).differences(from: event)
    }
}
