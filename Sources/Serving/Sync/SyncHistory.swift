import ReconcileModel
import Synchronization

/// What came of each organization's last synchronization by this service, for the status page.
final class SyncHistory: Sendable {
    struct Entry: Sendable {
        var finishedAt: Timestamp
        /// Nil: all is as declared, or there was nothing to do with it.
        var problem: String?
        var warnings: [Warning]
    }

    private let entries = Mutex<[String: Entry]>([:])

    func record(_ synced: SyncedOrganization, at now: Timestamp) {
        let entry = Entry(finishedAt: now, problem: synced.problem, warnings: synced.report.plan.warnings)
        entries.withLock { $0[synced.prefix] = entry }
    }

    func record(_ failure: Failure, of prefixes: [String], at now: Timestamp) {
        entries.withLock { entries in
            for prefix in prefixes {
                entries[prefix] = Entry(finishedAt: now, problem: failure.description, warnings: [])
            }
        }
    }

    subscript(prefix: String) -> Entry? { entries.withLock { $0[prefix] } }
}

extension SyncedOrganization {
    /// Why not everything was done, for people; nil where it was, or where it was rightly left alone.
    var problem: String? {
        if report.isSuccess { return nil }
        if let failure = report.failure { return failure.description }
        switch report.plan.status {
        case .error, .blocked: return report.plan.explanation ?? report.plan.status.rawValue
        case .skipped, .noChanges, .changes: break
        }
        for outcome in report.outcomes {
            if case .failed(let failure) = outcome {
                return "\(failedChanges) of \(report.outcomes.count) changes failed, the first one: \(failure)"
            }
        }
        return "\(failedChanges) of \(report.outcomes.count) changes were not carried out"
    }
}
