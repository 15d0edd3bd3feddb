import Foundation
import Logging
import Synchronization
import Telemetry
import TestSupport

/// Keeps what a log handler writes.
final class Lines: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock(\.self) }

    var write: @Sendable (String) -> Void {
        { [self] text in texts.withLock { $0.append(text) } }
    }

    /// A logger for programs whose clock stands still.
    func jsonLogger(_ filter: SecretFilter = SecretFilter(), level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { label in
            JSONLogHandler(label: label, level: level, filter: filter, now: { .sample }, write: self.write)
        }
    }

    /// A logger for people.
    func consoleLogger(_ filter: SecretFilter = SecretFilter(), level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { _ in ConsoleLogHandler(level: level, filter: filter, write: self.write) }
    }

    /// What a reader of JSON makes of each line.
    func objects() throws -> [[String: Any]] {
        try all.map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }
}

extension Telemetry.Instant {
    static let sample = Telemetry.Instant(.day(0), milliseconds: 7)
}
