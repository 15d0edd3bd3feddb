import Logging
import ReconcileModel
import Telemetry
import ZoneData

/// What the service tells of itself: metrics for whoever asks, and reports to Sentry where that is set up.
struct ServiceTelemetry: Sendable {
    let registry: MetricsRegistry
    let reporting: ErrorReporting

    /// - Parameter isSandboxed: then nothing is reported, whatever the environment says.
    /// - Throws: for settings of Sentry that mean nothing.
    init(_ context: CommandContext, isSandboxed: Bool, logger: Logger) throws(Failure) {
        registry = MetricsRegistry()
        registry.describeProcess(version: Version.number)
        let zones = ZoneDatabase.current
        registry.describeZoneRules {
            let release = zones.release
            return (release.version, release.source)
        }
        reporting =
            isSandboxed
            ? .off
            : try ErrorReporting(
                environment: context.environment,
                version: Version.number,
                filter: SecretFilter(environment: context.environment, known: context.secrets),
                metrics: registry,
                logger: logger,
                clock: context.timing.clock
            )
    }
}
