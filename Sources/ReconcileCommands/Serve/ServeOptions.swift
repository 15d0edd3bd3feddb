import ArgumentParser
import ConfigLoading
import ReconcileModel
import Reconciling
import Serving

/// How the service is reached, and how often it works.
struct ServeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Address to listen on; 0.0.0.0 or :: for all.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Port; 0: one that the system picks.", valueName: "number"))
    var port = 8000

    @Option(
        help: ArgumentHelp(
            "Time between scheduled runs, such as 90s, 15m or 1h; sync_interval of a declaration overrides it.",
            valueName: "duration"
        )
    )
    var interval = Interval(seconds: 900)

    @Option(
        help: ArgumentHelp(
            "Origin whose web pages may read events, such as https://www.example.edu. Repeatable. (default: all)",
            valueName: "origin"
        )
    )
    var corsOrigin: [String] = []

    @Option(help: ArgumentHelp("Certificate with its chain, PEM; then HTTPS is served.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("Key of the certificate, PEM.", valueName: "file"))
    var tlsKey: String?

    @Option(help: ArgumentHelp("Writes that one client may try in a minute; 0: any number.", valueName: "number"))
    var writeLimit = 30

    @Flag(
        help:
            "Show names and addresses of pages on the status page to everybody on this machine; only on a loopback address."
    )
    var statusDetails = false

    @Option(help: "Format of log lines. (default: text on a terminal, else json)")
    var logFormat: LogFormat?

    enum LogFormat: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    /// `90s`, `15m`, `1h` or `1d`.
    struct Interval: ExpressibleByArgument {
        var seconds: Int

        init(seconds: Int) { self.seconds = seconds }

        init?(argument: String) {
            guard let seconds = DurationText.seconds(argument, allowingSeconds: true),
                (60...31 * 86_400).contains(seconds)
            else { return nil }
            self.seconds = seconds
        }

        var defaultValueDescription: String { "15m" }
    }

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535.") }
        guard writeLimit >= 0 else { throw ValidationError("--write-limit takes a number from 0 on.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key belong together.")
        }
    }

    func configuration(_ environment: [String: String]) throws(Failure) -> ServiceConfiguration {
        var configuration = ServiceConfiguration(version: Version.number)
        configuration.host = host
        configuration.port = port
        configuration.writesPerMinute = writeLimit
        configuration.syncInterval = .seconds(interval.seconds)
        if let tlsCertificate, let tlsKey {
            configuration.tls = ServiceConfiguration.TLSFiles(certificate: tlsCertificate, key: tlsKey)
        }
        if !corsOrigin.isEmpty { configuration.origins = corsOrigin }
        configuration.token = try Settings.apiToken(environment)
        configuration.showsStatusDetails = statusDetails
        try configuration.checkStatusDetails()
        return configuration
    }

    func resolvedLogFormat(_ console: Console) -> CommonOptions.LogFormat {
        switch logFormat {
        case .text: .text
        case .json: .json
        case nil: console.isErrorTerminal ? .text : .json
        }
    }
}
