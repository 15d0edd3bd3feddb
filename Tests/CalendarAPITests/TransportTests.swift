import Foundation
import HTTPTypes
import Logging
import ReconcileModel
import Synchronization
import Testing
import Transport

@testable import CalendarAPI

/// The client over the transport that paces and repeats, as in the product.
struct TransportTests {
    private let world = World()
    private let calendar = CalendarID(rawValue: "c@x")

    @Test(arguments: ["error-403-user-rate-limit-exceeded.json", "error-409-conflict.json"])
    func `a single call that is turned away is repeated by the transport alone`(fixture: String) async throws {
        let status = fixture.contains("403") ? 403 : 409
        let server = ScriptedTransport(try .fixture(status, fixture), .json(204, ""))
        let answer = try await world.client(retrying(server)).perform(.delete(Sample.id), on: calendar)
        guard case .deleted = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(server.requests.count == 2)

        let hopeless = ScriptedTransport(try .fixture(status, fixture))
        let client = try world.client(retrying(hopeless))
        await #expect(throws: CalendarError.self) { try await client.perform(.delete(Sample.id), on: calendar) }
        // A limit is given more time than a collision.
        #expect(hopeless.requests.count == (status == 403 ? 8 : 6))
    }

    @Test(arguments: [
        (403, "error-403-rate-limit-exceeded.json"), (401, "error-401-invalid-credentials.json"),
        (500, "error-500-backend-error.json"),
    ])
    func `the creation of a calendar is repeated by nobody who did not look`(
        status: Int,
        fixture: String
    ) async throws {
        let server = ScriptedTransport(try .fixture(status, fixture), try .fixture(200, "calendar-inserted.json"))
        let client = try world.client(retrying(server))
        await #expect(throws: CalendarError.self) {
            try await client.insertCalendar(summary: "A", description: nil, timeZone: "UTC")
        }
        #expect(server.requests.count == 1)
    }

    @Test func `a creation that was refused is worth another look and try, within limits`() throws {
        var retry = try world.client(ScriptedTransport(.json(200, "{}"))).creationRetry()
        #expect(retry.pause(after: .unauthorized(message: "")) == .zero)
        #expect(retry.pause(after: .unauthorized(message: "")) == nil)
        let refusals = (0..<20).prefix { _ in retry.pause(after: .rateLimited(reason: "x")) != nil }
        #expect(refusals.count == 7)
        #expect(retry.pause(after: .service(status: 500)) == nil)
        #expect(retry.pause(after: .quotaExceeded(reason: "x", message: "")) == nil)
    }

    @Test func `a whole batch passes, and an outer error is repeated`() async throws {
        let server = ScriptedTransport { request, round in
            round == 0
                ? .success(.response(503, "<html>", type: "text/html"))
                : .success(BatchServer.answer(to: request, round: round) { _, _ in .ok })
        }
        let calls = (0..<3).map { EventCall.delete(EventID(rawValue: "event100\($0)")) }
        let results = try await world.client(retrying(server)).perform(calls, on: calendar)
        #expect(results.allSatisfy { $0.error == nil })
        #expect(server.requests.count == 2)
    }

    @Test func `requests whose token is refused at the same time share the next`() async throws {
        let refusal = try IncomingResponse.fixture(401, "error-401-invalid-credentials.json")
        let answer = try IncomingResponse.calendar(calendar)
        let transport = ScriptedTransport { request, _ in
            .success(request.head.headerFields[.authorization] == "Bearer token-0" ? refusal : answer)
        }
        let client = try world.client(transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await client.calendar(calendar) } }
            try await group.waitForAll()
        }
        let tokens = Set(transport.requests.map { $0.head.headerFields[.authorization] })
        #expect(tokens == ["Bearer token-0", "Bearer token-1"])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever becomes of answers, each call has one result, and no success is made up`(seed: UInt64) async throws {
        let random = Mutex(SplitMix64(state: seed))
        let server = ScriptedTransport { request, round in
            var response = BatchServer.answer(to: request, round: round) { _, _ in .ok }
            let damage = random.withLock { random in
                (0..<4).map { _ in (Double.random(in: 0..<1, using: &random), UInt8.random(in: 0...255, using: &random))
                }
            }
            for (place, byte) in damage where !response.body.isEmpty {
                response.body[Int(place * Double(response.body.count))] = byte
            }
            response.body = response.body.prefix(Int(Double(response.body.count) * (0.5 + damage[0].0 / 2)))
            return .success(response)
        }
        let calls = (0..<8).map { number in
            EventCall.insert(
                EventBody(id: EventID(rawValue: "event\(1000 + number)"), event: Sample.allDay, marks: Sample.bareMarks)
            )
        }
        let results = try await world.client(server).perform(calls, on: calendar)
        #expect(results.count == calls.count)
        for (call, result) in zip(calls, results) {
            if let id = result.eventID { #expect(id == call.event) }
        }
    }

    private func retrying(_ transport: ScriptedTransport) -> RetryingTransport {
        RetryingTransport(
            transport,
            api: "google",
            bucket: TokenBucket(ratePerSecond: 0, burst: 1),
            classifier: .googleCalendar,
            counter: RequestCounter(),
            instruments: Instruments(
                clock: Pauses(),
                random: { 1 },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        )
    }
}
