import CalendarAPI
import LinkStorage
import Observing
import ReconcileModel

/// Carries out the event changes of one organization, batch by batch: the intents are recorded, the calls travel, what was
/// answered and the links that follow are recorded, then comes the next batch.
struct EventApplier: Sendable {
    let calendars: CalendarClient
    let store: LinkStore
    let run: RunID
    let plan: OrganizationPlan
    let target: OrganizationPlan.Target
    let calendar: CalendarID
    let isFreshCalendar: Bool
    /// Why nothing more may be written; nil: it may.
    let obstacle: @Sendable () -> String?
    /// How the proof of a delete is renewed; nil: none of them needs one.
    var proofs: ProofRenewal?
    let clock: any Clock<Duration>

    /// As many changes as fit into one batch request.
    private static let width = 50

    /// What became of the changes.
    struct Result: Sendable {
        /// By position in the plan.
        var outcomes: [Int: Outcome] = [:]
        /// Why it ended early: the state failed, or the calendar or the account was refused as a whole.
        var failure: Failure?
        /// What people should know of what was written.
        var warnings: [Warning] = []
    }

    /// - Parameter changes: positions in the plan and what is to be done there.
    func apply(_ changes: [(index: Int, change: Change)]) async -> Result {
        var result = Result()
        var proofs = DeletionProofs(proofs, of: plan.organization, target)
        var rest = changes[...]
        var isAtEnd = false
        while !rest.isEmpty, !isAtEnd, obstacle() == nil, !Task.isCancelled {
            let batch = Array(rest.prefix(Self.width))
            rest = rest.dropFirst(batch.count)
            do throws(StateError) {
                isAtEnd = try await apply(batch, &proofs, into: &result)
            } catch {
                result.failure = error.failure
                return result
            }
        }
        return result
    }

    /// - Returns: whether nothing after it would succeed either.
    private func apply(
        _ batch: [(index: Int, change: Change)],
        _ proofs: inout DeletionProofs,
        into result: inout Result
    ) async throws(StateError) -> Bool {
        let intents = batch.map { _, change in
            JournalIntent(
                change: change,
                organization: plan.organization.prefix,
                calendar: calendar,
                isAllowedByName: target.deletesAreAllowedByName
            )
        }
        let numbers = try await store.record(intents, in: run)
        let (finished, refusal) = await finish(batch.map(\.change), &proofs)
        var results: [JournalResult] = []
        for ((index, change), (number, end)) in zip(batch, zip(numbers, finished)) {
            result.outcomes[index] = end.outcome
            result.warnings += end.warnings
            results.append(self.result(end, of: change, seq: number))
        }
        try await store.record(results, in: run, organization: plan.organization.prefix)
        result.failure = refusal
        return refusal != nil
    }

    /// A task on its way.
    private struct Active {
        var index: Int
        var task: EventTask
        var call: EventCall
        /// The page of which must be known that it asks for no event, as the call leaves.
        var page: PageID?

        var isWrite: Bool { if case .get = call { false } else { true } }
        var provenPage: PageID? { if case .delete = call { page } else { nil } }
    }

    /// Runs tasks side by side until each has ended; their next calls share batch requests.
    ///
    /// - Returns: also why nothing after it would succeed either: then that is said once, and not of each change.
    private func finish(
        _ changes: [Change],
        _ proofs: inout DeletionProofs
    ) async -> (ends: [EventTask.Finished], refusal: Failure?) {
        var refusal: Failure?
        var ends = [EventTask.Finished?](repeating: nil, count: changes.count)
        var active = changes.enumerated().compactMap { index, change in
            EventTask(change, organization: plan.organization.prefix, target: target).map { task in
                Active(index: index, task: task, call: task.firstCall, page: change.pageToProve)
            }
        }
        var (width, expirations) = (Self.width, 0)
        while !active.isEmpty {
            let unproven = await proofs.renew(active.prefix(width).compactMap(\.provenPage))
            for one in active.prefix(width) where one.provenPage.map(unproven.contains) == true {
                ends[one.index] = .ended(
                    .stale("its page was restored in the meantime, or cannot be looked at any more")
                )
            }
            let turn = active.prefix(width).filter { ends[$0.index] == nil }
            let rest = active.dropFirst(width)
            let results = await calendars.perform(
                turn.map(\.call),
                on: calendar,
                isFreshCalendar: isFreshCalendar,
                mayStillLeave: proofs.check(turn.compactMap(\.provenPage))
            )
            let sight = await sight(after: results)
            if case .gone(let error) = sight { refusal = refusal ?? describe(error) }
            var next: [Active] = []
            var pause = Duration.zero
            let waitedTooLong = results.contains { $0.outcome.error?.isExpired == true }
            if waitedTooLong { expirations += 1 }
            for (one, result) in zip(turn, results) {
                var one = one
                if let error = result.outcome.error {
                    if error.isExpired, expirations < Self.patience {
                        next.append(one)
                        continue
                    }
                    if error.endsWriting || error.holdsForCalendar {
                        refusal = refusal ?? describe(error)
                        if one.isWrite, !one.task.isMarking {
                            ends[one.index] = refused(one, result, error)
                            continue
                        }
                    }
                }
                if let error = sight.error, case .notFound? = result.error, !one.task.isMarking {
                    ends[one.index] = refused(one, result, error, isForAll: sight.isGone)
                    continue
                }
                switch one.task.next(after: result, describe: describe) {
                case .call(let call):
                    one.call = call
                    next.append(one)
                case .wait(let time, let call):
                    (one.call, pause) = (call, max(pause, time))
                    next.append(one)
                case .finished(let end): ends[one.index] = end
                }
            }
            // What waits longer for its turn than a proof lasts goes in smaller groups.
            if waitedTooLong { width = max(1, turn.count / 2) }
            active = next + rest
            // Cancelled: what is unclear is still looked at, only sooner.
            if pause > .zero { try? await clock.sleep(for: pause) }
        }
        return (ends.map { $0 ?? .ended(.skipped("there was nothing to do")) }, refusal)
    }

    /// What becomes of a write that was refused with all others: not tried, unless an earlier try got no answer.
    ///
    /// - Parameter isForAll: whether it is said of the organization; otherwise it is said of the change.
    private func refused(
        _ active: Active,
        _ result: EventResult,
        _ error: CalendarError,
        isForAll: Bool = true
    ) -> EventTask.Finished {
        if active.task.mayHaveWritten || active.isWrite && result.wasRepeated { return .unclear(describe(error)) }
        return .ended(isForAll ? .skipped("Google refused it, as all of this calendar") : .failed(describe(error)))
    }

    /// How often a delete is proven again because it had to wait.
    private static let patience = 12

    /// What one look at the calendar told.
    private enum Sight {
        /// It is there, so a 404 speaks of the event; or nothing was looked for.
        case there
        /// It cannot be seen, so everything else would fail as well.
        case gone(CalendarError)
        /// It could not be looked at, so a 404 says nothing.
        case unknown(CalendarError)

        var error: CalendarError? {
            switch self {
            case .there: nil
            case .gone(let error), .unknown(let error): error
            }
        }

        var isGone: Bool { if case .gone = self { true } else { false } }
    }

    /// A 404 is believed of an event once the calendar was seen after it: access to all of it may just have been taken away.
    private func sight(after results: [EventResult]) async -> Sight {
        let isAsked = results.contains { if case .notFound? = $0.error { true } else { false } }
        guard isAsked else { return .there }
        do throws(CalendarError) {
            _ = try await calendars.calendar(calendar, isFreshCalendar: isFreshCalendar)
            return .there
        } catch {
            return error.meansNotThere ? .gone(error) : .unknown(error)
        }
    }

    private func describe(_ error: CalendarError) -> Failure { error.failure(on: calendar, account: calendars.account) }

    private func result(_ end: EventTask.Finished, of change: Change, seq: Int) -> JournalResult {
        var result = JournalResult(
            seq: seq,
            outcome: end.outcome,
            etag: end.etag,
            event: end.event,
            link: link(end, after: change)
        )
        (result.isUnclear, result.found) = (end.isUnclear, end.found)
        return result
    }

    private func link(_ end: EventTask.Finished, after change: Change) -> JournalResult.LinkChange? {
        if let page = end.unlinked { return unlink(page, after: change) }
        // An empty hash: an undo restores an event that had no link.
        guard let linked = end.linked, !linked.desired.hash.rawValue.isEmpty else { return nil }
        return .set(
            Link(
                organization: plan.organization.prefix,
                page: linked.desired.page,
                event: linked.event,
                database: target.database,
                calendar: calendar,
                hash: linked.desired.hash,
                // What an undo leaves need not be what the page asks for: without a version the next plan compares the fields.
                etag: change.reason == .undone ? ETag(rawValue: "") : linked.etag,
                lastEdited: linked.desired.lastEdited,
                storedHash: change.reason == .undone ? nil : end.storedHash
            )
        )
    }

    /// A page whose created event is taken back gets the link again that it had.
    private func unlink(_ page: PageID, after change: Change) -> JournalResult.LinkChange {
        guard case .deleteEvent(let deletion) = change, deletion.reason == .undone else { return .remove(page) }
        guard var link = deletion.linkBefore, link.calendar == calendar else {
            return .removeLink(of: page, to: deletion.live.id)
        }
        link.etag = ETag(rawValue: "")
        return .set(link)
    }
}

extension Change {
    /// The page whose absence a delete relies on. A duplicate goes because another copy stays, an undo goes by its journal, and where
    /// the whole database is another one none of its pages is asked.
    fileprivate var pageToProve: PageID? {
        guard case .deleteEvent(let deletion) = self else { return nil }
        return [.duplicate, .undone, .databaseChanged].contains(deletion.reason) ? nil : deletion.page
    }
}
