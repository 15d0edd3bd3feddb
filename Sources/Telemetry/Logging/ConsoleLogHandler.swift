package import Logging
import ReconcileModel

/// Writes log lines for people to standard error: `debug: google: GET … 200 in 43 ms`.
package struct ConsoleLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let filter: SecretFilter
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - filter: the last look at a line before it is written.
    ///   - write: gets whole lines, each with its line feed.
    package init(
        level: Logger.Level,
        metadataProvider: Logger.MetadataProvider? = .workContext,
        filter: SecretFilter = SecretFilter(),
        write: @escaping @Sendable (String) -> Void
    ) {
        (logLevel, self.metadataProvider, self.filter, self.write) = (level, metadataProvider, filter, write)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let details = metadata(of: event).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        // What a log line tells of comes from outside: it stays on its line.
        write(filter.masked("\(event.level): \(event.message)\(details)").printable + "\n")
    }
}
