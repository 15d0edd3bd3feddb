package import Logging
package import ReconcileModel
package import Reconciling
package import Telemetry
package import Tracing

/// What the service is made from.
package struct ServiceSetup: Sendable {
    package var reconciler: LiveReconciler
    package var configuration: ServiceConfiguration
    package var declarations: WatchedDeclarations
    package var webhooks: WebhookTrust
    package var monitoring: Monitoring
    package var time: TimeSource
    /// Whether the service was asked to end.
    package var isStopping: @Sendable () -> Bool

    package init(
        reconciler: LiveReconciler,
        configuration: ServiceConfiguration,
        declarations: WatchedDeclarations,
        webhooks: WebhookTrust,
        monitoring: Monitoring,
        time: TimeSource,
        isStopping: @escaping @Sendable () -> Bool
    ) {
        self.reconciler = reconciler
        self.configuration = configuration
        self.declarations = declarations
        self.webhooks = webhooks
        self.monitoring = monitoring
        self.time = time
        self.isStopping = isStopping
    }
}

extension ServiceSetup {
    /// The declarations in force, and where those come from that replace them.
    package struct WatchedDeclarations: Sendable {
        package var inForce: Declarations
        package var folder: String
        /// Reads the folder.
        package var load: @Sendable () async -> Result<DeclaredOrganizations, DeclarationProblems>

        package init(
            inForce: Declarations,
            folder: String,
            load: @escaping @Sendable () async -> Result<DeclaredOrganizations, DeclarationProblems>
        ) {
            self.inForce = inForce
            self.folder = folder
            self.load = load
        }
    }

    /// By what deliveries of Notion are known as such.
    package struct WebhookTrust: Sendable {
        /// Those of now: declarations change. Without any, no delivery counts.
        package var keys: @Sendable () -> WebhookKeys
        /// Where the token of a handshake is kept for a person to look at.
        package var tokenFile: WebhookTokenFile

        package init(keys: @escaping @Sendable () -> WebhookKeys, tokenFile: WebhookTokenFile) {
            self.keys = keys
            self.tokenFile = tokenFile
        }
    }

    /// What tells those who run the service how it does.
    package struct Monitoring: Sendable {
        package var logger: Logger
        package var metrics: ServiceMetrics
        /// The text of `/metrics`.
        package var exposition: @Sendable () -> String
        /// Gets a span for each request; nil: nobody traces.
        package var tracer: (any Tracer)?

        package init(
            logger: Logger,
            metrics: ServiceMetrics,
            exposition: @escaping @Sendable () -> String,
            tracer: (any Tracer)?
        ) {
            self.logger = logger
            self.metrics = metrics
            self.exposition = exposition
            self.tracer = tracer
        }
    }

}
