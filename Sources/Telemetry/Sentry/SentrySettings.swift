package import ReconcileModel

/// What is reported to Sentry, and under which name.
///
/// The variables and their defaults are those of Sentry's own SDKs: https://docs.sentry.io/platforms/python/configuration/options/
package struct SentrySettings: Equatable, Sendable {
    package var dsn: SentryDSN
    package var environment: String
    /// `reconcile@<version>` unless told otherwise.
    package var release: String
    /// The part of traces that is sent, from 0 to 1; errors are always sent.
    package var tracesSampleRate: Double
    /// How many errors wait at most, and how many traces; the oldest make room.
    package var queueLimit = 100
    /// How long reports may take at the end of the program.
    package var shutdownTimeout = Duration.seconds(2)

    package init(dsn: SentryDSN, environment: String = "production", release: String, tracesSampleRate: Double = 0) {
        (self.dsn, self.environment, self.release) = (dsn, environment, release)
        self.tracesSampleRate = tracesSampleRate
    }

    /// Nil without `SENTRY_DSN`: nothing is reported.
    ///
    /// `SENTRY_ENVIRONMENT` is `production` and `SENTRY_TRACES_SAMPLE_RATE` 0 unless set: errors, and no traces.
    package init?(_ environment: [String: String], version: String) throws(Failure) {
        let given = environment.filter { !$0.value.isEmpty }
        guard let dsn = given["SENTRY_DSN"] else { return nil }
        self.init(
            dsn: try SentryDSN(dsn),
            environment: given["SENTRY_ENVIRONMENT"] ?? "production",
            release: given["SENTRY_RELEASE"] ?? "reconcile@\(version)",
            tracesSampleRate: try Self.rate(given["SENTRY_TRACES_SAMPLE_RATE"] ?? "0")
        )
    }

    private static func rate(_ text: String) throws(Failure) -> Double {
        guard let rate = Double(text), (0...1).contains(rate) else {
            throw Failure(
                code: "sentry_rate_invalid",
                message: "SENTRY_TRACES_SAMPLE_RATE is not a part of one: \"\(text)\".",
                hint: "Write a number from 0 (no traces) to 1 (all of them), such as 0.1."
            )
        }
        return rate
    }
}
