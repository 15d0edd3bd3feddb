import JSON
package import Logging

/// Writes log lines for programs: one JSON object a line, its members always in the same order.
///
///     {"time":"2026-11-22T18:00:00.123Z","level":"info","label":"reconcile","message":"synced","metadata":{"run":"7"}}
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let filter: SecretFilter
    private let now: @Sendable () -> Instant
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - filter: the last look at every text before it is written.
    ///   - now: the time of day.
    ///   - write: gets whole lines, each with its line feed.
    package init(
        label: String,
        level: Logger.Level,
        metadataProvider: Logger.MetadataProvider? = .workContext,
        filter: SecretFilter = SecretFilter(),
        now: @escaping @Sendable () -> Instant = { .now },
        write: @escaping @Sendable (String) -> Void
    ) {
        (self.label, logLevel, self.metadataProvider) = (label, level, metadataProvider)
        (self.filter, self.now, self.write) = (filter, now, write)
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let metadata = metadata(of: event)
        let members = JSON.object(of: [
            "time": .string(now().rfc3339), "level": .string(event.level.rawValue), "label": .string(label),
            "message": .string(filter.masked(event.message.description)),
            "metadata": metadata.isEmpty ? nil : json(.dictionary(metadata)),
        ])
        // One call for the whole line, so that lines of several tasks do not mix.
        write(members.line + "\n")
    }

    private func json(_ value: Logger.Metadata.Value) -> JSON {
        switch value {
        case .string(let text): .string(filter.masked(text))
        case .stringConvertible(let value): .string(filter.masked(value.description))
        case .array(let values): .array(values.map(json))
        case .dictionary(let members): .sorted(members.mapValues(json))
        }
    }
}
