import Foundation
import ReconcileModel
import Testing
import Transport

@testable import CalendarAPI

/// Full and incremental listings of events.
struct ListedEventsTests {
    private let world = World()
    private let calendar = CalendarID(rawValue: "c@x")

    @Test func `all pages are read, each with the same parameters`() async throws {
        let transport = ScriptedTransport(
            try .fixture(200, "events-page-1.json"),
            .json(200, #"{"items":[],"nextPageToken":"empty pages occur"}"#),
            .json(200, #"{"items":[],"nextPageToken":"and others after them"}"#),
            try .fixture(200, "events-last-page.json")
        )
        var ids: [String] = []
        let listing = try await world.client(transport).events(of: calendar, showDeleted: true) {
            ids.append($0.id.rawValue)
        }
        #expect(ids.count == 8 && Set(ids).count == 8)
        #expect(listing.timeZone == "America/Phoenix" && listing.accessRole == "owner")
        #expect(listing.nextSyncToken == "CNi23bfw+ZcDENi23bfw+ZcDGAU=")
        for request in transport.requests {
            #expect(request.query("maxResults") == "1000" && request.query("singleEvents") == "false")
            #expect(request.query("showDeleted") == "true" && request.query("syncToken") == nil)
            #expect(request.query("fields")?.contains("nextPageToken,nextSyncToken,items(id,etag") == true)
        }
        #expect(transport.requests.last?.query("pageToken") == "and others after them")
        // Nobody needs how people meet.
        #expect(transport.requests.first?.query("fields")?.contains("conferenceData") == false)
    }

    @Test func `deleted events are left out by saying nothing of them`() async throws {
        let transport = ScriptedTransport(.json(200, #"{"items":[]}"#))
        let listing = try await world.client(transport).events(of: calendar, showDeleted: false) { _ in }
        #expect(transport.requests.first?.query("showDeleted") == nil)
        #expect(listing.nextSyncToken == nil)
    }

    @Test(arguments: [
        [#"{"kind":"calendar#events"}"#, #"{"kind":"calendar#events"}"#],
        [#"{"kind":"calendar#events","items":null}"#, #"{"kind":"calendar#events","items":null}"#],
        [#"{"nextSyncToken":"x"}"#], [#"{"items":{}}"#], [#"{"items":[{"etag":"no id"}]}"#], ["[]"],
        [#"{"items":[],"nextPageToken":"a"}"#, #"{"items":[],"nextPageToken":"a"}"#],
        [
            #"{"items":[],"nextPageToken":"a"}"#, #"{"items":[],"nextPageToken":"b"}"#,
            #"{"items":[],"nextPageToken":"a"}"#,
        ],
        [#"{"items":[],"nextPageToken":"a"}"#, "<html>"],
    ])
    func `a listing that may miss something is an error`(pages: [String]) async throws {
        let transport = ScriptedTransport { _, number in
            .success(.json(200, pages.indices.contains(number) ? pages[number] : #"{"items":[]}"#))
        }
        let client = try world.client(transport)
        let error = await #expect(throws: CalendarError.self) {
            try await client.events(of: calendar, showDeleted: false) { _ in }
        }
        guard case .malformedAnswer? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a page that leaves out its items is asked for all it has`() async throws {
        let transport = ScriptedTransport(
            .json(200, #"{"kind":"calendar#events","nextPageToken":"a"}"#),
            .json(200, #"{"kind":"calendar#events","items":[{"id":"e1"}],"nextPageToken":"b"}"#),
            .json(200, #"{"kind":"calendar#events","items":[]}"#)
        )
        var found: [String] = []
        _ = try await world.client(transport).events(of: calendar, showDeleted: true) { found.append($0.id.rawValue) }
        #expect(found == ["e1"])
        #expect(transport.requests.map { $0.query("fields") == nil } == [false, true, false])
        #expect(transport.requests.map { $0.query("pageToken") } == [nil, nil, "b"])
        #expect(transport.requests.allSatisfy { $0.query("showDeleted") == "true" })
    }

    @Test func `a listing of nothing ends`() async throws {
        let transport = ScriptedTransport { _, number in
            .success(.json(200, #"{"items":[],"nextPageToken":"\#(number)"}"#))
        }
        let client = try world.client(transport)
        await #expect(throws: CalendarError.malformedAnswer(reason: "a list of nothing without an end")) {
            try await client.events(of: calendar, showDeleted: false) { _ in }
        }
        #expect(transport.requests.count == 1_000)
    }

    @Test func `a page that fails fails the listing`() async throws {
        let transport = ScriptedTransport(
            .json(200, #"{"items":[],"nextPageToken":"a"}"#),
            try .fixture(500, "error-500-backend-error.json")
        )
        let client = try world.client(transport)
        await #expect(throws: CalendarError.service(status: 500)) {
            try await client.events(of: calendar, showDeleted: false) { _ in }
        }
    }

    @Test func `changes come with the next token`() async throws {
        let transport = ScriptedTransport(try .fixture(200, "events-incremental.json"))
        let changes = try await world.client(transport).changes(of: calendar, since: "CK==")
        guard case .changes(let events, let token) = changes else {
            Issue.record("a full sync was asked for")
            return
        }
        #expect(events.map(\.status) == ["cancelled", "confirmed"])
        #expect(token == "CKi8iKON/JcDEKi8iKON/JcDGAU=")
        #expect(transport.requests.first?.query("syncToken") == "CK==")
    }

    @Test(arguments: ["error-410-full-sync-required.json", "error-410-updated-min-too-long-ago.json"])
    func `a token that Google forgot asks for a full sync`(fixture: String) async throws {
        let client = try world.client(ScriptedTransport(try .fixture(410, fixture)))
        guard case .fullSyncRequired = try await client.changes(of: calendar, since: "x") else {
            Issue.record("there are changes")
            return
        }
    }
}
