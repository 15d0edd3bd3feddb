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
    /// Between scheduled runs, for organizations that declare nothing else.
    package var syncInterval = Duration.seconds(900)
    /// How often one client may write; 0: without limit.
    package var writesPerMinute = 30
    /// How many connections may be open at once; more wait to be accepted.
    package var connectionLimit = 20_000
    package var timeouts = Timeouts()
    /// Whether the status page shows its details to whoever reaches the service from this machine without a proxy.
    package var showsStatusDetails = false
    package var version: String

    /// How long clients may keep the service waiting.
    package struct Timeouts: Sendable {
        /// How long a connection may say nothing, and how long the head of a request may take.
        package var idle = Duration.seconds(60)
        /// How long a client may take nothing of an answer that waits for it.
        package var write = Duration.seconds(30)
        /// How long what is in flight may take after the service was asked to stop.
        package var shutdown = Duration.seconds(30)

        /// Until when a run may go on writing, after the service was asked to stop; then what is in flight may end.
        package var writing: Duration { shutdown * 9 / 10 }
        /// After which the run is ended, whatever is in flight, so that what was done can still be answered.
        package var running: Duration { shutdown * 19 / 20 }
        /// After which connections are closed; a little earlier than everything is cut off.
        var draining: Duration { shutdown * 49 / 50 }

        package init() {}
    }

    package struct TLSFiles: Sendable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
    }

    package init(version: String) { self.version = version }
}
