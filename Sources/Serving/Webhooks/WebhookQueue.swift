package import ReconcileModel
package import Reconciling
import ServiceLifecycle
import Synchronization

/// Turns deliveries into runs: one run for all that came within a short while, for the organizations concerned only.
///
/// What comes during a run leads to one further run. Order does not matter, since a run reads everything anew, and what
/// a delivery repeats starts nothing. Notion's queries may lag seconds behind its deliveries, which are themselves held
/// back for up to a minute; should a run have been too early nevertheless, the schedule's next one sees the change, as it
/// sees those of which no delivery came. For the same reason nothing is kept over a restart: the first scheduled run
/// follows soon after it.
package final class WebhookQueue: Service {
    /// What became of a delivery.
    package enum Reception: Equatable, Sendable {
        case queued
        /// It was there before.
        case repeated
        /// It concerns no events.
        case ignored
    }

    /// What is known about Notion beyond the declarations. Answers are prefixes.
    package struct Directory: Sendable {
        /// Whose events were read from this table before. Called for each delivery: must not wait.
        package var organizationsOfTable: @Sendable (NotionTable) -> Set<String>
        /// Whose calendars have events of these pages.
        package var organizationsOfPages: @Sendable (Set<PageID>) async -> Set<String>

        package init(
            organizationsOfTable: @escaping @Sendable (NotionTable) -> Set<String>,
            organizationsOfPages: @escaping @Sendable (Set<PageID>) async -> Set<String>
        ) {
            (self.organizationsOfTable, self.organizationsOfPages) = (organizationsOfTable, organizationsOfPages)
        }
    }

    private struct State {
        var recent: RecentDeliveries
        var backlog: SyncBacklog
        var mappings: Set<String> = []
    }

    private let declarations: Declarations
    private let directory: Directory
    private let clock: ServiceClock
    private let synchronize: @Sendable ([String], SyncTrigger) async -> Void
    private let checkMapping: @Sendable (String) async -> Void
    private let state: Mutex<State>
    private let syncSignal = Signal()
    private let mappingSignal = Signal()

    /// - Parameters:
    ///   - memory: how many deliveries are remembered to tell a repeated one.
    ///   - run: synchronizes the organizations with these prefixes, one or more, all active; where one is not to be
    ///     synchronized, its events may have changed nevertheless. Returns when that has ended, however it did.
    ///   - checkMapping: looks whether the properties that the organization needs are there; told at once, also during a run.
    package init(
        declarations: Declarations,
        directory: Directory,
        pace: SyncBacklog.Pace = SyncBacklog.Pace(),
        memory: Int = 4096,
        clock: some Clock<Duration>,
        run: @escaping @Sendable ([String], SyncTrigger) async -> Void,
        checkMapping: @escaping @Sendable (String) async -> Void
    ) {
        (self.declarations, self.directory, self.clock) = (declarations, directory, ServiceClock(clock))
        (synchronize, self.checkMapping) = (run, checkMapping)
        state = Mutex(State(recent: RecentDeliveries(capacity: memory), backlog: SyncBacklog(pace: pace)))
    }

    /// How many organizations and pages wait for a run.
    package var queueLength: Int { state.withLock { $0.backlog.count } }

    /// Takes note of a delivery; does not wait.
    ///
    /// - Parameter speakers: the organizations that it may speak of.
    package func add(_ delivery: NotionDelivery, of speakers: Speakers = .all) -> Reception {
        guard let subject = delivery.subject else { return .ignored }
        guard state.withLock({ state in delivery.id.map { state.recent.insert($0) } ?? true }) else { return .repeated }
        switch subject {
        case .page(let page, let table, let isMoved):
            let prefixes = speakers.among(table.map(prefixes(of:)) ?? [])
            // Only the links know where a page was before.
            let isUnclear = prefixes.isEmpty || isMoved
            state.withLock { state in
                state.backlog.add(prefixes, at: clock.now())
                guard isUnclear else { return }
                state.backlog.add(page, of: speakers, at: clock.now())
            }
        case .table(let table, let isSchema):
            let prefixes = speakers.among(prefixes(of: table))
            guard !prefixes.isEmpty else { return .ignored }
            state.withLock { state in
                state.backlog.add(prefixes, at: clock.now())
                if isSchema { state.mappings.formUnion(prefixes) }
            }
            if isSchema { mappingSignal.send() }
        }
        syncSignal.send()
        return .queued
    }

    package func run() async throws {
        await withTaskGroup { group in
            group.addTask { await self.synchronizeWhatComes() }
            group.addTask { await self.checkWhatComes() }
        }
    }

    private func synchronizeWhatComes() async {
        while await syncSignal.wait() {
            while let due = state.withLock(\.backlog.due) {
                guard await clock.sleep(until: due) else { return }
                // Nil where another delivery came during the sleep: then there is more to wait for.
                guard let batch = state.withLock({ $0.backlog.take(at: clock.now()) }) else { continue }
                let prefixes = await prefixes(of: batch)
                if !prefixes.isEmpty { await synchronize(prefixes, .webhook) }
            }
        }
    }

    private func checkWhatComes() async {
        while await mappingSignal.wait() {
            let prefixes = state.withLock { state in
                defer { state.mappings = [] }
                return state.mappings
            }
            for prefix in prefixes.sorted() where !Task.isShuttingDownGracefully { await checkMapping(prefix) }
        }
    }

    private func prefixes(of table: NotionTable) -> Set<String> {
        let declaring = declarations.organizations.filter { $0.isActive && $0.declares(table) }.map(\.prefix)
        return directory.organizationsOfTable(table).union(declaring)
    }

    /// Organizations that are declared no more by now, or inactive, are left out.
    private func prefixes(of batch: SyncBacklog.Batch) async -> [String] {
        let active = declarations.organizations.filter(\.isActive).map(\.prefix)
        var concerned = batch.prefixes
        if let unnamed = batch.unnamed { concerned.formUnion(unnamed.among(Set(active))) }
        for (speakers, pages) in Dictionary(grouping: batch.pages.keys, by: { batch.pages[$0] ?? .all }) {
            concerned.formUnion(speakers.among(await directory.organizationsOfPages(Set(pages))))
        }
        return active.filter(concerned.contains)
    }
}
