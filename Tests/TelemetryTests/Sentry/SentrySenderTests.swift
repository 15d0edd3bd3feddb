import Foundation
import Telemetry
import TestSupport
import Testing
import Tracing
import Transport

struct SentrySenderTests {
    /// Reports errors that are told apart by a number.
    private func report(_ numbers: ClosedRange<Int>, to bench: SentryBench) {
        for number in numbers {
            let span = bench.tracer.startSpan("run \(number)", context: .topLevel)
            span.recordError(TransportError.unreachable(location: "\(number)", reason: "gone"))
            span.end()
        }
    }

    private func trace(_ bench: SentryBench) { bench.tracer.startSpan("run", context: .topLevel).end() }

    private func names(_ bench: SentryBench) throws -> [String] {
        try bench.payloads().map { $0["transaction"] as? String ?? "none" }
    }

    @Test func `reports are sent in their order while the program runs`() async throws {
        let bench = try SentryBench(rate: 0)
        let running = Task { await bench.sender.run() }
        report(1...1, to: bench)
        await bench.end.received(1)
        report(2...3, to: bench)
        await bench.end.received(2)
        bench.sender.finish()
        await running.value
        #expect(try names(bench) == ["run 1", "run 2", "run 3"])
        #expect(bench.outcomes == [#""sent"} 3"#])
    }

    @Test func `where too many wait the oldest make room`() async throws {
        let bench = try SentryBench(rate: 0, queueLimit: 3)
        report(1...10, to: bench)
        await bench.send()
        #expect(try names(bench) == ["run 8", "run 9", "run 10"])
        #expect(bench.outcomes == [#""queue_full"} 7"#, #""sent"} 3"#])
    }

    @Test func `many traces cost no error, and errors go first`() async throws {
        let bench = try SentryBench(queueLimit: 3)
        trace(bench)
        report(1...3, to: bench)
        for _ in 0..<1_000 { trace(bench) }
        await bench.send()
        #expect(try names(bench) == ["run 1", "run 2", "run 3", "run", "run", "run"])
        #expect(try bench.payloads().map { $0["exception"] != nil } == [true, true, true, false, false, false])
    }

    @Test func `what a cancelled task leaves is still sent`() async throws {
        let bench = try SentryBench(rate: 0)
        report(1...3, to: bench)
        let running = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await bench.sender.run()
        }
        await running.value
        #expect(Set(try names(bench)) == ["run 1", "run 2", "run 3"])
        #expect(bench.outcomes == [#""sent"} 3"#])
    }

    @Test func `the end of the program does not wait for ever`() async throws {
        let bench = try SentryBench(rate: 0, clock: ManualClock(), FarEnd(hangs: true))
        report(1...3, to: bench)
        await bench.send()
        #expect(bench.outcomes.isEmpty)
        #expect(bench.lines.all == ["warning: reports not sent in time reports=3\n"])
    }

    @Test(arguments: [
        [:], ["Retry-After": "60"], ["X-Sentry-Rate-Limits": "60::organization"],
        ["X-Sentry-Rate-Limits": "9:transaction:key, 60:default;error:key:reason"],
        ["X-Sentry-Rate-Limits": "nonsense"],
    ])
    func `while Sentry asks for a pause reports are dropped`(fields: [String: String]) async throws {
        let clock = ManualClock()
        let bench = try SentryBench(
            rate: 0,
            clock: clock,
            FarEnd([.success(.status(429, fields)), .success(.status(200))])
        )
        let running = Task { await bench.sender.run() }
        defer { running.cancel() }
        report(1...1, to: bench)
        await bench.end.received(1)
        while bench.outcomes != [#""rate_limited"} 1"#] { await Task.yield() }
        clock.advance(by: .seconds(30))
        report(2...2, to: bench)
        while bench.outcomes != [#""rate_limited"} 2"#] { await Task.yield() }
        clock.advance(by: .seconds(31))
        report(3...3, to: bench)
        await bench.end.received(1)
        #expect(try names(bench) == ["run 1", "run 3"])
    }

    @Test func `a pause for traces is none for errors`() async throws {
        let answer = IncomingResponse.status(200, ["X-Sentry-Rate-Limits": "60:transaction:organization"])
        let bench = try SentryBench(FarEnd([.success(answer)]))
        trace(bench)
        let running = Task { await bench.sender.run() }
        await bench.end.received(1)
        trace(bench)
        report(1...1, to: bench)
        bench.sender.finish()
        await running.value
        #expect(try names(bench) == ["run", "run 1"])
        #expect(bench.outcomes == [#""rate_limited"} 2"#, #""sent"} 2"#])
    }

    @Test func `trouble is told once, and counted each time`() async throws {
        let gone = TransportError.unreachable(location: "https://sentry.example.org/api/42/envelope/", reason: "gone")
        let bench = try SentryBench(
            rate: 0,
            FarEnd([.failure(gone), .failure(gone), .success(.status(400)), .success(.status(200)), .failure(gone)])
        )
        report(1...5, to: bench)
        await bench.send()
        let line =
            "warning: Sentry does not take reports reason=Cannot reach "
            + "https://sentry.example.org/api/42/envelope/: gone.\n"
        #expect(bench.lines.all == [line, line])
        #expect(bench.outcomes == [#""refused"} 1"#, #""sent"} 1"#, #""unreachable"} 3"#])
    }
}
