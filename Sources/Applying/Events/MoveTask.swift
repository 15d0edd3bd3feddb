import CalendarAPI
import ReconcileModel

/// Takes an event to another calendar. What Google documents of it is that its id stays; so whatever was answered, what stands there
/// decides: it is looked for in the other calendar first, and then in its own.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events/move>
struct MoveTask: Sendable {
    private enum State: Sendable {
        case moving
        /// Looking for it in the other calendar.
        case seeking(CalendarError)
        /// Looking whether it still is where it was. What was found in the other calendar and is not marked may be somebody else's.
        case lookingBack(CalendarError, found: LiveEvent?)
        /// It is there, and lost our marks on the way.
        case marking
    }

    private let move: EventMove
    private let marks: EventMarks
    private var state = State.moving
    private(set) var mayHaveWritten = false

    init(_ move: EventMove, organization: String, target: Target) {
        self.move = move
        marks =
            move.live.marks
            ?? EventMarks(
                page: move.page,
                organization: organization,
                database: target.database,
                event: move.live.id
            )
    }

    var firstCall: EventCall { .move(move.live.id, to: move.to) }

    var isMarking: Bool { if case .marking = state { true } else { false } }

    mutating func next(
        after result: EventResult,
        describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .moving: afterMove(result)
        case .seeking(let error): afterSeeking(result, error, describe)
        case .lookingBack(let error, let found): afterLookingBack(result, error, found, describe)
        case .marking: afterMarking(result, describe)
        }
    }

    private mutating func afterMove(_ result: EventResult) -> EventTask.Step {
        if result.leavesDoubtOfEvent { mayHaveWritten = true }
        if let live = result.live, live.status == .live { return arrived(live) }
        // That it was carried out says the event alone.
        if result.error == nil { mayHaveWritten = true }
        state = .seeking(result.error ?? .unconfirmed(reason: "the event that was answered is deleted"))
        return .call(.get(move.live.id), on: move.to)
    }

    private mutating func afterSeeking(
        _ result: EventResult,
        _ error: CalendarError,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        var found: LiveEvent?
        if let live = result.live, live.status == .live, !live.isHidden {
            if live.marks?.page == move.page { return arrived(live) }
            if live.marks == nil { found = live }
        } else if result.live == nil {
            switch result.error {
            case .notFound, .gone: break
            case let unread:
                return .finished(.unseen(unread, doubt: error, mayHaveWritten: mayHaveWritten, describe))
            }
        }
        state = .lookingBack(error, found: found)
        return .call(.get(move.live.id))
    }

    private mutating func afterLookingBack(
        _ result: EventResult,
        _ error: CalendarError,
        _ found: LiveEvent?,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        guard let live = result.live else {
            switch result.error {
            case .notFound, .gone: return left(found)
            case let unread:
                return .finished(.unseen(unread, doubt: error, mayHaveWritten: mayHaveWritten, describe))
            }
        }
        guard live.status == .live else { return left(found) }
        // It may still be carried out: a second event in its place could be one too many.
        guard !mayHaveWritten else { return .finished(.unclear(describe(error))) }
        var end = EventTask.Finished.ended(.failed(describe(error)))
        end.isRefused = error.isRefusalForGood
        return .finished(end)
    }

    /// It is not where it was: what has its id in the other calendar is this event.
    private mutating func left(_ found: LiveEvent?) -> EventTask.Step {
        if let found { return arrived(found) }
        return .finished(.ended(.stale("it was deleted in the meantime")))
    }

    private mutating func arrived(_ live: LiveEvent) -> EventTask.Step {
        guard live.marks == nil, !live.isHidden, let event = live.event else { return done(live) }
        state = .marking
        let patch = EventPatch(fields: [], event: event, marks: marks)
        return .call(.patch(live.id, patch, ifMatch: live.etag.condition), on: move.to)
    }

    private func afterMarking(_ result: EventResult, _ describe: (CalendarError) -> Failure) -> EventTask.Step {
        guard let live = result.live, live.status == .live, live.marks?.page == move.page else {
            // The link into the former calendar tells whose it is, until the next run has marked it.
            let error = result.error ?? .unconfirmed(reason: "the event that was answered has no marks of ours")
            return .finished(.ended(.failed(describe(error))))
        }
        return done(live)
    }

    private func done(_ live: LiveEvent) -> EventTask.Step {
        var end = EventTask.Finished(outcome: .applied, event: live.id, etag: live.etag)
        end.moved = live
        return .finished(end)
    }
}

extension CalendarError {
    /// Whether Google will say the same of this event at any time: only then is it made anew, which loses what people made of it.
    fileprivate var isRefusalForGood: Bool {
        switch self {
        case .badRequest, .forbidden, .duplicate, .notFound, .gone: true
        case .unauthorized, .conflict, .preconditionFailed, .rateLimited, .quotaExceeded, .otherCalendar, .service,
            .malformedAnswer, .unconfirmed, .transport, .token, .notSent:
            false
        }
    }
}
