import Foundation
import HTTPTypes
import ReconcileModel
import Testing
import Transport

@testable import CalendarAPI

/// Calendars, sharing and lists.
struct CalendarClientTests {
    private let world = World()
    private let calendar = CalendarID(rawValue: "en.usa#holiday@group.v.calendar.google.com")
    private let path = "/calendar/v3/calendars/en.usa%23holiday%40group.v.calendar.google.com"

    @Test func `a calendar is read`() async throws {
        let transport = ScriptedTransport(try .calendar(calendar))
        let answer = try await world.client(transport).calendar(calendar)
        #expect(answer.summary == "ACM Events" && answer.timeZone == "America/Phoenix")
        #expect(answer.dataOwner == World.account && answer.etag?.rawValue == "\"IXW1mW4BxkkOnJ9Cm1oBYrQVvCA\"")

        let request = try #require(transport.requests.first)
        #expect(request.head.method == .get && request.location == "https://www.googleapis.com\(path)")
        #expect(request.query("fields") == "kind,id,etag,summary,description,timeZone,dataOwner")
        #expect(request.head.headerFields[.authorization] == "Bearer token-0")
        #expect(request.head.headerFields[.userAgent]?.contains("gzip") == true)
        #expect(request.units == 1 && request.body == nil)
    }

    @Test func `a calendar that goes by another id in Google is none of that name`() async throws {
        for other in ["EN.usa#holiday@group.v.calendar.google.com", "other@group.calendar.google.com"] {
            let id = CalendarID(rawValue: other)
            let client = try world.client(ScriptedTransport(try .calendar(id)))
            await #expect(throws: CalendarError.otherCalendar(id)) { try await client.calendar(calendar) }
        }
        // Equal to people, and yet not the same id.
        let composed = CalendarID(rawValue: "caf\u{E9}@x")
        let client = try world.client(ScriptedTransport(try .calendar(CalendarID(rawValue: "cafe\u{301}@x"))))
        await #expect(throws: CalendarError.self) { try await client.calendar(composed) }
    }

    @Test func `a wait that Google asks for is kept`() async throws {
        var refusal = try IncomingResponse.fixture(429, "error-429-rate-limit-exceeded.json")
        refusal.head.headerFields[.retryAfter] = "460"
        let client = try world.client(ScriptedTransport(refusal))
        let error = await #expect(throws: CalendarError.self) { try await client.calendar(calendar) }
        #expect(error == .rateLimited(reason: "rateLimitExceeded", retryAfter: .seconds(460)))
        let failure = error?.failure(on: calendar)
        #expect(
            failure?.message.hasSuffix(" and asks to wait 460 s, which is longer than a run waits (300 s).") == true
        )
        #expect(failure?.hint == "Run again in 8 minutes, not before.")
    }

    @Test func `making a calendar is never repeated blindly`() async throws {
        let transport = ScriptedTransport(try .fixture(200, "calendar-inserted.json"))
        _ = try await world.client(transport).insertCalendar(summary: "A", description: nil, timeZone: "UTC")
        let request = try #require(transport.requests.first)
        #expect(request.repeatability == .once && request.head.method == .post)
        #expect(request.bodyText == #"{"summary":"A","timeZone":"UTC"}"#)
        #expect(request.head.headerFields[.contentType] == "application/json")
    }

    @Test func `a patch names its version and costs three units`() async throws {
        let transport = ScriptedTransport(try .fixture(200, "calendar-inserted.json"))
        let calendar = CalendarID(
            rawValue: "c_2d247c895767e9e6ebd6ce0cc2ac4ae93d2d73a9051f88f686a58f8bdd278066@group.calendar.google.com"
        )
        _ = try await world.client(transport)
            .patchCalendar(calendar, description: "new", ifMatch: ETag(rawValue: "\"1\""))
        let request = try #require(transport.requests.first)
        #expect(request.head.headerFields[.ifMatch] == "\"1\"" && request.units == 3)
        #expect(request.bodyText == #"{"description":"new"}"#)
    }

    @Test func `deleting needs no answer`() async throws {
        let transport = ScriptedTransport(.json(204, ""))
        let client = try world.client(transport)
        try await client.deleteCalendar(calendar)
        try await client.deleteAccessRule("user:a@b.c", on: calendar)
        #expect(transport.requests.map(\.head.method) == [.delete, .delete])
        #expect(transport.requests.last?.path == "\(path)/acl/user%3Aa%40b.c")
    }

    @Test(arguments: [(200, "{}"), (200, "<html>"), (200, ""), (204, "{}")])
    func `a delete that is answered with something else is not confirmed`(status: Int, body: String) async throws {
        let client = try world.client(ScriptedTransport(.json(status, body)))
        let error = await #expect(throws: CalendarError.self) { try await client.deleteCalendar(calendar) }
        #expect(error?.isUnknownOutcome == true)
    }

    @Test(arguments: ["{}", #"{"id":"x"}"#, #"{"kind":"calendar#events","id":"x"}"#, "<html>"])
    func `a creation that is answered with something else is not confirmed`(body: String) async throws {
        let client = try world.client(ScriptedTransport(.json(200, body)))
        let error = await #expect(throws: CalendarError.self) {
            try await client.insertCalendar(summary: "A", description: nil, timeZone: "UTC")
        }
        #expect(error?.isUnknownOutcome == true)
    }

    @Test func `the list is read to its last page, hidden calendars included`() async throws {
        let transport = ScriptedTransport(
            .json(200, #"{"items":[{"id":"a","hidden":true}],"nextPageToken":"=&+"}"#),
            .json(200, #"{"items":[],"nextPageToken":"2"}"#),
            try .fixture(200, "calendar-list.json")
        )
        let list = try await world.client(transport).calendarList()
        #expect(list.map(\.id.rawValue.count) == [1, 92])
        #expect(list.first?.hidden == true && list.last?.accessRole == "owner" && list.last?.hidden == nil)
        #expect(transport.requests.map { $0.query("pageToken") } == [nil, "=&+", "2"])
        #expect(transport.requests.allSatisfy { $0.query("showHidden") == "true" && $0.query("maxResults") == "250" })
    }

    @Test func `sharing is read and written without mail`() async throws {
        let rules = ScriptedTransport(try .fixture(200, "acl-list.json"))
        let read = try await world.client(rules).accessRules(of: calendar)
        #expect(read.map(\.id) == ["default", "user:\(World.account)", "user:officer@example.org"])
        #expect(read.map(\.role) == ["reader", "owner", "writer"])

        let rule = #"{"id":"user:a@b.c","scope":{"type":"user","value":"a@b.c"},"role":"reader"}"#
        let transport = ScriptedTransport(.json(200, rule))
        let client = try world.client(transport)
        _ = try await client.insertAccessRule("reader", for: .init(type: "user", value: "a@b.c"), on: calendar)
        _ = try await client.insertAccessRule("reader", for: .init(type: "default"), on: calendar)
        _ = try await client.patchAccessRule("user:a@b.c", role: "writer", on: calendar)
        #expect(
            transport.requests.map(\.bodyText) == [
                #"{"role":"reader","scope":{"type":"user","value":"a@b.c"}}"#,
                #"{"role":"reader","scope":{"type":"default"}}"#, #"{"role":"writer"}"#,
            ]
        )
        #expect(transport.requests.allSatisfy { $0.query("sendNotifications") == "false" })
    }

    @Test func `a refused token is replaced once`() async throws {
        let refusal = try IncomingResponse.fixture(401, "error-401-invalid-credentials.json")
        let transport = ScriptedTransport(refusal, try .calendar(calendar))
        _ = try await world.client(transport).calendar(calendar)
        #expect(
            transport.requests.map { $0.head.headerFields[.authorization] } == ["Bearer token-0", "Bearer token-1"]
        )
    }

    @Test func `a second refusal is final`() async throws {
        let transport = ScriptedTransport(try .fixture(401, "error-401-invalid-credentials.json"))
        let client = try world.client(transport)
        let error = await #expect(throws: CalendarError.self) { try await client.calendar(calendar) }
        guard case .unauthorized? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(transport.requests.count == 2)
    }

    @Test func `a fresh calendar is given time to appear`() async throws {
        let pauses = Pauses()
        let transport = ScriptedTransport(
            try .fixture(404, "error-404-not-found.json"),
            try .fixture(403, "error-403-required-access-level.json"),
            try .calendar(calendar)
        )
        _ = try await world.client(transport, pauses: pauses).calendar(calendar, isFreshCalendar: true)
        #expect(pauses.log == [.seconds(1), .seconds(2)])
    }

    @Test func `a fresh calendar that never appears is an error after some tries`() async throws {
        let transport = ScriptedTransport(try .fixture(404, "error-404-not-found.json"))
        let client = try world.client(transport)
        await #expect(throws: CalendarError.notFound) { try await client.calendar(calendar, isFreshCalendar: true) }
        #expect(transport.requests.count == 6)
        await #expect(throws: CalendarError.notFound) { try await client.calendar(calendar) }
        #expect(transport.requests.count == 7)
    }

    @Test func `a connection that fails and an answer that is nonsense are errors`() async throws {
        let broken = TransportError.interrupted(location: "x", reason: "reset")
        let failing = try world.client(ScriptedTransport { _, _ in .failure(broken) })
        await #expect(throws: CalendarError.transport(broken)) { try await failing.calendar(calendar) }
        let nonsense = try world.client(ScriptedTransport(.json(200, "[]")))
        let error = await #expect(throws: CalendarError.self) { try await nonsense.calendar(calendar) }
        #expect(error?.isUnknownOutcome == true)
    }

    @Test func `a base address may have a port and a path`() throws {
        let url = try #require(URL(string: "http://[::1]:8080/google/"))
        let head = CalendarAddress(baseURL: url).head(.get, "/calendar/v3/x")
        #expect(head.scheme == "http" && head.authority == "[::1]:8080" && head.path == "/google/calendar/v3/x")
    }
}
