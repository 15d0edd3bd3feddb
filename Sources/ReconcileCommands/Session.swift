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
    private let scope: RunScope
    /// What the command is about, and all else.
    private let declared: DeclaredOrganizations
    private let state: StateChoice
    private let allowances: Allowances
    private let context: CommandContext
    private let logger: Logger

    /// - Parameter prefixes: of the organizations that the command is about; empty: all.
    init(options: RunOptions, common: CommonOptions, prefixes: [String], _ context: CommandContext) async throws {
        let declared = try await common.declared(context, options.choice)
        let scope = try await common.scope(prefixes, of: declared, try options.choice.door(context))
        try options.checkAllowances(against: scope.prefixes)
        self.init(
            state: options.choice,
            allowances: options.allowances,
            scope: scope,
            declared: declared,
            logger: try common.logger(context),
            context
        )
    }

    /// About all that is declared.
    init(state: StateChoice, common: CommonOptions, _ context: CommandContext) async throws {
        self.init(
            state: state,
            declared: try await common.declared(context, state),
            logger: try common.logger(context),
            context
        )
    }

    /// The same, of what was read already.
    init(state: StateChoice, declared: DeclaredOrganizations, logger: Logger, _ context: CommandContext) {
        self.init(state: state, scope: RunScope(declared), declared: declared, logger: logger, context)
    }

    private init(
        state: StateChoice,
        allowances: Allowances = Allowances(),
        scope: RunScope,
        declared: DeclaredOrganizations,
        logger: Logger,
        _ context: CommandContext
    ) {
        (self.state, self.allowances, self.logger) = (state, allowances, logger)
        (self.scope, self.declared, self.context) = (scope, declared, context)
    }

    /// Runs `body` with a reconciler for the real services, or for the built-in emulator with `--sandbox`.
    ///
    /// - Parameters:
    ///   - telemetry: gets metrics and traces; nothing does unless told.
    ///   - googleIsOptional: whether `body` can do something without the Google key of all.
    ///   - notionIsOptional: likewise, without the Notion token of all.
    func withReconciler<Result: Sendable>(
        telemetry: ServiceTelemetry? = nil,
        googleIsOptional: Bool = false,
        notionIsOptional: Bool = false,
        _ body: @escaping @Sendable (Reconciler, RunScope) async throws -> Result
    ) async throws -> Result {
        guard state.sandbox else {
            return try await run(body, context.environment, telemetry, googleIsOptional, notionIsOptional)
        }
        let sandbox = Sandbox(folder: Sandbox.standardFolder)
        return try await sandbox.withEmulator { address in
            // Real keys and the real state stay out of it.
            let environment = context.environment.merging(address) { _, emulated in emulated }
                .filter { $0.key != "GOOGLE_IMPERSONATE" }
            return try await run(body, environment, telemetry, googleIsOptional, notionIsOptional)
        }
    }

    /// The same for what does not ask Notion, of organizations that may have a key of their own.
    func withGoogle<Result: Sendable>(
        _ body: @escaping @Sendable (Reconciler, RunScope) async throws -> Result
    ) async throws -> Result {
        try await withReconciler(googleIsOptional: true, notionIsOptional: true, body)
    }

    private func run<Result: Sendable>(
        _ body: (Reconciler, RunScope) async throws -> Result,
        _ environment: [String: String],
        _ telemetry: ServiceTelemetry?,
        _ googleIsOptional: Bool,
        _ notionIsOptional: Bool
    ) async throws -> Result {
        let clients: Clients
        do throws(Failure) {
            clients = try self.clients(environment, telemetry, googleIsOptional, notionIsOptional)
        } catch {
            // They are to be mended all the same.
            for mistake in declared.mistakes {
                context.console.errorOutput(mistake.description.printableAtLineStart + "\n")
            }
            throw error
        }
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
        return try await body(reconciler, scope)
    }

    private func clients(
        _ environment: [String: String],
        _ telemetry: ServiceTelemetry?,
        _ googleIsOptional: Bool,
        _ notionIsOptional: Bool
    ) throws(Failure) -> Clients {
        let credentials = declared.sound.map(\.credentials)
        let isSandbox = state.sandbox
        // As soon as one has its own, that those of all are missing is the mistake of those that name none.
        let namesNotion = credentials.contains { $0.notion != nil }
        let namesGoogle = credentials.contains { $0.google != nil }
        return try Clients(
            try Settings(
                environment,
                notionIsOptional: notionIsOptional || !isSandbox && namesNotion,
                googleIsOptional: googleIsOptional || !isSandbox && namesGoogle
            ),
            // What real organizations are reached with is nothing for the emulator.
            heedsCredentials: !isSandbox,
            environment: environment,
            version: Version.number,
            timeouts: context.timing.timeouts,
            now: context.timing.now,
            secrets: context.secrets,
            instruments: Instruments(
                clock: context.timing.clock,
                random: { Double.random(in: 0..<1) },
                logger: logger,
                metrics: telemetry?.registry ?? NOOPMetricsHandler.instance,
                tracer: telemetry?.reporting.tracer ?? NoOpTracer()
            )
        )
    }
}
