import Foundation
import LinkStorage
import Logging
import ReconcileModel

/// What a command that looks at the services needs, read from declarations, options and environment.
struct Session {
    private let organizations: [Organization]
    private let state: StateOptions
    private let allowances: Allowances
    private let context: CommandContext
    private let logger: Logger

    init(options: RunOptions, common: CommonOptions, prefixes: [String], _ context: CommandContext) throws {
        let organizations = try common.organizations(prefixes, context)
        try options.checkAllowances(against: organizations)
        try self.init(
            state: options.state,
            allowances: options.allowances,
            common: common,
            organizations: organizations,
            context
        )
    }

    init(
        state: StateOptions,
        allowances: Allowances,
        common: CommonOptions,
        organizations: [Organization],
        _ context: CommandContext
    ) throws {
        logger = try common.logger(context)
        (self.state, self.allowances) = (state, allowances)
        (self.organizations, self.context) = (organizations, context)
    }

    /// Runs `body` with an engine for the real services, or for the built-in emulator with `--sandbox`.
    func withEngine<Result: Sendable>(
        _ body: @escaping @Sendable (Engine, [Organization]) async throws -> Result
    ) async throws -> Result {
        guard state.sandbox else {
            return try await run(body, environment: context.environment)
        }
        let sandbox = Sandbox(folder: Sandbox.standardFolder)
        return try await sandbox.withEmulator { address in
            // Real keys and the real state stay out of it.
            let environment = context.environment.merging(address) { _, emulated in emulated }
                .filter { $0.key != "GOOGLE_IMPERSONATE" }
            return try await run(body, environment: environment)
        }
    }

    private func run<Result: Sendable>(
        _ body: (Engine, [Organization]) async throws -> Result,
        environment: [String: String]
    ) async throws -> Result {
        let services = try Services(
            try Settings(environment),
            environment: environment,
            timing: context.timing,
            logger: logger
        )
        defer { services.close() }
        let engine = Engine(
            services: services,
            statePath: state.path(context.environment),
            allowances: allowances,
            stop: context.stop,
            now: context.timing.now,
            clock: context.timing.clock,
            logger: logger
        )
        return try await body(engine, organizations)
    }
}
