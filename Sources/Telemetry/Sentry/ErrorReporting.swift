package import Logging
package import Metrics
package import ReconcileModel
package import Tracing
import Transport

/// The reports of one program to Sentry: its tracer, and what sends them. Off unless `SENTRY_DSN` is set.
package struct ErrorReporting: Sendable {
    /// To be handed to whoever traces; does nothing while reporting is off.
    package let tracer: any Tracer
    private let sender: SentrySender?
    private let transport: CurlTransport?

    package var isOn: Bool { sender != nil }

    package static let off = ErrorReporting(tracer: NoOpTracer(), sender: nil, transport: nil)

    private init(tracer: any Tracer, sender: SentrySender?, transport: CurlTransport?) {
        (self.tracer, self.sender, self.transport) = (tracer, sender, transport)
    }

    /// - Parameters:
    ///   - environment: holds `SENTRY_DSN` and its companions, and names proxies and certificates.
    ///   - version: of this program.
    ///   - filter: the last look at every text in a report.
    /// - Throws: where one of the variables cannot be understood.
    package init(
        environment: [String: String],
        version: String,
        filter: SecretFilter,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock()
    ) throws(Failure) {
        guard let settings = try SentrySettings(environment, version: version) else {
            self = .off
            return
        }
        var configuration = CurlTransport.Configuration(environment: environment, version: version)
        configuration.timeouts.total = .seconds(15)
        configuration.responseLimit = 1 << 20
        let transport = CurlTransport(configuration: configuration)
        let sender = SentrySender(settings, transport: transport, metrics: metrics, logger: logger, clock: clock)
        self.init(
            tracer: SentryTracer(settings, sender: sender, filter: filter),
            sender: sender,
            transport: transport
        )
    }

    /// Sends reports until `finish` or cancellation, then what is still waiting, for at most two seconds. Returns at once
    /// while reporting is off.
    package func run() async {
        await sender?.run()
        transport?.close()
    }

    /// Lets `run` come to its end.
    package func finish() { sender?.finish() }

    /// Runs `body` while reports are sent; returns once those are sent that it made.
    ///
    /// - Throws: what `body` throws.
    package func whileSending<Value: Sendable, Problem: Error>(
        _ body: () async throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        async let running: Void = run()
        let result: Result<Value, Problem>
        do throws(Problem) { result = .success(try await body()) } catch { result = .failure(error) }
        finish()
        await running
        return try result.get()
    }
}
