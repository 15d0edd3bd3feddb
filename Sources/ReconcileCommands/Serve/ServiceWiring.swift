import ConfigLoading
import Foundation
import Logging
import ReconcileModel
import Reconciling
import ServiceLifecycle
import Serving
import Telemetry
import Transport

/// Puts the service together from the reconciler and the command's options, and runs it until somebody asks it to stop.
struct ServiceWiring: Sendable {
    let reconciler: Reconciler
    let state: StateChoice
    let declared: DeclaredOrganizations
    let options: ServeOptions
    let common: CommonOptions
    let telemetry: ServiceTelemetry
    let logger: Logger
    let context: CommandContext

    func serve() async throws {
        let setup = try setup()
        if let problem = setup.reconciler.keyProblem {
            logger.warning("No synchronization, events only: \(problem)")
        }
        if setup.configuration.token == nil {
            logger.warning("RECONCILE_API_TOKEN is not set: nobody may write over HTTP.")
        }
        let service = try CalendarService(setup) { address in
            context.console.errorOutput("Serving \(declared.sound.count) organizations at \(address)\n")
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Logger(label: "reconcile.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        let (wishes, wish) = AsyncStream<Void>.makeStream()
        try await context.stop.whileServing(onStop: { wish.yield() }) {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    for await _ in wishes { try await end(group, service) }
                }
                defer { tasks.cancelAll() }
                try await group.run()
            }
        }
    }

    /// Lets the service end: what is in flight goes on to its end, as long as there is time; then so that what was done can
    /// still be told.
    private func end(_ group: ServiceGroup, _ service: CalendarService) async throws {
        let timeouts = context.timing.serviceTimeouts
        let time = ElapsedTime(clock: context.timing.clock)
        await group.triggerGracefulShutdown()
        try await time.sleep(for: timeouts.writing)
        context.stop.endWriting()
        try await time.sleep(for: timeouts.running - timeouts.writing)
        await service.abandonRun()
    }

    private func configuration() throws(Failure) -> ServiceConfiguration {
        var configuration = try options.configuration(context.environment)
        configuration.timeouts = context.timing.serviceTimeouts
        if let files = OpenFileLimit.raised() {
            configuration.connectionLimit = OpenFileLimit.connections(files: files)
        }
        return configuration
    }

    private func setup() throws(Failure) -> ServiceSetup {
        let locking = StateLocking(
            caller: Caller(command: "serve", environment: context.environment),
            timeout: Self.lockTimeout,
            clock: context.timing.clock,
            now: context.timing.now
        ) { [logger] status in
            logger.notice("waiting for another run", metadata: ["holder": "\(status)"])
        }
        let declarations = Declarations(declared)
        let secret = try WebhookSecret.read(context.environment)
        return ServiceSetup(
            reconciler: LiveReconciler(reconciler, locking: locking, declarations: declarations),
            configuration: try configuration(),
            declarations: ServiceSetup.WatchedDeclarations(
                inForce: declarations,
                folder: common.orgsDir,
                load: { [common, context, state] in await common.reloaded(context, state) }
            ),
            webhooks: ServiceSetup.WebhookTrust(
                keys: { [environment = context.environment, secrets = context.secrets] in
                    let organizations = declarations.organizations
                    for name in organizations.compactMap(\.credentials.webhook?.name) {
                        if let value = EnvironmentText.cleaned(environment[name]) { secrets.note(Secret(value)) }
                    }
                    return WebhookKeys(shared: secret, organizations, environment)
                },
                tokenFile: WebhookTokenFile(statePath: try state.path(context.environment))
            ),
            monitoring: ServiceSetup.Monitoring(
                logger: logger,
                metrics: ServiceMetrics(telemetry.registry),
                exposition: { [registry = telemetry.registry] in registry.exposition() },
                tracer: telemetry.reporting.isOn ? telemetry.reporting.tracer : nil
            ),
            time: TimeSource(clock: context.timing.clock, now: context.timing.now),
            isStopping: { [stop = context.stop] in stop.isRequested }
        )
    }

    /// How long a run waits for that of another instance or command.
    private static let lockTimeout = Duration.seconds(30)
}

extension CommonOptions {
    /// The declarations as they are now.
    func reloaded(
        _ context: CommandContext,
        _ state: StateChoice
    ) async -> Result<DeclaredOrganizations, DeclarationProblems> {
        do {
            return .success(try await declared(context, state))
        } catch let diagnostics as Diagnostics {
            return .failure(DeclarationProblems(diagnostics.list.map(\.description)))
        } catch {
            return .failure(DeclarationProblems(["\(error)"]))
        }
    }
}
