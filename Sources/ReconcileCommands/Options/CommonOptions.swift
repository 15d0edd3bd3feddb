import ArgumentParser
import Foundation
import Logging
import ReconcileModel
import Telemetry

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Folder of the declarations.", valueName: "dir"))
    var orgsDir = "orgs.d"

    @Option(
        help: ArgumentHelp(
            "Log lines from this level on, on standard error. (default: $RECONCILE_LOG_LEVEL, else notice)",
            valueName: "level"
        )
    )
    var logLevel: LogLevel?

    @Flag(name: .shortAndLong, help: "Show every field and every link, and log as --log-level debug.")
    var verbose = false

    @Flag(help: "Log errors only, and print no text where nothing changed and nothing failed.")
    var quiet = false

    enum LogLevel: String, CaseIterable, ExpressibleByArgument {
        case trace, debug, info, notice, warning, error
    }

    /// How log lines are written.
    enum LogFormat {
        /// For people.
        case text
        /// For programs, one object a line.
        case json
    }

    func logger(_ context: CommandContext, format: LogFormat = .text) throws(Failure) -> Logger {
        let level = try level(context.environment)
        let filter = SecretFilter(environment: context.environment, known: context.secrets)
        let write = context.console.errorOutput
        return Logger(label: "reconcile") { label in
            switch format {
            case .text: ConsoleLogHandler(level: level, filter: filter, write: write)
            case .json: JSONLogHandler(label: label, level: level, filter: filter, write: write)
            }
        }
    }

    private func level(_ environment: [String: String]) throws(Failure) -> Logger.Level {
        if let logLevel { return Logger.Level(rawValue: logLevel.rawValue) ?? .notice }
        if quiet { return .error }
        if verbose { return .debug }
        guard let text = environment["RECONCILE_LOG_LEVEL"], !text.isEmpty else { return .notice }
        guard let named = LogLevel(rawValue: text.lowercased()), let level = Logger.Level(rawValue: named.rawValue)
        else {
            let names = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                code: "log_level_invalid",
                message: "RECONCILE_LOG_LEVEL is \"\(text)\".",
                hint: "Use one of \(names)."
            )
        }
        return level
    }
}
