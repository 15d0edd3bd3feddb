import CalendarAPI
import LinkStorage
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

    /// As many changes as fit into one batch request.
    private static let width = 50

    /// - Parameter changes: positions in the plan and what is to be done there.
    /// - Returns: outcomes by position; where the state failed, those reached until then, with the failure.
    func apply(_ changes: [(index: Int, change: Change)]) async -> (outcomes: [Int: Outcome], failure: Failure?) {
        var outcomes: [Int: Outcome] = [:]
        var rest = changes[...]
        var isAtEnd = false
        while !rest.isEmpty, !isAtEnd, obstacle() == nil, !Task.isCancelled {
            let batch = Array(rest.prefix(Self.width))
            rest = rest.dropFirst(batch.count)
            do throws(StateError) {
                isAtEnd = try await apply(batch, into: &outcomes)
            } catch {
                return (outcomes, error.failure)
            }
        }
        return (outcomes, nil)
    }

    /// - Returns: whether nothing after it would succeed either.
    private func apply(
        _ batch: [(index: Int, change: Change)],
        into outcomes: inout [Int: Outcome]
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
        let (ends, isAtEnd) = await finish(batch.map(\.change))
        let finished = await confirmed(ends)
        var results: [JournalResult] = []
        for ((index, change), (number, end)) in zip(batch, zip(numbers, finished)) {
            outcomes[index] = end.outcome
            results.append(result(end, of: change, seq: number))
        }
        try await store.record(results, in: run, organization: plan.organization.prefix)
        return isAtEnd
    }

    /// Runs tasks side by side until each has ended; their next calls share batch requests.
    private func finish(_ changes: [Change]) async -> (ends: [EventTask.Finished], isAtEnd: Bool) {
        var isAtEnd = false
        var ends = [EventTask.Finished?](repeating: nil, count: changes.count)
        var active: [(index: Int, task: EventTask, call: EventCall)] = []
        for (index, change) in changes.enumerated() {
            let task = EventTask(change, organization: plan.organization.prefix, target: target)
            guard let task else { continue }
            active.append((index, task, task.firstCall))
        }
        while !active.isEmpty {
            let results = await calendars.perform(active.map(\.call), on: calendar, isFreshCalendar: isFreshCalendar)
            isAtEnd = isAtEnd || results.contains { $0.outcome.error?.endsWriting == true }
            var next: [(index: Int, task: EventTask, call: EventCall)] = []
            for ((index, task, _), result) in zip(active, results) {
                var task = task
                switch task.next(after: result.outcome, describe: describe) {
                case .call(let call): next.append((index, task, call))
                case .finished(let end): ends[index] = end
                }
            }
            active = next
        }
        return (ends.map { $0 ?? .ended(.skipped("there was nothing to do")) }, isAtEnd)
    }

    /// An event's 404 is believed once the calendar was seen: access to all of it may just have been taken away.
    private func confirmed(_ ends: [EventTask.Finished]) async -> [EventTask.Finished] {
        guard ends.contains(where: \.reliesOnCalendar) else { return ends }
        do throws(CalendarError) {
            _ = try await calendars.calendar(calendar, isFreshCalendar: isFreshCalendar)
            return ends
        } catch {
            let failed = EventTask.Finished.ended(.failed(describe(error)))
            return ends.map { $0.reliesOnCalendar ? failed : $0 }
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
                lastEdited: linked.desired.lastEdited
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
