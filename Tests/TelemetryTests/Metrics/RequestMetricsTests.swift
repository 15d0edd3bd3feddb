import Logging
import Metrics
import ReconcileModel
import Telemetry
import TestSupport
import Testing
import Transport

struct RequestMetricsTests {
    private let registry = MetricsRegistry()

    private func send(_ answers: [FarEnd.Answer], ratePerSecond: Double = 0, times: Int = 1) async throws {
        let transport = RetryingTransport(
            FarEnd(answers),
            api: "notion",
            bucket: TokenBucket(ratePerSecond: ratePerSecond, burst: 1),
            counter: RequestCounter(),
            instruments: Instruments(
                clock: ManualClock(),
                random: { 0.5 },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                metrics: registry
            )
        )
        for _ in 0..<times { _ = try await transport.send(.post()) }
    }

    private func figures(_ metric: Metric) -> [String] {
        registry.exposition().split(separator: "\n").map(String.init).filter { $0.hasPrefix(metric.name) }
    }

    @Test func `every attempt is counted by how it ended`() async throws {
        try await send([
            .success(.status(502)), .failure(.timedOut(location: "l", sent: true)), .success(.status(429)),
            .success(.status(200)),
        ])
        #expect(
            figures(.apiRequests)
                == ["200", "429", "502", "timeout"].map {
                    "reconcile_api_requests_total{api=\"notion\",status=\"\($0)\"} 1"
                }
        )
        #expect(figures(.apiRetries) == [#"reconcile_api_retries_total{api="notion"} 3"#])
        #expect(figures(.apiDuration).last == #"reconcile_api_request_duration_seconds_count{api="notion"} 4"#)
    }

    @Test func `waits are counted that the service asks for`() async throws {
        try await send([.success(.status(429, ["Retry-After": "20"])), .success(.status(200))])
        #expect(figures(.apiWaits) == [#"reconcile_api_rate_limit_wait_seconds_total{api="notion"} 20"#])
    }

    @Test func `waits are counted for our own pace`() async throws {
        try await send([.success(.status(200))], ratePerSecond: 2, times: 4)
        let figure = try #require(figures(.apiWaits).first?.split(separator: " ").last.flatMap { Double($0) })
        #expect(abs(figure - 1.5) < 0.001)
    }
}
