package import Logging

/// Writes log lines for people to standard error: `debug: google: GET … 200 in 43 ms`.
package struct ConsoleLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let write: @Sendable (String) -> Void

    package init(level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
        (logLevel, self.write) = (level, write)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        write("\(event.level): \(event.message)\(details)\n")
    }
}
