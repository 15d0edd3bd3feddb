import ReconcileModel
import Reconciling
import Synchronization

/// What came of each organization's last synchronization by this service, for the status page.
final class SyncHistory: Sendable {
    struct Entry: Sendable {
        var at: Timestamp
        /// What was done, such as `2 created, 1 updated`.
        var result: String
        /// What is wrong, in words that everybody may read; nil: all is as declared, or it was rightly left alone.
        var problem: String?
        /// The same, for those who run the service.
        var details: String?
        var warnings: [Warning]
    }

    private let entries = Mutex<[String: Entry]>([:])

    func record(_ synced: SyncedOrganization, at now: Timestamp) {
        let entry = Entry(
            at: now,
            result: synced.result,
            problem: synced.publicProblem,
            details: synced.problem,
            warnings: synced.report.plan.warnings
        )
        entries.withLock { $0[synced.prefix] = entry }
    }

    /// Notes that something failed as a whole.
    func recordFailure(_ problem: String, _ details: String? = nil, of prefixes: [String], at now: Timestamp) {
        let entry = Entry(at: now, result: "failed", problem: problem, details: details, warnings: [])
        entries.withLock { entries in
            for prefix in prefixes { entries[prefix] = entry }
        }
    }

    /// Forgets a problem that is none any more, where it is what was noted last.
    func clear(_ problem: String, of prefix: String) {
        entries.withLock { if $0[prefix]?.problem == problem { $0[prefix] = nil } }
    }

    subscript(prefix: String) -> Entry? { entries.withLock { $0[prefix] } }
}

extension SyncedOrganization {
    /// Why not everything was done, for people; nil where it was, or where it was rightly left alone.
    var problem: String? {
        if report.isSuccess { return nil }
        if let failure = report.failure { return failure.description }
        switch report.plan.status {
        case .error: return explanation
        case .blocked: return failedChanges == 0 ? explanation : "\(explanation); \(undone)"
        case .skipped, .orphaned, .noChanges, .changes: return undone
        }
    }

    private var explanation: String { report.plan.explanation ?? report.plan.status.rawValue }

    /// How much was not done, and why the first of it was not.
    private var undone: String {
        for one in report.done {
            if case .failed(let failure) = one.outcome {
                return "\(failedChanges) of \(report.done.count) changes failed, the first one: \(failure)"
            }
        }
        return "\(failedChanges) of \(report.done.count) changes were not carried out"
    }

    /// `problem` without what concerns only those who run the service.
    fileprivate var publicProblem: String? {
        guard problem != nil else { return nil }
        switch report.plan.status {
        case .error: return "The last sync failed; the log of the service tells why."
        case .blocked: return "A safety rule holds back \(blockedChanges), until a maintainer allows them."
        case .skipped, .orphaned, .noChanges, .changes: return "\(failedChanges) changes could not be carried out."
        }
    }

    /// `2 created, 1 updated; 3 deletes wait for a yes`
    fileprivate var result: String {
        let counts = Dictionary(grouping: processed, by: \.status).mapValues(\.count)
        let texts: [String] = [.created, .updated, .deleted].compactMap { (status: ProcessedEvent.Status) in
            counts[status].map { "\($0) \(status.rawValue)" }
        }
        let done = texts.isEmpty ? "no changes" : texts.joined(separator: ", ")
        let pending = report.plan.pendingDeletes
        guard pending > 0 else { return done }
        return "\(done); \(counted(pending, "delete")) \(pending == 1 ? "waits" : "wait") for a yes"
    }
}
