import Logging
import ReconcileModel
import Synchronization
import Telemetry

/// What happens when the schedule or a webhook asks for a run: synchronize what may be, and read anew what is only shown.
struct Synchronizer: Sendable {
    let engine: ServiceEngine
    let declarations: Declarations
    let cache: EventsCache
    let coordinator: SyncCoordinator
    let directory: OrganizationDirectory
    let metrics: ServiceMetrics
    let history: SyncHistory
    /// What the schedule takes up again before its time.
    let retries: RetryList
    /// Organizations that this instance has synchronized: the first time nothing is left to another one.
    let begun = SeenPrefixes()
    /// Of the schedule, for organizations that declare none.
    let interval: Duration
    let now: @Sendable () -> Timestamp
    let logger: Logger

    func run(_ prefixes: [String], _ trigger: ServiceEngine.Trigger) async {
        let organizations = prefixes.compactMap { declarations[$0] }.filter { $0.isActive && $0.notion != nil }
        var due = engine.refusal == nil ? organizations.filter(\.isSyncEnabled) : []
        if trigger == .schedule { due = await notSynchronizedElsewhere(due) }
        begun.add(due.map(\.prefix))
        let answer = await coordinator.sync(due.map(\.prefix), trigger)
        retries.add(due.map(\.prefix).filter { answer.isWorthRepeating(for: $0) })
        let synced = (try? answer.get()) ?? []
        guard trigger == .webhook else { return }
        // A delivery means that something changed: where the run has not read it, it is read for the endpoints alone.
        let read = Set(synced.filter { $0.listing != nil }.map(\.prefix))
        for organization in organizations where !read.contains(organization.prefix) {
            await cache.refresh(organization)
        }
    }

    /// Looks at once whether a changed table still has what the declaration names.
    func checkMapping(_ prefix: String) async {
        guard let organization = declarations[prefix], organization.isActive else { return }
        do throws(Failure) { try await engine.checkMapping(organization) } catch {
            logger.error("the mapping does not fit", metadata: ["organization": "\(prefix)", "error": "\(error)"])
            let problem = "The Notion database has not all that the declaration names any more."
            history.recordFailure(problem, of: [prefix], at: now())
        }
    }

    /// Gives every organization a number in the state; one that has none gets it when it is first asked for.
    func register() async {
        do throws(Failure) { try await directory.learn(declarations.organizations) } catch {
            logger.error("organizations could not be registered", metadata: ["error": "\(error)"])
        }
    }

    /// What was known before the start, for those who watch how old the last success is.
    func tellLastSuccess() async {
        for (prefix, stored) in (try? await engine.overview().organizations) ?? [:] where declarations[prefix] != nil {
            guard let last = stored.lastSync.flatMap({ Timestamp(rfc3339: $0) }) else { continue }
            metrics.succeeded(prefix, at: last)
        }
    }

    /// Another instance on the same state has a schedule as well: what it did a short while ago need not be done again.
    private func notSynchronizedElsewhere(_ organizations: [Organization]) async -> [Organization] {
        guard let stored = try? await engine.overview().organizations else { return organizations }
        let now = now()
        return organizations.filter { organization in
            guard begun.contains(organization.prefix),
                let last = stored[organization.prefix]?.lastSync.flatMap({ Timestamp(rfc3339: $0) })
            else {
                return true
            }
            let interval = organization.syncInterval ?? Int(interval.components.seconds)
            return last.adding(seconds: interval / 2) <= now
        }
    }
}

/// Prefixes that came by.
final class SeenPrefixes: Sendable {
    private let prefixes = Mutex<Set<String>>([])

    func add(_ more: [String]) { prefixes.withLock { $0.formUnion(more) } }

    func contains(_ prefix: String) -> Bool { prefixes.withLock { $0.contains(prefix) } }
}

extension SyncCoordinator.Answer {
    /// Whether trying again soon may help: not where a person has to decide.
    fileprivate func isWorthRepeating(for prefix: String) -> Bool {
        switch self {
        case .failure(let failure): return failure.code != "stopping"
        case .success(let synced):
            guard let own = synced.first(where: { $0.prefix == prefix }) else { return false }
            return !own.report.isSuccess && own.report.plan.status != .blocked && own.report.plan.status != .skipped
        }
    }
}
