package import Logging
package import Metrics
package import Tracing

/// What clients wait by, and where they tell what they do.
package struct Instruments: Sendable {
    /// Measures the waits: the pace, and the pauses between attempts.
    package var clock: any Clock<Duration>
    /// At least 0 and less than 1, for the waits between attempts.
    package var random: @Sendable () -> Double
    package var logger: Logger
    /// Where requests, retries and waits are counted; nowhere unless told.
    package var metrics: any MetricsFactory
    /// Gets a span for each request; none unless told.
    package var tracer: any Tracer

    package init(
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        tracer: any Tracer = NoOpTracer()
    ) {
        self.clock = clock
        self.random = random
        self.logger = logger
        self.metrics = metrics
        self.tracer = tracer
    }
}
