import Foundation
import HTTPTypes
import Logging
import TestSupport
import Testing
import Transport

struct RetryingTransportTests {
    let clock = ManualClock()
    let counter = RequestCounter()

    private func transport(
        _ base: ScriptedTransport,
        bucket: TokenBucket = TokenBucket(ratePerSecond: 0, burst: 1),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) -> RetryingTransport {
        RetryingTransport(
            base,
            api: "notion",
            bucket: bucket,
            counter: counter,
            instruments: Instruments(clock: clock, random: { 0.5 }, logger: logger)
        )
    }

    private func request(_ repeatability: Repeatability = .repeatable, units: Int = 1) -> OutgoingRequest {
        var head = HTTPRequest(
            method: .post,
            scheme: "https",
            authority: "api.example.com",
            path: "/v1/pages?key=hidden"
        )
        head.headerFields[.authorization] = "Bearer secret-token"
        return OutgoingRequest(head: head, body: Data("private text".utf8), repeatability: repeatability, units: units)
    }

    @Test func `a transient error is repeated until it is cured`() async throws {
        let base = ScriptedTransport(
            [.success(answer(502)), .failure(.interrupted(location: "l", reason: "r")), .success(answer(200))],
            clock: clock
        )
        #expect(try await transport(base).send(request()).status == 200)
        #expect(clock.sleeps == [.milliseconds(500), .seconds(1)])
        #expect(counter.counts(of: "notion").requests == 3)
        #expect(counter.counts(of: "notion").retries == 2)
    }

    @Test func `the last answer is returned where repetition does not help`() async throws {
        let base = ScriptedTransport([.success(answer(503))], clock: clock)
        #expect(try await transport(base).send(request()).status == 503)
        #expect(base.times.count == 6)
    }

    @Test func `the last error is thrown where there was no answer`() async throws {
        let error = TransportError.unreachable(location: "l", reason: "r")
        let base = ScriptedTransport([.failure(error)], clock: clock)
        await #expect(throws: error) { try await transport(base).send(request()) }
        #expect(base.times.count == 6)
        #expect(counter.counts(of: "notion").requests == 0)
    }

    @Test func `a request that must happen once is not repeated after a server error`() async throws {
        let base = ScriptedTransport([.success(answer(503)), .success(answer(200))], clock: clock)
        #expect(try await transport(base).send(request(.once)).status == 503)
        let limited = ScriptedTransport([.success(answer(429)), .success(answer(200))], clock: clock)
        #expect(try await transport(limited).send(request(.once)).status == 429)
        let away = TransportError.unreachable(location: "l", reason: "r")
        let unreached = ScriptedTransport([.failure(away), .success(answer(200))], clock: clock)
        #expect(try await transport(unreached).send(request(.once)).status == 200)
    }

    private static let lost = TransportError.interrupted(location: "l", reason: "r")
    private static let away = TransportError.unreachable(location: "l", reason: "r")

    @Test func `an answer tells whether an attempt before it may have been carried out`() async throws {
        let stories: [([ScriptedTransport.Step], Bool)] = [
            ([.success(answer(200))], false),
            ([.success(answer(429)), .success(answer(200))], false),
            ([.failure(Self.away), .success(answer(412))], false),
            ([.failure(Self.lost), .success(answer(412))], true),
            ([.success(answer(503)), .success(answer(429)), .success(answer(412))], true),
        ]
        for (steps, wasRepeated) in stories {
            let response = try await transport(ScriptedTransport(steps, clock: clock)).send(request())
            #expect(response.wasRepeated == wasRepeated, "\(steps)")
        }
    }

    @Test func `an attempt that never left does not hide that an earlier one may have been carried out`() async throws {
        let base = ScriptedTransport([.failure(Self.lost), .failure(Self.away)], clock: clock)
        await #expect(throws: Self.lost) { try await transport(base).send(request()) }
        let answered = ScriptedTransport([.success(answer(503)), .failure(Self.away)], clock: clock)
        #expect(try await transport(answered).send(request()).status == 503)
    }

    @Test func `a wait beyond the budget is not begun`() async throws {
        let base = ScriptedTransport([.success(answer(429, "{}", [.retryAfter: "301"]))], clock: clock)
        #expect(try await transport(base).send(request()).status == 429)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `Retry-After holds other requests of the API too`() async throws {
        let steps: [ScriptedTransport.Step] = [.success(answer(429, "{}", [.retryAfter: "20"])), .success(answer(200))]
        let base = ScriptedTransport(steps, clock: clock)
        let transport = transport(base)
        async let first = transport.send(request())
        async let second = transport.send(request())
        #expect(try await [first.status, second.status] == [200, 200])
        #expect(base.times.dropFirst().allSatisfy { $0 >= .seconds(20) || $0 == .zero })
        #expect(base.times.contains { $0 >= .seconds(20) })
        #expect(counter.counts(of: "notion").rateLimitWait >= .seconds(20))
    }

    @Test func `requests keep to the pace, counted in units`() async throws {
        let base = ScriptedTransport([.success(answer(200))], clock: clock)
        let transport = transport(base, bucket: TokenBucket(ratePerSecond: 10, burst: 1))
        for units in [1, 3, 1, 50, 1] { _ = try await transport.send(request(units: units)) }
        let expected = [0, 300, 400, 5400, 5500]
        for (time, milliseconds) in zip(base.times, expected) {
            #expect(abs((time - .milliseconds(milliseconds)) / .milliseconds(1)) < 0.01)
        }
        #expect(abs((counter.counts(of: "notion").rateLimitWait - .milliseconds(5500)) / .milliseconds(1)) < 0.01)
    }

    @Test func `many requests at once keep to the pace`() async throws {
        let base = ScriptedTransport([.success(answer(200))], clock: clock)
        let transport = transport(base, bucket: TokenBucket(ratePerSecond: 3, burst: 3))
        try await withThrowingTaskGroup { group in
            for _ in 0..<30 { group.addTask { try await transport.send(request()).status } }
            for try await status in group { #expect(status == 200) }
        }
        #expect(abs((clock.now.offset - .seconds(9)) / .milliseconds(1)) < 1)
        #expect(counter.counts(of: "notion").requests == 30)
    }

    @Test func `a cancelled task sends nothing`() async throws {
        let base = ScriptedTransport([.success(answer(200))], clock: clock)
        let transport = transport(base)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.send(request()).status
        }
        await #expect(throws: TransportError.cancelled) { try await task.value }
        #expect(base.times.isEmpty)
    }

    @Test func `a wait that is cut short ends as one, whatever was answered before`() async throws {
        let stepped = SteppedClock()
        let base = ScriptedTransport([.success(answer(503))], clock: clock)
        let transport = RetryingTransport(
            base,
            api: "notion",
            bucket: TokenBucket(ratePerSecond: 0, burst: 1),
            counter: counter,
            instruments: .silent(stepped)
        )
        let task = Task { try await transport.send(request()).status }
        await stepped.waitForSleepers()
        task.cancel()
        await #expect(throws: TransportError.cancelled) { try await task.value }
        #expect(base.times.count == 1)
    }

    @Test func `the log names requests and shows nothing of their content`() async throws {
        let recorder = LogRecorder()
        let base = ScriptedTransport(
            [.success(answer(502, "private answer", [.setCookie: "c=secret-cookie"])), .success(answer(200))],
            clock: clock
        )
        let logger = Logger(label: "test") { _ in recorder }
        _ = try await transport(base, logger: logger).send(request())
        let lines = recorder.lines
        #expect(
            lines == [
                "debug: request answered api=notion attempt=1 method=POST ms=0 status=502 url=https://api.example.com/v1/pages",
                "info: request will be repeated api=notion attempt=1 method=POST reason=transient error "
                    + "url=https://api.example.com/v1/pages wait_ms=500",
                "debug: request answered api=notion attempt=2 method=POST ms=0 status=200 url=https://api.example.com/v1/pages",
            ]
        )
    }

    @Test func `calls inside a batch are counted with every attempt`() async throws {
        var batch = request(units: 50)
        batch.batchedCalls = 50
        let base = ScriptedTransport([.success(answer(503)), .success(answer(200))], clock: clock)
        _ = try await transport(base).send(batch)
        #expect(counter.snapshot["notion"]?.batchedCalls == 100)
        #expect(counter.snapshot["google"] == nil)
    }
}
