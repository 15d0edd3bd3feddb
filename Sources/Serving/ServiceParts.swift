import Logging
import ReconcileModel
import Reconciling
import Rendering
import Telemetry
import Transport

/// The parts of the service, wired to one another.
struct ServiceParts: Sendable {
    let cache: EventsCache
    let directory: OrganizationDirectory
    let coordinator: SyncCoordinator
    let scheduler: Scheduler
    let watcher: DeclarationsWatcher
    let webhooks: WebhookQueue
    let responder: APIResponder
    /// Of the memory for all that is unfinished.
    let budget = UnfinishedBudget()
    private let synchronizer: Synchronizer
    private let declarations: Declarations
    private let logger: Logger

    init(_ setup: ServiceSetup) throws {
        let time = ElapsedTime(clock: setup.clock)
        let (reconciler, declarations, history) = (setup.reconciler, setup.declarations, SyncHistory())
        let directory = OrganizationDirectory(reconciler: reconciler)
        let overview = OverviewReader(reconciler: reconciler, time: time)
        let (retries, attempts) = (RetryList(), Attempts())
        let missed = MissedRuns(
            declarations: declarations,
            interval: setup.interval,
            now: setup.now
        )
        // From now on the organizations are to be looked at.
        _ = missed.missed([:])
        let limiter = WriteLimiter(perMinute: setup.configuration.writesPerMinute, time: time)
        let policy = CacheSlot.Policy()
        let cache = EventsCache(
            policy: policy,
            read: { organization async throws(Failure) in try await reconciler.events(of: organization) },
            published: { reconciler.lastPublished(of: $0) },
            render: { listing, organization async throws(Failure) in
                EventsEntry(
                    listing,
                    of: organization,
                    id: try await directory.id(of: organization),
                    refresh: policy.timeToLive
                )
            },
            time: time,
            logger: setup.logger
        )
        let runner = SyncRunner(
            reconciler: reconciler,
            declarations: declarations,
            cache: cache,
            history: history,
            attempts: attempts,
            missed: missed,
            directory: directory,
            overview: overview,
            metrics: setup.metrics,
            now: setup.now,
            isStopping: setup.isStopping,
            logger: setup.logger
        )
        let watcher = DeclarationsWatcher(
            folder: setup.folder,
            declarations: declarations,
            clock: setup.clock,
            logger: setup.logger,
            load: setup.load,
            onChange: { change in
                cache.keep(only: Set(declarations.organizations.filter(\.isActive).map(\.prefix)))
                for prefix in change.removed + change.changed where !declarations.isEnabled(prefix) {
                    setup.metrics.forget(prefix)
                }
                await directory.register(declarations.organizations, setup.logger)
            }
        )
        let coordinator = SyncCoordinator { prefixes, trigger in
            // What was disabled a moment ago must not be written to.
            await watcher.look()
            return await runner.carryOut(prefixes, trigger)
        }
        let synchronizer = Synchronizer(
            reconciler: reconciler,
            declarations: declarations,
            cache: cache,
            coordinator: coordinator,
            metrics: setup.metrics,
            history: history,
            retries: retries,
            attempts: attempts,
            interval: setup.interval,
            now: setup.now,
            logger: setup.logger
        )
        let scheduler = Scheduler(
            declarations: declarations,
            interval: setup.interval,
            clock: setup.clock,
            now: setup.now,
            retries: retries,
            run: synchronizer.run
        )
        let webhooks = WebhookQueue(
            declarations: declarations,
            directory: WebhookQueue.Directory(
                organizationsOfTable: directory.organizations(of:),
                organizationsOfPages: { await directory.organizations(of: $0) }
            ),
            clock: setup.clock,
            run: synchronizer.run,
            checkMapping: synchronizer.checkMapping
        )
        responder = APIResponder(
            reads: ReadEndpoints(
                declarations: declarations,
                cache: cache,
                directory: directory,
                metrics: setup.metrics,
                status: StatusReader(
                    reconciler: reconciler,
                    overview: overview,
                    declarations: declarations,
                    cache: cache,
                    history: history,
                    missed: missed,
                    nextRun: scheduler.nextRun,
                    now: setup.now,
                    version: setup.configuration.version
                ),
                statusPage: try StatusPage(),
                access: StatusAccess(
                    token: setup.configuration.token,
                    isOpen: setup.configuration.showsStatusDetails,
                    isSecure: setup.configuration.tls != nil,
                    now: setup.now
                ),
                limiter: limiter,
                openAPI: RenderedBody(
                    OpenAPIDocument(version: setup.configuration.version).render(),
                    contentType: JSONBody.contentType
                ),
                exposition: {
                    setup.metrics.queueLength(.sync, coordinator.queueLength)
                    setup.metrics.queueLength(.webhook, webhooks.queueLength)
                    return setup.exposition()
                }
            ),
            writes: WriteEndpoints(
                reconciler: reconciler,
                declarations: declarations,
                coordinator: coordinator,
                directory: directory,
                authorization: Authorization(token: setup.configuration.token),
                limiter: limiter,
                webhook: WebhookReceiver(
                    secret: setup.webhookSecret,
                    tokenFile: setup.tokenFile,
                    logger: setup.logger,
                    accept: { webhooks.add($0) }
                ),
                isStopping: setup.isStopping
            ),
            crossOrigin: CrossOriginPolicy(origins: setup.configuration.origins),
            metrics: RequestMetrics(setup.metrics),
            tracer: setup.tracer,
            bodies: BodyReader(budget: budget, time: time),
            refusals: RefusalLog(time: time, logger: setup.logger),
            clock: ContinuousClock(),
            date: HTTPDate(now: setup.now),
            random: { UInt32.random(in: .min ... .max) },
            logger: setup.logger
        )
        (self.cache, self.directory, self.coordinator) = (cache, directory, coordinator)
        (self.scheduler, self.webhooks, self.synchronizer) = (scheduler, webhooks, synchronizer)
        (self.watcher, self.declarations, self.logger) = (watcher, declarations, setup.logger)
    }

    /// What is done before requests are answered.
    func prepare() async {
        await directory.register(declarations.organizations, logger)
        await synchronizer.tellLastSuccess()
    }
}

extension EventsEntry {
    /// - Parameter refresh: how long programs that subscribe to the feed are asked to wait.
    init(_ listing: EventListing, of organization: Organization, id: Int64, refresh: Duration) {
        let document = EventsDocument(organization: organization, id: id)
        self.init(
            listing: listing,
            document: RenderedBody(
                document.render(listing.events, total: listing.events.count),
                contentType: JSONBody.contentType
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
