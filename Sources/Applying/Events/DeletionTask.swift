import CalendarAPI
import ReconcileModel

/// Deletes an event, on the condition that it still is the one that was seen.
struct DeletionTask: Sendable {
    private enum State: Sendable {
        case deleting
        case inspecting(doubt: CalendarError?)
    }

    private let deletion: EventDeletion
    private var state = State.deleting
    private var deletes = 1
    private(set) var mayHaveWritten = false

    private static let limit = 4

    init(_ deletion: EventDeletion) { self.deletion = deletion }

    var firstCall: EventCall { .delete(deletion.live.id, ifMatch: deletion.live.etag.condition) }

    mutating func next(
        after result: EventResult,
        describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .deleting: afterDelete(result, describe)
        case .inspecting(let doubt): afterInspection(result, doubt: doubt, describe)
        }
    }

    private mutating func afterDelete(
        _ result: EventResult,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if result.leavesDoubt { mayHaveWritten = true }
        switch result.outcome {
        case .success(.deleted): return .finished(finished(.applied))
        case .success:
            mayHaveWritten = true
            return inspect(doubt: .unconfirmed(reason: "the answer is not that to a delete"))
        // 410: deleted before, by an earlier try or by somebody else. 404: purged, for its calendar was seen.
        case .failure(.gone), .failure(.notFound): return gone
        case .failure(.preconditionFailed): return inspect(doubt: nil)
        case .failure(let error):
            return result.leavesDoubt ? inspect(doubt: error) : .finished(.ended(.failed(describe(error))))
        }
    }

    private mutating func inspect(doubt: CalendarError?) -> EventTask.Step {
        state = .inspecting(doubt: doubt)
        return .call(.get(deletion.live.id))
    }

    private mutating func afterInspection(
        _ result: EventResult,
        doubt: CalendarError?,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        guard let live = result.live else {
            switch result.error {
            case .gone, .notFound: return gone
            case let error:
                return .finished(.unseen(error, doubt: doubt, mayHaveWritten: mayHaveWritten, describe))
            }
        }
        if live.status == .cancelled { return gone }
        if let doubt { return .finished(.ended(.failed(describe(doubt)))) }
        guard !live.isHidden else { return .finished(.ended(.stale(EventTask.hidden))) }
        guard !deletion.isExact, live.marks?.page == deletion.page, let event = live.event,
            let seen = deletion.live.event,
            seen.withoutSettings.differences(from: event).isEmpty
        else { return .finished(.ended(.stale("somebody changed it in the meantime"))) }
        guard deletes < Self.limit else { return .finished(.ended(.stale("it keeps changing"))) }
        deletes += 1
        state = .deleting
        return .call(.delete(deletion.live.id, ifMatch: live.etag.condition))
    }

    /// It is not there any more: by our own delete, where an answer was lost, or by somebody else's. A tombstone does not say whose.
    private var gone: EventTask.Step { .finished(finished(mayHaveWritten ? .applied : .done)) }

    private func finished(_ outcome: Outcome) -> EventTask.Finished {
        EventTask.Finished(outcome: outcome, event: deletion.live.id, isGone: true)
    }
}
