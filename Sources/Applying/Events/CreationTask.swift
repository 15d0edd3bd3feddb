import CalendarAPI
import ReconcileModel

/// Brings an event into being: by insert, by reviving a deleted one, or by recognizing that it is already there.
struct CreationTask: Sendable {
    private enum State: Sendable {
        case inserting
        /// Reading what has the id; `doubt`: what the write before was answered, where that left it unclear.
        case inspecting(doubt: CalendarError?)
        case reviving
        /// It is there and ours, but not in these fields as the page wants it.
        case aligning(Set<EventField>)
        /// It is done, and Google stored it differently: that is noted on the event.
        case marking(LiveEvent, StoredDifference)
    }

    private let creation: EventCreation
    private let organization: String
    private let database: DatabaseID
    private let ownership: EventOwnership
    private var state: State
    private var id: EventID
    private var generation: Int
    private var inspections = 0
    /// How often what is said to be there was not found in a row.
    private var misses = 0
    /// An insert or a revival was not answered, so what stands there may be ours.
    private var mayHaveMade = false
    /// A change of what was found was not answered.
    private var mayHaveAligned = false
    private var found: (event: LiveEvent, fields: Set<EventField>)?

    /// Nobody takes so many ids of one page, and nobody changes an event so often within one run.
    private static let limit = 8
    /// How long to wait for what an insert says is there, and a reading does not find: one replica may lag behind another.
    private static let patience: [Duration] = [.seconds(1), .seconds(2), .seconds(4), .seconds(8)]

    init(_ creation: EventCreation, organization: String, target: Target) {
        (self.creation, ownership) = (creation, target.ownership)
        (self.organization, database) = (organization, target.database)
        id = creation.id
        state = creation.tombstone == nil ? .inserting : .reviving
        // An id that is not derived from the page (a revived one of the predecessor) is followed by the page's own.
        generation =
            (0..<Self.limit).first { EventID(derivedFrom: creation.desired.page, generation: $0) == creation.id } ?? -1
    }

    private var desired: DesiredEvent { creation.desired }

    private var marks: EventMarks {
        creation.restoration?.marks ?? EventMarks(of: desired, organization: organization, database, on: id)
    }

    /// An undo brings back what was deleted; it takes over nothing that stands there now.
    private var isRestoring: Bool { creation.restoration != nil }

    var firstCall: EventCall {
        guard let tombstone = creation.tombstone else { return insertion }
        return revival(etag: tombstone)
    }

    var mayHaveWritten: Bool { mayHaveMade || mayHaveAligned }

    var isMarking: Bool { if case .marking = state { true } else { false } }

    mutating func next(
        after result: EventResult,
        describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .inserting, .reviving: if result.leavesDoubtOfEvent { mayHaveMade = true }
        case .aligning: if result.leavesDoubtOfEvent { mayHaveAligned = true }
        case .inspecting, .marking: break
        }
        return step(after: result, describe)
    }

    private mutating func step(
        after result: EventResult,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .inserting: afterInsert(result, describe)
        case .inspecting(let doubt): afterInspection(result, doubt: doubt, describe)
        case .reviving: afterRevival(result, describe)
        case .aligning(let fields): afterAlignment(result, fields, describe)
        case .marking(let live, let difference): afterMarking(result, live, difference)
        }
    }

    // MARK: - Answers

    private mutating func afterInsert(
        _ result: EventResult,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if let live = result.live { return written(live, desired.event.fields, describe) }
        let error = result.error ?? .malformedAnswer(reason: "no event in it")
        if case .duplicate = error { return inspect(doubt: nil, describe) }
        if case .conflict = error { return inspect(doubt: error, describe) }
        return result.leavesDoubtOfEvent ? inspect(doubt: error, describe) : failed(describe(error))
    }

    private mutating func afterInspection(
        _ result: EventResult,
        doubt: CalendarError?,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        guard let live = result.live else {
            switch result.error {
            case .notFound where doubt == nil && misses < Self.patience.count:
                misses += 1
                return .wait(Self.patience[misses - 1], then: .get(id))
            case .notFound, .gone:
                // Nothing has the id: the doubtful write was not carried out. Without a doubt, a 409 said that the id is
                // taken, yet nothing can be read under it, and not after a while either: burnt.
                if let doubt { return .finished(.ended(.failed(describe(doubt)))) }
                return insertSuccessor(describe)
            case let error:
                return failed(describe(doubt ?? error ?? .malformedAnswer(reason: "no event in it")))
            }
        }
        // Whose it is cannot be seen: a second one in its place would stand beside a private event, in public.
        guard !live.isHidden else { return stale(EventTask.hidden) }
        if live.status == .cancelled {
            // The tombstone of a successor is another event than the one that is to be restored.
            guard !isRestoring || id == creation.id else { return insertSuccessor(describe) }
            guard live.marks == nil || isOurs(live) else { return insertSuccessor(describe) }
            state = .reviving
            return .call(revival(etag: live.etag, clearing: live.marks?.settingFields ?? []))
        }
        guard isOurs(live), live.recurringEvent == nil else { return insertSuccessor(describe) }
        let fields =
            live.event.map { desired.event.differences(from: $0) } ?? desired.event.fields
        if isRestoring, id != creation.id, doubt == nil { return stale("its page has another event now") }
        guard !fields.isEmpty else { return stands(live) }
        if isRestoring { return stale("somebody brought it back and edited it in the meantime") }
        state = .aligning(Set(fields))
        if !isOurMaking(live), !mayHaveAligned { found = (live, Set(fields)) }
        let patch = EventPatch(fields: Set(fields), event: desired.event, marks: marks)
        return .call(.patch(id, patch, ifMatch: live.etag.condition))
    }

    private mutating func afterRevival(
        _ result: EventResult,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if let live = result.live {
            guard live.status == .live else { return insertSuccessor(describe) }
            return written(live, desired.event.fields, describe)
        }
        let error = result.error ?? .malformedAnswer(reason: "no event in it")
        switch error {
        // Emptied from the trash: the id can neither be inserted nor updated any more.
        case .forbidden("forbidden", _), .notFound, .gone: return insertSuccessor(describe)
        case .preconditionFailed: return inspect(doubt: nil, describe)
        default:
            return result.leavesDoubtOfEvent ? inspect(doubt: error, describe) : failed(describe(error))
        }
    }

    private mutating func afterAlignment(
        _ result: EventResult,
        _ fields: Set<EventField>,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if let live = result.live {
            guard live.status == .live else { return inspect(doubt: nil, describe) }
            return written(live, fields, describe)
        }
        let error = result.error ?? .malformedAnswer(reason: "no event in it")
        if case .preconditionFailed = error { return inspect(doubt: nil, describe) }
        return result.leavesDoubtOfEvent ? inspect(doubt: error, describe) : failed(describe(error))
    }

    /// After the answer to a write: believed where it has what was sent.
    private mutating func written(
        _ live: LiveEvent,
        _ fields: some Sequence<EventField>,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if let doubt = live.doubt(of: desired.event, fields, marks) {
            if case .aligning = state { mayHaveAligned = true } else { mayHaveMade = true }
            return inspect(doubt: doubt, describe)
        }
        let difference = StoredDifference(desired, in: live, fields: fields)
        // What an undo brings back has the marks that it had.
        guard let difference, creation.restoration?.marks == nil else { return done(live, difference) }
        state = .marking(live, difference)
        return .call(difference.marking(live, marks, desired.event))
    }

    /// The mark is a convenience for other states: without it the event is as good.
    private func afterMarking(
        _ result: EventResult,
        _ live: LiveEvent,
        _ difference: StoredDifference
    ) -> EventTask.Step {
        done(EventTask.marked(result.outcome, live, difference), difference)
    }

    // MARK: - Calls

    private var insertion: EventCall {
        .insert(EventBody(id: id, event: desired.event, marks: marks, sourceURL: Self.sourceURL(of: desired.page)))
    }

    /// - Parameter settings: what an earlier template set of the deleted event, where it was just read: it is not to come back.
    private func revival(etag: ETag, clearing settings: Set<EventField> = []) -> EventCall {
        let event = desired.event.speaking(of: settings)
        let patch = EventPatch(fields: Set(event.fields), event: event, marks: marks, revive: true)
        return .patch(id, patch, ifMatch: etag.condition)
    }

    private mutating func inspect(doubt: CalendarError?, _ describe: (CalendarError) -> Failure) -> EventTask.Step {
        inspections += 1
        misses = 0
        guard inspections <= Self.limit else {
            return failed(describe(doubt ?? .conflict(reason: "the event keeps changing")))
        }
        state = .inspecting(doubt: doubt)
        return .call(.get(id))
    }

    private mutating func insertSuccessor(_ describe: (CalendarError) -> Failure) -> EventTask.Step {
        guard creation.restoration?.mayTakeSuccessor ?? true else {
            return stale("its id cannot be used any more, and its page has another event")
        }
        generation += 1
        guard generation < Self.limit else { return .finished(.ended(.failed(describe(.duplicate)))) }
        id = EventID(derivedFrom: desired.page, generation: generation)
        state = .inserting
        // What stands under the id before is none of our making, and no more to be changed.
        (mayHaveMade, mayHaveAligned, found) = (false, false, nil)
        return .call(insertion)
    }

    /// Also another organization's event can carry the mark of this page.
    private func isOurs(_ live: LiveEvent) -> Bool {
        live.marks?.page == desired.page && ownership.owner(of: live, link: nil, isKnown: true) == .ours
    }

    /// Whether an insert or a revival of this run, whose answer was lost, made what stands there: it carries what that sent.
    private func isOurMaking(_ live: LiveEvent) -> Bool { mayHaveMade && live.carries(marks) }

    /// It was found to be as its page wants it.
    private mutating func stands(_ live: LiveEvent) -> EventTask.Step {
        if isOurMaking(live) {
            found = nil
            return done(live)
        }
        if mayHaveAligned, found != nil, live.carries(marks) { return done(live) }
        found = nil
        return done(live, outcome: .done)
    }

    private func done(
        _ live: LiveEvent,
        _ difference: StoredDifference? = nil,
        outcome: Outcome = .applied
    ) -> EventTask.Step {
        .finished(
            EventTask.Finished(
                outcome: outcome,
                event: live.id,
                etag: live.etag,
                linked: (live.id, live.etag, desired),
                storedHash: difference?.hash,
                found: found,
                warnings: [difference?.warning].compactMap(\.self)
            )
        )
    }

    private func failed(_ failure: Failure) -> EventTask.Step {
        .finished(mayHaveWritten ? .unclear(failure) : .ended(.failed(failure)))
    }

    private func stale(_ message: String) -> EventTask.Step { .finished(.ended(.stale(message))) }

    /// Where people read the page: <https://app.notion.com/p/…>, the form since June 2026.
    private static func sourceURL(of page: PageID) -> String { "https://app.notion.com/p/\(page.compact)" }
}
