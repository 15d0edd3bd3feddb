import JSON
import Logging
import ReconcileModel
import Reconciling
import Rendering
import Telemetry
import Transport

/// The parts of the service, wired to one another.
struct ServiceParts: Sendable {
    let coordinator: SyncCoordinator
    let scheduler: Scheduler
    let watcher: DeclarationsWatcher
    let webhooks: WebhookQueue
    let responder: APIResponder
    /// Of the memory for all that is unfinished.
    let budget = UnfinishedBudget()
    private let synchronizer: Synchronizer
    private let shared: SharedParts

    /// - Throws: where a template of the status page cannot be read, which the tests rule out.
    init(_ setup: ServiceSetup) throws {
        let shared = SharedParts(setup)
        let watcher = shared.watcher()
        let runner = shared.runner()
        let coordinator = SyncCoordinator { prefixes, trigger in
            // What was disabled a moment ago must not be written to.
            await watcher.look()
            return await runner.carryOut(prefixes, trigger)
        }
        let synchronizer = shared.synchronizer(coordinator)
        let scheduler = Scheduler(
            declarations: setup.declarations.inForce,
            interval: setup.configuration.syncInterval,
            clock: setup.time.clock,
            now: setup.time.now,
            retries: shared.retries,
            run: synchronizer.run
        )
        let webhooks = shared.webhooks(synchronizer)
        let limiter = WriteLimiter(perMinute: setup.configuration.writesPerMinute, time: shared.time)
        responder = APIResponder(
            reads: try shared.reads(limiter, scheduler, coordinator, webhooks),
            writes: shared.writes(limiter, coordinator, webhooks),
            crossOrigin: CrossOriginPolicy(origins: setup.configuration.origins),
            metrics: RequestMetrics(setup.monitoring.metrics),
            tracer: setup.monitoring.tracer,
            bodies: BodyReader(budget: budget, time: shared.time),
            refusals: RefusalLog(time: shared.time, logger: setup.monitoring.logger),
            clock: ContinuousClock(),
            date: DateField(now: setup.time.now),
            random: { UInt32.random(in: .min ... .max) },
            logger: setup.monitoring.logger
        )
        self.shared = shared
        self.watcher = watcher
        self.coordinator = coordinator
        self.synchronizer = synchronizer
        self.scheduler = scheduler
        self.webhooks = webhooks
    }

    /// What is done before requests are answered.
    func prepare() async {
        await shared.directory.register(shared.setup.declarations.inForce.organizations, shared.setup.monitoring.logger)
        shared.tellSecrets()
        await synchronizer.tellLastSuccess()
    }
}

/// What several parts of the service look at, and how those are made of it.
private struct SharedParts: Sendable {
    let setup: ServiceSetup
    let time: ElapsedTime
    let history = SyncHistory()
    let retries = RetryList()
    let attempts = Attempts()
    let missed: MissedRuns
    let directory: OrganizationDirectory
    let overview: OverviewReader
    let cache: EventsCache

    init(_ setup: ServiceSetup) {
        self.setup = setup
        time = ElapsedTime(clock: setup.time.clock)
        missed = MissedRuns(
            declarations: setup.declarations.inForce,
            interval: setup.configuration.syncInterval,
            now: setup.time.now
        )
        // From now on the organizations are to be looked at.
        _ = missed.missed([:])
        let reconciler = setup.reconciler
        let directory = OrganizationDirectory(reconciler: reconciler)
        self.directory = directory
        overview = OverviewReader(reconciler: reconciler, time: time)
        let policy = CacheSlot.Policy()
        cache = EventsCache(
            policy: policy,
            read: { organization async throws(Failure) in try await reconciler.events(of: organization) },
            published: { await reconciler.lastPublished(of: $0) },
            render: { listing, organization async throws(Failure) in
                EventsEntry(
                    listing,
                    of: organization,
                    id: try await directory.id(of: organization),
                    now: setup.time.now(),
                    refresh: policy.timeToLive
                )
            },
            time: time,
            logger: setup.monitoring.logger
        )
    }

    /// Says which organizations cannot be told of changes.
    func tellSecrets() {
        for problem in setup.webhooks.keys().problems { setup.monitoring.logger.warning("\(problem)") }
    }

    // MARK: - Runs

    func runner() -> SyncRunner {
        SyncRunner(
            reconciler: setup.reconciler,
            declarations: setup.declarations.inForce,
            cache: cache,
            history: history,
            attempts: attempts,
            missed: missed,
            directory: directory,
            overview: overview,
            metrics: setup.monitoring.metrics,
            now: setup.time.now,
            isStopping: setup.isStopping,
            logger: setup.monitoring.logger
        )
    }

    func watcher() -> DeclarationsWatcher {
        DeclarationsWatcher(
            folder: setup.declarations.folder,
            declarations: setup.declarations.inForce,
            clock: setup.time.clock,
            logger: setup.monitoring.logger,
            load: setup.declarations.load,
            onChange: { change in
                let declarations = setup.declarations.inForce
                cache.keep(only: Set(declarations.organizations.filter(\.isActive).map(\.prefix)))
                for prefix in change.removed + change.changed where !declarations.isEnabled(prefix) {
                    setup.monitoring.metrics.forget(prefix)
                }
                await directory.register(declarations.organizations, setup.monitoring.logger)
                tellSecrets()
            }
        )
    }

    func synchronizer(_ coordinator: SyncCoordinator) -> Synchronizer {
        Synchronizer(
            reconciler: setup.reconciler,
            declarations: setup.declarations.inForce,
            cache: cache,
            coordinator: coordinator,
            metrics: setup.monitoring.metrics,
            history: history,
            retries: retries,
            attempts: attempts,
            interval: setup.configuration.syncInterval,
            now: setup.time.now,
            logger: setup.monitoring.logger
        )
    }

    func webhooks(_ synchronizer: Synchronizer) -> WebhookQueue {
        WebhookQueue(
            declarations: setup.declarations.inForce,
            directory: WebhookQueue.Directory(
                organizationsOfTable: directory.organizations(of:),
                organizationsOfPages: { [directory] in await directory.organizations(of: $0) }
            ),
            clock: setup.time.clock,
            run: synchronizer.run,
            checkMapping: synchronizer.checkMapping
        )
    }

    // MARK: - Requests

    func reads(
        _ limiter: WriteLimiter,
        _ scheduler: Scheduler,
        _ coordinator: SyncCoordinator,
        _ webhooks: WebhookQueue
    ) throws -> ReadEndpoints {
        ReadEndpoints(
            declarations: setup.declarations.inForce,
            cache: cache,
            directory: directory,
            metrics: setup.monitoring.metrics,
            status: status(scheduler),
            statusPage: try StatusPage(),
            access: StatusAccess(
                token: setup.configuration.token,
                isOpen: setup.configuration.showsStatusDetails,
                isSecure: setup.configuration.tls != nil,
                now: setup.time.now
            ),
            limiter: limiter,
            openAPI: RenderedBody(
                OpenAPIDocument(version: setup.configuration.version).render(),
                contentType: JSON.contentType
            ),
            now: setup.time.now,
            exposition: { [setup] in
                setup.monitoring.metrics.queueLength(.sync, coordinator.queueLength)
                setup.monitoring.metrics.queueLength(.webhook, webhooks.queueLength)
                return setup.monitoring.exposition()
            }
        )
    }

    private func status(_ scheduler: Scheduler) -> StatusReader {
        StatusReader(
            reconciler: setup.reconciler,
            overview: overview,
            declarations: setup.declarations.inForce,
            cache: cache,
            history: history,
            missed: missed,
            nextRun: scheduler.nextRun,
            secretProblems: { [keys = setup.webhooks.keys] in keys().problems },
            now: setup.time.now,
            version: setup.configuration.version
        )
    }

    func writes(
        _ limiter: WriteLimiter,
        _ coordinator: SyncCoordinator,
        _ webhooks: WebhookQueue
    ) -> WriteEndpoints {
        WriteEndpoints(
            reconciler: setup.reconciler,
            declarations: setup.declarations.inForce,
            coordinator: coordinator,
            directory: directory,
            authorization: Authorization(token: setup.configuration.token),
            limiter: limiter,
            webhook: WebhookReceiver(
                keys: setup.webhooks.keys,
                tokenFile: setup.webhooks.tokenFile,
                logger: setup.monitoring.logger,
                accept: { webhooks.add($0, of: .these($1)) }
            ),
            isStopping: setup.isStopping
        )
    }
}

extension EventsEntry {
    /// - Parameters:
    ///   - now: what is today, for series.
    ///   - refresh: how long programs that subscribe to the feed are asked to wait.
    init(_ listing: EventListing, of organization: Organization, id: Int64, now: Timestamp, refresh: Duration) {
        let (events, total) = EventsQuery().apply(to: listing, SeriesSpan(of: organization, now: now))
        let document = EventsDocument(organization: organization, id: id)
        self.init(
            listing: listing,
            document: RenderedBody(
                document.render(events, total: total),
                contentType: JSON.contentType
            ),
            feed: Self.feed(of: listing, organization, refresh: refresh)
        )
    }

    /// The listing, or a part of it, for calendar programs.
    static func feed(of listing: EventListing, _ organization: Organization, refresh: Duration) -> RenderedBody {
        RenderedBody(
            Array(ICalendarRenderer(refreshInterval: refresh).render(listing, of: organization).utf8),
            contentType: "text/calendar; charset=utf-8"
        )
    }
}
