package import Transport

/// How the service is run.
package struct ServiceConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0: one that the system picks.
    package var port = 8000
    /// Certificate chain and key, as PEM files; nil: plain HTTP.
    package var tls: TLSFiles?
    /// What writers must show; nil: nobody may write.
    package var token: Secret?
    /// Origins of web pages that may read the events; `*`: all.
    package var origins = ["*"]
    /// How often one client may write; 0: without limit.
    package var writesPerMinute = 30
    /// How many connections may be open at once.
    package var connectionLimit = 20_000
    /// How long a connection may say nothing.
    package var idleTimeout = Duration.seconds(60)
    /// How long what is in flight may take after the service was asked to stop.
    package var shutdownTimeout = Duration.seconds(30)
    package var version: String

    package struct TLSFiles: Sendable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
    }

    package init(version: String) { self.version = version }
}
