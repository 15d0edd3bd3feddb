import Foundation
import HTTPTypes
import ReconcileModel
import Testing
import Transport

@testable import CalendarAPI

/// Calls about events: alone, in batches, and again.
struct EventCallTests {
    private let world = World()
    private let calendar = CalendarID(rawValue: "c@x")

    @Test func `a single call is a plain request`() async throws {
        let transport = ScriptedTransport(
            .json(200, #"{"kind":"calendar#event","id":"c6a58eb3550a5f90822fecec29ab49e6","etag":"\"2\""}"#)
        )
        let patch = EventPatch(fields: [.summary], event: Sample.allDay, marks: Sample.bareMarks)
        let answer = try await world.client(transport)
            .perform(.patch(Sample.id, patch, ifMatch: ETag(rawValue: "\"1\"")), on: calendar)
        guard case .event(let event) = answer else {
            Issue.record("no event")
            return
        }
        #expect(event.etag?.rawValue == "\"2\"")
        let request = try #require(transport.requests.first)
        #expect(
            request.path.hasPrefix("/calendar/v3/calendars/c%40x/events/\(Sample.id)?sendUpdates=none&fields=id,etag")
        )
        #expect(request.head.method == .patch && request.units == 3 && request.batchedCalls == 0)
        #expect(request.head.headerFields[.ifMatch] == "\"1\"" && request.body == patch.data)
    }

    @Test func `each kind of call`() throws {
        let body = EventBody(id: Sample.id, event: Sample.allDay, marks: Sample.bareMarks)
        let etag = ETag(rawValue: "\"1\"")
        let get = EventCall.get(Sample.id, ifNoneMatch: etag).part(on: calendar)
        #expect(get.method == .get && get.ifNoneMatch == etag && !get.path.contains("sendUpdates"))
        let insert = EventCall.insert(body).part(on: calendar)
        #expect(insert.method == .post && insert.path.contains("/events?sendUpdates=none&fields="))
        let update = EventCall.update(Sample.id, body, ifMatch: etag).part(on: calendar)
        #expect(update.method == .put && update.ifMatch == etag && update.body == body.data)
        let delete = EventCall.delete(Sample.id, ifMatch: etag).part(on: calendar)
        #expect(
            delete.method == .delete && delete.path.hasSuffix("\(Sample.id)?sendUpdates=none") && delete.body == nil
        )
    }

    @Test func `several calls travel in batches of fifty, answered in any order`() async throws {
        let server = BatchServer { _, _ in .ok }
        let calls = (0..<120).map { Self.insert($0) }
        let results = try await world.client(server.transport).perform(calls, on: calendar)
        #expect(server.sizes == [50, 50, 20])
        #expect(results.map(\.eventID) == calls.map(\.event))
        let first = try #require(server.transport.requests.first)
        #expect(first.location == "https://www.googleapis.com/batch/calendar/v3")
        #expect(first.units == 50 && first.batchedCalls == 50 && first.repeatability == .repeatable)
    }

    @Test func `the units of a batch are those of its calls`() async throws {
        let server = BatchServer { _, _ in .ok }
        let patch = EventPatch(fields: [.summary], event: Sample.allDay, marks: Sample.bareMarks)
        let calls = [Self.insert(0), .patch(Self.id(1), patch), .delete(Self.id(2)), .get(Self.id(3))]
        _ = try await world.client(server.transport).perform(calls, on: calendar)
        #expect(server.transport.requests.map(\.units) == [6])
    }

    @Test func `each call has an outcome of its own`() async throws {
        let server = BatchServer { index, _ in
            switch index {
            case 1: .recorded(409, "error-409-duplicate.json")
            case 2: .recorded(412, "error-412-condition-not-met.json")
            case 3: .recorded(404, "error-404-not-found.json")
            case 4: .recorded(410, "error-410-deleted.json")
            default: .ok
            }
        }
        let results = try await world.client(server.transport).perform((0..<6).map { Self.insert($0) }, on: calendar)
        #expect(
            results.map(\.error) == [nil, .duplicate, .preconditionFailed, .notFound, .gone(reason: "deleted"), nil]
        )
        #expect(results.allSatisfy { !$0.wasRepeated })
        #expect(server.sizes == [6])
    }

    @Test(arguments: [
        (429, "error-429-rate-limit-exceeded.json", false), (403, "error-403-rate-limit-exceeded.json", false),
        (409, "error-409-conflict.json", false), (500, "error-500-backend-error.json", true),
    ])
    func `what is turned away for the moment is tried again`(
        status: Int,
        fixture: String,
        isDoubtful: Bool
    ) async throws {
        let pauses = Pauses()
        let server = BatchServer { index, round in round == 0 && index >= 2 ? .recorded(status, fixture) : .ok }
        let calls = (0..<5).map { Self.insert($0) }
        let results = try await world.client(server.transport, pauses: pauses).perform(calls, on: calendar)
        #expect(results.map(\.eventID) == calls.map(\.event))
        #expect(results.map(\.wasRepeated) == [false, false, isDoubtful, isDoubtful, isDoubtful])
        #expect(server.sizes == [5, 3] && pauses.log == [.seconds(1)])
    }

    @Test func `batches get smaller while calls are turned away`() async throws {
        let server = BatchServer { index, round in
            round < 2 && index >= 1 ? .recorded(409, "error-409-conflict.json") : .ok
        }
        let calls = (0..<100).map { Self.insert($0) }
        let results = try await world.client(server.transport).perform(calls, on: calendar)
        #expect(results.allSatisfy { $0.error == nil })
        #expect(server.sizes == [50, 25, 12, 24, 48, 14])
    }

    @Test func `calls that are always turned away end, and so do those behind them`() async throws {
        let server = BatchServer { _, _ in .recorded(429, "error-429-rate-limit-exceeded.json") }
        let results = try await world.client(server.transport).perform((0..<500).map { Self.insert($0) }, on: calendar)
        #expect(server.sizes.count == 8)
        let limited = CalendarError.rateLimited(reason: "rateLimitExceeded")
        #expect(results.first?.error == limited)
        #expect(results.last?.error == .notSent(after: limited))
        #expect(results.allSatisfy { $0.error?.isUnknownOutcome == false })
    }

    @Test func `a call that is not answered is tried again, and then in doubt`() async throws {
        let server = BatchServer { index, round in index == 1 && round == 0 ? .missing : .ok }
        let results = try await world.client(server.transport).perform((0..<3).map { Self.insert($0) }, on: calendar)
        #expect(server.sizes == [3, 1])
        #expect(results.allSatisfy { $0.error == nil })
        #expect(results.map(\.wasRepeated) == [false, true, false])

        let silent = BatchServer { index, _ in index < 2 ? .missing : .ok }
        let lost = try await world.client(silent.transport).perform((0..<4).map { Self.insert($0) }, on: calendar)
        #expect(lost.map { $0.error?.isUnknownOutcome } == [true, true, nil, nil])
    }

    @Test func `a repeated insert that finds its own event says so`() async throws {
        let server = BatchServer { index, round in
            round == 0 ? (index < 2 ? .missing : .ok) : .recorded(409, "error-409-duplicate.json")
        }
        let results = try await world.client(server.transport).perform((0..<3).map { Self.insert($0) }, on: calendar)
        #expect(results.map(\.error) == [.duplicate, .duplicate, nil])
        #expect(results.map(\.wasRepeated) == [true, true, false])
    }

    @Test func `parts refused for their token are sent once more with another`() async throws {
        let refusal = BatchServer.Reply.recorded(401, "error-401-invalid-credentials.json")
        let server = BatchServer { index, round in round == 0 && index != 1 ? refusal : .ok }
        let results = try await world.client(server.transport).perform((0..<3).map { Self.insert($0) }, on: calendar)
        #expect(results.allSatisfy { $0.error == nil })
        #expect(
            server.transport.requests.map { $0.head.headerFields[.authorization] } == [
                "Bearer token-0", "Bearer token-1",
            ]
        )

        let never = BatchServer { _, _ in refusal }
        let refused = try await world.client(never.transport).perform((0..<120).map { Self.insert($0) }, on: calendar)
        #expect(never.sizes == [50, 50])
        guard case .unauthorized? = refused.first?.error, case .notSent? = refused.last?.error else {
            Issue.record("\(String(describing: refused.last))")
            return
        }
    }

    @Test func `an outer refusal fails every call`() async throws {
        let transport = ScriptedTransport(try .fixture(401, "error-401-invalid-credentials.json"))
        let results = try await world.client(transport).perform((0..<3).map { Self.insert($0) }, on: calendar)
        #expect(transport.requests.count == 2)
        #expect(results.count == 3)
        #expect(results.allSatisfy { $0.error?.isUnknownOutcome == false })

        let broken = try world.client(ScriptedTransport(try .fixture(400, "error-400-invalid-id.json")))
        let refused = await broken.perform((0..<3).map { Self.insert($0) }, on: calendar)
        #expect(
            refused.allSatisfy { $0.error == .badRequest(reason: "invalid", message: "Invalid resource id value.") }
        )
    }

    @Test func `a lost batch leaves every call in doubt`() async throws {
        let lost = TransportError.timedOut(location: "x", sent: true)
        let transport = ScriptedTransport { _, _ in .failure(lost) }
        let results = try await world.client(transport).perform((0..<3).map { Self.insert($0) }, on: calendar)
        #expect(results.allSatisfy { $0.error == .transport(lost) && $0.error?.isUnknownOutcome == true })
        #expect(transport.requests.count == 1)
    }

    @Test func `a used-up quota stops all further writing`() async throws {
        let server = BatchServer { index, _ in index == 3 ? .recorded(403, "error-403-quota-exceeded.json") : .ok }
        let results = try await world.client(server.transport).perform((0..<80).map { Self.insert($0) }, on: calendar)
        #expect(server.sizes == [50])
        #expect(results[3].error?.failure.code == "google_quota_exceeded")
        #expect(results[4].error == nil)
        #expect(results[79].error?.failure.code == "google_quota_exceeded")
    }

    @Test func `inserts into a fresh calendar are given time`() async throws {
        let level = BatchServer.Reply.recorded(403, "error-403-required-access-level.json")
        let script: BatchServer.Script = { _, round in
            switch round {
            case 0: level
            case 1: .recorded(404, "error-404-not-found.json")
            default: .ok
            }
        }
        let calls = (0..<3).map { Self.insert($0) }
        let fresh = BatchServer(script)
        let results = try await world.client(fresh.transport).perform(calls, on: calendar, isFreshCalendar: true)
        #expect(results.allSatisfy { $0.error == nil })
        let old = BatchServer(script)
        let refused = try await world.client(old.transport).perform(calls, on: calendar)
        #expect(old.sizes == [3])
        #expect(refused.allSatisfy { $0.error?.failure.code == "calendar_forbidden" })
        let gone = BatchServer { _, _ in .recorded(404, "error-404-not-found.json") }
        let deletes = (0..<3).map { EventCall.delete(Self.id($0)) }
        _ = try await world.client(gone.transport).perform(deletes, on: calendar, isFreshCalendar: true)
        #expect(gone.sizes == [3])
    }

    @Test func `cancellation while waiting ends the work`() async throws {
        let server = BatchServer { _, _ in .recorded(429, "error-429-rate-limit-exceeded.json") }
        let client = try world.client(server.transport, pauses: Pauses(isCancelling: true))
        let results = await client.perform((0..<60).map { Self.insert($0) }, on: calendar)
        #expect(server.sizes == [50])
        #expect(results[0].error == .rateLimited(reason: "rateLimitExceeded"))
        #expect(results[59].error == .notSent(after: .transport(.cancelled)))
    }

    @Test func `an answer about another event is not believed`() {
        let outcome = Self.insert(1).outcome(status: 200, body: Data(#"{"id":"other"}"#.utf8))
        guard case .failure(.unconfirmed) = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `no calls make no requests`() async throws {
        let transport = ScriptedTransport()
        #expect(try await world.client(transport).perform([], on: calendar).isEmpty)
        #expect(transport.requests.isEmpty)
    }

    private static func id(_ number: Int) -> EventID { EventID(rawValue: "event\(1000 + number)") }

    private static func insert(_ number: Int) -> EventCall {
        .insert(EventBody(id: id(number), event: Sample.allDay, marks: Sample.bareMarks))
    }
}

extension EventResult {
    var error: CalendarError? {
        guard case .failure(let error) = outcome else { return nil }
        return error
    }

    var eventID: EventID? {
        guard case .success(.event(let event)) = outcome else { return nil }
        return event.id
    }
}
