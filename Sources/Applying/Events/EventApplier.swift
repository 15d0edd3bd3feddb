import CalendarAPI
import LinkStorage
import Observing
import ReconcileModel

/// Carries out the event changes of one organization, batch by batch: the intents are recorded, the calls travel, what was
/// answered and the links that follow are recorded, then comes the next batch.
struct EventApplier: Sendable {
    let calendars: CalendarClient
    let store: any StateSession
    let run: RunID
    let plan: OrganizationPlan
    let target: Target
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
        /// Where people find the events that were written, by page.
        var addresses: [PageID: String] = [:]
        /// The events that were taken to another calendar, as they stand there.
        var moved: [EventID: LiveEvent] = [:]
        /// Positions in the plan of those that Google does not move.
        var refused: Set<Int> = []
    }

    /// - Parameter changes: positions in the plan and what is to be done there.
    func apply(_ changes: [(index: Int, change: EventChange)]) async -> Result {
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
        _ batch: [(index: Int, change: EventChange)],
        _ proofs: inout DeletionProofs,
        into result: inout Result
    ) async throws(StateError) -> Bool {
        let intents = batch.map { _, change in
            JournalIntent(
                change: .event(change),
                organization: plan.organization.prefix,
                calendar: calendar,
                // What has its like in another calendar is no page's loss.
                isAllowedByName: target.deletesAreAllowedByName || change.reason == .calendarMoved
            )
        }
        let numbers = try await store.record(intents, in: run)
        var round = EventRound(
            batch.map(\.change),
            of: plan.organization.prefix,
            on: EventRound.Place(calendars: calendars, calendar: calendar, isFresh: isFreshCalendar, target: target),
            clock: clock
        )
        let (finished, refusal) = await round.finish(&proofs)
        var results: [JournalResult] = []
        for ((index, change), (number, end)) in zip(batch, zip(numbers, finished)) {
            result.outcomes[index] = end.outcome
            result.warnings += end.warnings
            if let live = end.moved { result.moved[live.id] = live }
            if end.isRefused { result.refused.insert(index) }
            if let address = end.address { result.addresses[change.page] = address }
            results.append(self.result(end, of: change, seq: number))
        }
        try await store.record(results, in: run, organization: plan.organization.prefix)
        result.failure = refusal
        return refusal != nil
    }

    private func result(_ end: EventTask.Finished, of change: EventChange, seq: Int) -> JournalResult {
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

    private func link(_ end: EventTask.Finished, after change: EventChange) -> JournalResult.LinkChange? {
        if case .move(let move) = change { return end.moved.flatMap { link(move, as: $0) } }
        guard end.isGone || end.linked != nil else { return nil }
        return switch change.link {
        case .link: link(end, etag: end.linked?.etag, storedHash: end.storedHash)
        case .linkUnversioned: link(end, etag: nil, storedHash: nil)
        case .restore(let link): .set(link.unversioned)
        case .forget: .remove(change.page)
        case .forgetIfLinked: .removeLink(of: change.page, to: change.eventID)
        case .keep: nil
        }
    }

    /// The link holds in the other calendar as well; of its version, only where the event was as it was written, and went along so.
    private func link(_ move: EventMove, as live: LiveEvent) -> JournalResult.LinkChange? {
        guard var link = move.link else { return nil }
        let isAsWritten = link.written.etag.isSameVersion(as: move.live.etag) && live.isUnchanged(since: move.live)
        (link.calendar, link.event) = (move.to, live.id)
        link.written.etag = isAsWritten ? live.etag : ETag(rawValue: "")
        return .set(link)
    }

    private func link(_ end: EventTask.Finished, etag: ETag?, storedHash: ContentHash?) -> JournalResult.LinkChange? {
        guard let linked = end.linked else { return nil }
        return .set(
            Link(
                organization: plan.organization.prefix,
                page: linked.desired.page,
                event: linked.event,
                database: target.database,
                calendar: calendar,
                written: Link.Written(
                    hash: linked.desired.hash,
                    storedHash: storedHash,
                    etag: etag ?? ETag(rawValue: ""),
                    lastEdited: linked.desired.lastEdited
                )
            )
        )
    }
}

extension EventChange {
    fileprivate var link: LinkAftermath {
        switch self {
        case .create(let creation): creation.link
        case .update(let update): update.link
        case .delete(let deletion): deletion.link
        case .move: .keep
        case .release: .forgetIfLinked
        }
    }
}

extension Link {
    /// Of no known version.
    fileprivate var unversioned: Link {
        var link = self
        link.written.etag = ETag(rawValue: "")
        return link
    }
}
