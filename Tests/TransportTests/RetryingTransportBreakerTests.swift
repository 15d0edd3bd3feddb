import Foundation
import HTTPTypes
import ReconcileModel
import Synchronization
import TestSupport
import Testing
import Transport

/// The circuit breaker at work: an API that is down is left alone, one that is flaky is not.
struct RetryingTransportBreakerTests {
    private let clock = ManualClock()

    private func transport(_ base: any HTTPTransport, coolDown: Duration = .seconds(30)) -> RetryingTransport {
        RetryingTransport(
            base,
            api: "notion",
            bucket: TokenBucket(ratePerSecond: 0, burst: 1),
            breaker: CircuitBreaker(threshold: 3, coolDown: coolDown),
            counter: RequestCounter(),
            instruments: .silent(clock)
        )
    }

    private func request(_ repeatability: Repeatability = .repeatable) -> OutgoingRequest {
        let head = HTTPRequest(method: .get, scheme: "https", authority: "api.example.com", path: "/v1/pages?a=b")
        return OutgoingRequest(head: head, repeatability: repeatability)
    }

    private let suspended = TransportError.suspended(location: "https://api.example.com/v1/pages", failures: 3)

    @Test func `an API that is down is left alone`() async throws {
        let base = ScriptedTransport([.success(answer(503))], clock: clock)
        let transport = transport(base)
        for _ in 0..<3 { #expect(try await transport.send(request()).status == 503) }
        #expect(base.times.count == 18)
        await #expect(throws: suspended) { try await transport.send(request()) }
        #expect(base.times.count == 18)
    }

    @Test func `after the cool-down one attempt finds out that it is back`() async throws {
        let steps = Array(repeating: ScriptedTransport.Step.success(answer(503)), count: 18)
        let base = ScriptedTransport(steps + [.success(answer(200))], clock: clock)
        let transport = transport(base)
        for _ in 0..<3 { _ = try await transport.send(request()) }
        clock.advance(by: .seconds(30))
        #expect(try await transport.send(request()).status == 200)
        #expect(try await transport.send(request()).status == 200)
    }

    @Test func `a probe is not repeated`() async throws {
        let base = ScriptedTransport([.success(answer(503))], clock: clock)
        let transport = transport(base)
        for _ in 0..<3 { _ = try await transport.send(request()) }
        clock.advance(by: .seconds(30))
        #expect(try await transport.send(request()).status == 503)
        #expect(base.times.count == 19)
        await #expect(throws: TransportError.self) { try await transport.send(request()) }
        #expect(base.times.count == 19)
    }

    @Test func `errors that the API itself gives do not count`() async throws {
        for status in [400, 404, 429] {
            let base = ScriptedTransport([.success(answer(status))], clock: clock)
            let transport = transport(base)
            for _ in 0..<10 { #expect(try await transport.send(request()).status == status) }
        }
    }

    @Test func `single attempts of what may be sent only once do not count`() async throws {
        let base = ScriptedTransport([.success(answer(500))], clock: clock)
        let transport = transport(base)
        for _ in 0..<10 { #expect(try await transport.send(request(.once)).status == 500) }
        #expect(base.times.count == 10)
    }

    @Test func `a probe that was cancelled does not keep the others out`() async throws {
        let down = Array(repeating: ScriptedTransport.Step.success(answer(503)), count: 18)
        let base = ScriptedTransport(down + [.failure(.cancelled), .success(answer(200))], clock: clock)
        let transport = transport(base)
        for _ in 0..<3 { _ = try await transport.send(request()) }
        clock.advance(by: .seconds(30))
        await #expect(throws: TransportError.cancelled) { try await transport.send(request()) }
        #expect(try await transport.send(request()).status == 200)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `an API that loses one answer in five is never left alone`(seed: UInt64) async throws {
        let flaky = FlakyTransport(share: 0.2, seed: seed)
        let transport = RetryingTransport(
            flaky,
            api: "notion",
            bucket: TokenBucket(ratePerSecond: 0, burst: 1),
            counter: RequestCounter(),
            instruments: .silent(clock)
        )
        await withTaskGroup(of: TransportError?.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    let request = request(number.isMultiple(of: 10) ? .once : .repeatable)
                    do throws(TransportError) { _ = try await transport.send(request) } catch { return error }
                    return nil
                }
            }
            for await error in group {
                if case .suspended? = error { Issue.record("the API was left alone") }
            }
        }
    }
}

/// Loses a share of the answers.
private final class FlakyTransport: HTTPTransport {
    private let share: Double
    private let random: Mutex<SeededGenerator>

    init(share: Double, seed: UInt64) {
        self.share = share
        random = Mutex(SeededGenerator(seed: seed))
    }

    func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        let isLost = random.withLock { Double.random(in: 0..<1, using: &$0) < share }
        guard !isLost else { throw .interrupted(location: request.location, reason: "reset") }
        return answer(200)
    }
}
