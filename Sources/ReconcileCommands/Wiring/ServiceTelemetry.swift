import Logging
import Metrics
import ReconcileModel
import Telemetry
import Tracing
import Transport

/// What the service tells of itself: metrics for whoever asks, and reports to Sentry where that is set up.
struct ServiceTelemetry: Sendable {
    let registry = MetricsRegistry()
    let tracer: any Tracer
    private let sentry: (sender: SentrySender, transport: CurlTransport)?

    /// - Throws: for settings of Sentry that mean nothing.
    init(_ context: CommandContext, logger: Logger) throws(Failure) {
        registry.describeProcess(version: Version.number)
        guard let settings = try SentrySettings(context.environment, version: Version.number) else {
            (tracer, sentry) = (NoOpTracer(), nil)
            return
        }
        let transport = CurlTransport(
            configuration: CurlTransport.Configuration(environment: context.environment, version: Version.number)
        )
        let sender = SentrySender(
            settings,
            transport: transport,
            metrics: registry,
            logger: logger,
            clock: context.timing.clock
        )
        tracer = SentryTracer(settings, sender: sender, filter: SecretFilter(environment: context.environment))
        sentry = (sender, transport)
    }

    /// Runs `body` while reports are sent in the background, and lets the last ones out after it.
    func whileSending(_ body: () async throws -> Void) async throws {
        guard let sentry else { return try await body() }
        defer { sentry.transport.close() }
        async let sending: Void = sentry.sender.run()
        let result = await Self.result(of: body)
        sentry.sender.finish()
        await sending
        try result.get()
    }

    private static func result(of body: () async throws -> Void) async -> Result<Void, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
