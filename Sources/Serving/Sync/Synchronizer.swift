import Logging
import ReconcileModel
import Reconciling
import ServiceLifecycle
import Synchronization
import Telemetry

/// What happens when the schedule or a webhook asks for a run: synchronize what may be, and read anew what is only shown.
struct Synchronizer: Sendable {
    let reconciler: LiveReconciler
    let declarations: Declarations
    let cache: EventsCache
    let coordinator: SyncCoordinator
    let metrics: ServiceMetrics
    let history: SyncHistory
    /// What the schedule takes up again before its time.
    let retries: RetryList
    /// When this instance last tried to synchronize each organization.
    let attempts: Attempts
    /// Of the schedule, for organizations that declare none.
    let interval: Duration
    let now: @Sendable () -> Timestamp
    let logger: Logger

    func run(_ prefixes: [String], _ trigger: SyncTrigger) async {
        let organizations = prefixes.compactMap { declarations[$0] }.filter { $0.isActive && $0.notion != nil }
        if trigger == .webhook { cache.outdate(organizations.map(\.prefix)) }
        var due = reconciler.keyProblem == nil ? organizations.filter(\.isSyncEnabled) : []
        if trigger == .schedule { due = await notSynchronizedElsewhere(due) }
        let answer = await coordinator.sync(due.map(\.prefix), trigger)
        retries.add(due.map(\.prefix).filter { answer.isWorthRepeating(for: $0) })
        let synced = (try? answer.get()) ?? []
        guard trigger == .webhook else { return }
        // A delivery means that something changed: where the run has not read it, it is read for the endpoints alone.
        let read = Set(synced.filter { $0.listing != nil }.map(\.prefix))
        for prefix in organizations.map(\.prefix) where !read.contains(prefix) {
            guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
            // As it is declared by now: the runs before may have taken minutes.
            guard let organization = declarations[prefix], organization.isActive else { continue }
            await cache.refresh(organization)
        }
    }

    /// Looks at once whether a changed table still has what the declaration names.
    func checkMapping(_ prefix: String) async {
        guard let organization = declarations[prefix], organization.isActive else { return }
        do throws(Failure) {
            try await reconciler.checkMapping(of: organization)
            history.clear(Self.misfit, of: prefix)
        } catch  where error.code.subject == .property {
            logger.error("the mapping does not fit", metadata: ["organization": "\(prefix)", "error": "\(error)"])
            history.recordFailure(Self.misfit, error.description, of: [prefix], at: now())
        } catch {
            // Says nothing of the mapping; the next run looks again.
            logger.warning("no look at the mapping", metadata: ["organization": "\(prefix)", "error": "\(error)"])
        }
    }

    private static let misfit = "The Notion database has not all that the declaration names any more."

    /// What was known before the start, for those who watch how old the last success is.
    func tellLastSuccess() async {
        for (prefix, stored) in (try? await reconciler.overview().organizations) ?? [:]
        where declarations[prefix] != nil {
            guard let last = stored.lastSync.flatMap({ Timestamp(rfc3339: $0) }) else { continue }
            metrics.succeeded(prefix, at: last)
        }
    }

    /// Another instance on the same state has a schedule as well: what it did a short while ago need not be done again.
    private func notSynchronizedElsewhere(_ organizations: [Organization]) async -> [Organization] {
        guard let stored = try? await reconciler.overview().organizations else { return organizations }
        let now = now()
        return organizations.filter { organization in
            // What this instance did itself is no reason: its own schedule, or a failure since, asks for more.
            guard let attempt = attempts[organization.prefix],
                let last = stored[organization.prefix]?.lastSync.flatMap({ Timestamp(rfc3339: $0) }), last > attempt
            else { return true }
            let interval = organization.syncInterval ?? Int(interval.components.seconds)
            return last.adding(seconds: interval / 2) <= now
        }
    }
}

/// When runs for each organization ended, however they did.
final class Attempts: Sendable {
    private let times = Mutex<[String: Timestamp]>([:])

    func note(_ prefixes: [String], at now: Timestamp) {
        times.withLock { times in
            for prefix in prefixes { times[prefix] = now }
        }
    }

    subscript(prefix: String) -> Timestamp? { times.withLock { $0[prefix] } }
}

extension SyncCoordinator.Answer {
    /// Whether trying again soon may help: not where a person has to decide.
    fileprivate func isWorthRepeating(for prefix: String) -> Bool {
        switch self {
        case .failure(let failure):
            switch failure.refusal {
            case .stopping, .accountChanged: return false
            case .locked, .cancelled, .noKey, .disabled, .leftAlone, .heldBack, nil: return true
            }
        case .success(let synced):
            guard let own = synced.first(where: { $0.prefix == prefix }) else { return false }
            return !own.report.isSuccess && own.report.plan.status != .blocked && !own.report.plan.isLeftAlone
        }
    }
}
