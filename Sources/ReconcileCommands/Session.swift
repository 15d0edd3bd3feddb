import Foundation
import Logging
import Metrics
import ReconcileModel
import Reconciling
import Telemetry
import Tracing
import Transport

/// What a command that looks at the services needs, read from declarations, options and environment.
struct Session {
    private let organizations: [Organization]
    /// Those, and the declared ones that the command is not about.
    private let declared: [Organization]
    private let state: StateChoice
    private let allowances: Allowances
    private let context: CommandContext
    private let logger: Logger

    init(options: RunOptions, common: CommonOptions, prefixes: [String], _ context: CommandContext) throws {
        let declared = try common.organizations([], context)
        let organizations = try common.organizations(prefixes, of: declared)
        try options.checkAllowances(against: organizations)
        self.init(
            state: options.state.choice,
            allowances: options.allowances,
            organizations: organizations,
            declared: declared,
            logger: try common.logger(context),
            context
        )
    }

    init(
        state: StateChoice,
        allowances: Allowances = Allowances(),
        organizations: [Organization],
        declared: [Organization]? = nil,
        logger: Logger,
        _ context: CommandContext
    ) {
        (self.state, self.allowances, self.logger) = (state, allowances, logger)
        (self.organizations, self.declared, self.context) = (organizations, declared ?? organizations, context)
    }

    /// Runs `body` with a reconciler for the real services, or for the built-in emulator with `--sandbox`.
    ///
    /// - Parameters:
    ///   - telemetry: gets metrics and traces; nothing does unless told.
    ///   - googleIsOptional: whether `body` can do something without a Google key.
    func withReconciler<Result: Sendable>(
        telemetry: ServiceTelemetry? = nil,
        googleIsOptional: Bool = false,
        _ body: @escaping @Sendable (Reconciler, [Organization]) async throws -> Result
    ) async throws -> Result {
        guard state.sandbox else {
            return try await run(body, context.environment, telemetry, googleIsOptional)
        }
        let sandbox = Sandbox(folder: Sandbox.standardFolder)
        return try await sandbox.withEmulator { address in
            // Real keys and the real state stay out of it.
            let environment = context.environment.merging(address) { _, emulated in emulated }
                .filter { $0.key != "GOOGLE_IMPERSONATE" }
            return try await run(body, environment, telemetry, googleIsOptional)
        }
    }

    private func run<Result: Sendable>(
        _ body: (Reconciler, [Organization]) async throws -> Result,
        _ environment: [String: String],
        _ telemetry: ServiceTelemetry?,
        _ googleIsOptional: Bool
    ) async throws -> Result {
        let clients = try Clients(
            try Settings(environment, googleIsOptional: googleIsOptional),
            environment: environment,
            version: Version.number,
            timeouts: context.timing.timeouts,
            now: context.timing.now,
            instruments: Instruments(
                clock: context.timing.clock,
                random: { Double.random(in: 0..<1) },
                logger: logger,
                metrics: telemetry?.registry ?? NOOPMetricsHandler.instance,
                tracer: telemetry?.reporting.tracer ?? NoOpTracer()
            )
        )
        defer { clients.close() }
        let reconciler = Reconciler(
            clients: clients,
            state: try state.door(context),
            declared: declared,
            allowances: allowances,
            stop: context.stop,
            time: TimeSource(clock: context.timing.clock, now: context.timing.now),
            logger: logger
        )
        return try await body(reconciler, organizations)
    }
}
