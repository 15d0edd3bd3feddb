package import Logging
package import ReconcileModel
package import Reconciling
package import Telemetry
package import Tracing

/// What the service is made from.
package struct ServiceSetup: Sendable {
    package var reconciler: LiveReconciler
    package var declarations: Declarations
    package var configuration: ServiceConfiguration
    /// Between scheduled runs, for organizations that declare nothing else.
    package var interval: Duration
    /// The folder of the declarations, and how it is read.
    package var folder: String
    package var load: @Sendable () -> Result<[Organization], DeclarationProblems>
    package var webhookSecret: WebhookSecret?
    package var tokenFile: WebhookTokenFile
    package var metrics: ServiceMetrics
    /// Gets a span for each request; nil: nobody traces.
    package var tracer: (any Tracer)?
    /// The text of `/metrics`.
    package var exposition: @Sendable () -> String
    /// Whether the service was asked to end.
    package var isStopping: @Sendable () -> Bool
    package var clock: any Clock<Duration>
    package var now: @Sendable () -> Timestamp
    package var logger: Logger

    package init(
        reconciler: LiveReconciler,
        declarations: Declarations,
        configuration: ServiceConfiguration,
        interval: Duration,
        folder: String,
        load: @escaping @Sendable () -> Result<[Organization], DeclarationProblems>,
        webhookSecret: WebhookSecret?,
        tokenFile: WebhookTokenFile,
        metrics: ServiceMetrics,
        tracer: (any Tracer)?,
        exposition: @escaping @Sendable () -> String,
        isStopping: @escaping @Sendable () -> Bool,
        clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        (self.reconciler, self.declarations, self.configuration) = (reconciler, declarations, configuration)
        (self.interval, self.folder, self.load) = (interval, folder, load)
        (self.webhookSecret, self.tokenFile) = (webhookSecret, tokenFile)
        (self.metrics, self.exposition, self.clock) = (metrics, exposition, clock)
        (self.now, self.logger, self.tracer, self.isStopping) = (now, logger, tracer, isStopping)
    }
}
