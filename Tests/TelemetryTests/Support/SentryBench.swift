import Foundation
import Logging
import Synchronization
import Telemetry
import TestSupport
import Testing
import Tracing
import Transport

/// A tracer whose reports go to a far end of the test's own; ids are numbers that count up.
struct SentryBench {
    let end: FarEnd
    let registry = MetricsRegistry()
    let lines = Lines()
    let sender: SentrySender
    let tracer: SentryTracer

    init(
        rate: Double = 1,
        filter: SecretFilter = SecretFilter(),
        queueLimit: Int = 100,
        clock: any Clock<Duration> = ContinuousClock(),
        random: (@Sendable () -> UInt64)? = nil,
        _ end: FarEnd = FarEnd()
    ) throws {
        let dsn = try SentryDSN("https://publickey@sentry.example.org/42")
        var settings = SentrySettings(dsn: dsn, release: "reconcile@1.2", tracesSampleRate: rate)
        settings.queueLimit = queueLimit
        let counter = Counter()
        self.end = end
        sender = SentrySender(
            settings,
            transport: end,
            metrics: registry,
            logger: lines.consoleLogger(),
            clock: clock,
            now: { .sample }
        )
        tracer = SentryTracer(settings, sender: sender, filter: filter, random: random ?? { counter.next() })
    }

    private final class Counter: Sendable {
        private let number = Mutex<UInt64>(0)

        func next() -> UInt64 {
            number.withLock { number in
                number += 1
                return number
            }
        }
    }

    /// Sends all that was reported, and returns when it is done.
    func send() async {
        sender.finish()
        await sender.run()
    }

    /// What was sent: of each envelope the payload, as a reader of JSON sees it.
    func payloads() throws -> [[String: Any]] { try end.sent.map { try Envelope($0).payload } }

    /// The figures of `reconcile_error_reports_total` by outcome.
    var outcomes: [String] {
        let name = "reconcile_error_reports_total{outcome="
        return registry.exposition().split(separator: "\n").filter { $0.hasPrefix(name) }
            .map { String($0.dropFirst(name.count)) }
    }
}

/// An envelope with its one item.
struct Envelope {
    let header: [String: Any]
    let itemHeader: [String: Any]
    let payload: [String: Any]
    /// The payload's text.
    let text: String

    init(_ request: OutgoingRequest) throws {
        try self.init(body: String(decoding: request.body ?? Data(), as: UTF8.self))
    }

    init(body: String) throws {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(lines.count == 4)
        try #require(lines[3] == "")
        func object(_ line: Substring) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        (header, itemHeader, payload) = (try object(lines[0]), try object(lines[1]), try object(lines[2]))
        text = String(lines[2])
        #expect(itemHeader["length"] as? Int == lines[2].utf8.count)
    }
}

/// A time of the test's own, in milliseconds after the sample's second.
struct Moment: TracerInstant {
    let nanosecondsSinceEpoch: UInt64

    init(_ milliseconds: Int) {
        nanosecondsSinceEpoch = Telemetry.Instant(.day(0), milliseconds: milliseconds).nanosecondsSince1970
    }

    static func < (left: Moment, right: Moment) -> Bool { left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch }
}
