import Emulation
import Testing

@Suite struct EventListTests {
    @Test func `pages follow each other without loss, and the last one has the sync token`() async throws {
        try await CalendarBench.with(prepare: { world, calendar in
            for number in 0..<23 { world.addEvent(to: calendar, "\(number)", start: "2026-12-01") }
        }) { bench async throws in
            var (names, token): ([String], String?) = ([], nil)
            var pages = 0
            repeat {
                let suffix = token.map { "&pageToken=\(segment($0))" } ?? ""
                let page = try await bench.client.send("GET", bench.path("/events?maxResults=5\(suffix)")).json
                names += (page["items"]?.array ?? []).compactMap { $0["summary"]?.string }
                token = page["nextPageToken"]?.string
                #expect((page["nextSyncToken"] == nil) == (token != nil))
                pages += 1
            } while token != nil
            #expect(names == (0..<23).map(String.init))
            #expect(pages == 5)
        }
    }

    @Test func `a page token of another list is refused`() async throws {
        try await CalendarBench.with(prepare: { world, calendar in
            for number in 0..<3 { world.addEvent(to: calendar, "\(number)", start: "2026-12-01") }
        }) { bench async throws in
            let page = try await bench.client.send("GET", bench.path("/events?maxResults=1")).json
            let token = segment(page["nextPageToken"]?.string ?? "")
            let other = try await bench.client.send(
                "GET",
                bench.path("/events?maxResults=1&showDeleted=true&pageToken=\(token)")
            )
            #expect(other.status == 400)
        }
    }

    @Test func `a sync token brings changes and deletions since`() async throws {
        try await CalendarBench.with { bench async throws in
            for id in ["aaaaa", "bbbbb", "ccccc"] { try await bench.insert(id) }
            let token = try await bench.client.send("GET", bench.path("/events")).json["nextSyncToken"]?.string ?? ""
            _ = try await bench.client.send("DELETE", bench.path("/events/aaaaa"))
            _ = try await bench.client.send("PATCH", bench.path("/events/bbbbb"), ["summary": "new"])
            let path = bench.path("/events?syncToken=\(segment(token))")
            let changes = try await bench.client.send("GET", path).json
            let items = changes["items"]?.array ?? []
            #expect(items.map { $0["id"] } == ["aaaaa", "bbbbb"])
            #expect(items.first?.object?.keys.sorted() == ["etag", "id", "kind", "status"])
            let next = segment(changes["nextSyncToken"]?.string ?? "")
            #expect(try await bench.client.send("GET", bench.path("/events?syncToken=\(next)")).json["items"] == [])
            #expect(try await bench.client.send("GET", "\(path)&q=x").status == 400)
            #expect(try await bench.client.send("GET", "\(path)&showDeleted=false").status == 400)
        }
    }

    @Test func `a change of the sharing makes sync tokens worthless`() async throws {
        try await CalendarBench.with { bench async throws in
            let token = try await bench.client.send("GET", bench.path("/events")).json["nextSyncToken"]?.string ?? ""
            _ = try await bench.client.send(
                "POST",
                bench.path("/acl"),
                ["role": "reader", "scope": ["type": "default"]]
            )
            let answer = try await bench.client.send("GET", bench.path("/events?syncToken=\(segment(token))"))
            #expect(answer.status == 410)
            #expect(answer.reason == "fullSyncRequired")
        }
    }

    /// What each query finds among the events of `with`.
    @Test(arguments: [
        ("", ["day", "late", "marked", "master", "master_1"]),
        ("showDeleted=true", ["day", "gone", "late", "marked", "master", "master_1"]),
        ("singleEvents=true", ["day", "late", "marked", "master_1", "master_20261201", "master_20261215"]),
        (
            "singleEvents=true&orderBy=startTime",
            ["day", "master_20261201", "marked", "master_1", "master_20261215", "late"]
        ),
        ("timeMin=2026-12-03T00:00:00-07:00", ["late", "master", "master_1"]),
        ("timeMin=2026-12-01T23:59:59-07:00&timeMax=2026-12-02T00:00:00-07:00", ["day", "master"]),
        ("privateExtendedProperty=notionPageId%3Dp1", ["marked"]),
        ("q=LATE", ["late"]),
        ("iCalUID=marked%40google.com", ["marked"]),
    ])
    func `parameters choose what is listed`(query: String, expected: [String]) async throws {
        try await CalendarBench.with(prepare: { world, calendar in
            world.addEvent(to: calendar, "one day", start: "2026-12-01", id: "day")
            world.addEvent(to: calendar, "gone", start: "2026-12-01", id: "gone", fields: ["status": "cancelled"])
            world.addEvent(to: calendar, "too late", start: "2026-12-24T10:00:00Z", id: "late")
            world.addEvent(to: calendar, "marked", start: "2026-12-02", marks: ["notionPageId": "p1"], id: "marked")
            world.addEvent(
                to: calendar,
                "series",
                start: "2026-12-01",
                id: "master",
                fields: ["recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261208"]]
            )
            world.addEvent(
                to: calendar,
                "instance",
                start: "2026-12-08",
                id: "master_1",
                fields: ["recurringEventId": "master"]
            )
        }) { bench async throws in
            let answer = try await bench.client.send("GET", bench.path("/events?\(query)"))
            let ids = (answer.json["items"]?.array ?? []).compactMap { $0["id"]?.string }
            #expect((query.contains("orderBy") ? ids : ids.sorted()) == expected, "\(answer.text)")
        }
    }

    @Test(arguments: [
        "orderBy=startTime", "timeMin=2026-12-01", "timeMin=2026-12-02T00:00:00Z&timeMax=2026-12-01T00:00:00Z",
        "maxResults=0", "fields=items(id",
    ])
    func `parameters that make no sense are refused`(query: String) async throws {
        try await CalendarBench.with { bench async throws in
            #expect(try await bench.client.send("GET", bench.path("/events?\(query)")).status == 400)
        }
    }

    @Test func `a list ordered by start has no sync token`() async throws {
        try await CalendarBench.with { bench async throws in
            let answer = try await bench.client.send("GET", bench.path("/events?singleEvents=true&orderBy=startTime"))
            #expect(answer.status == 200)
            #expect(answer.json["nextSyncToken"] == nil)
        }
    }

    @Test(arguments: [
        ("items(id,start/date)", #"{"items":[{"id":"abcde","start":{"date":"2026-12-01"}}]}"#),
        ("items/start,timeZone", #"{"items":[{"start":{"date":"2026-12-01"}}],"timeZone":"America/Phoenix"}"#),
        ("items(start(date),end/date)", #"{"items":[{"end":{"date":"2026-12-02"},"start":{"date":"2026-12-01"}}]}"#),
        ("items/*/date", #"{"items":[{"end":{"date":"2026-12-02"},"start":{"date":"2026-12-01"}}]}"#),
        ("kind, accessRole", #"{"accessRole":"owner","kind":"calendar#events"}"#),
    ])
    func `fields selects what is sent`(fields: String, expected: String) async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("abcde")
            let answer = try await bench.client.send(
                "GET",
                bench.path("/events?prettyPrint=false&fields=\(segment(fields))")
            )
            #expect(try answer.json.text == JSONParser.parse(expected).text)
        }
    }

    @Test func `stale lists do not show what was made after`() async throws {
        try await CalendarBench.with { bench async throws in
            bench.emulator.settings.staleListsSince = World.epoch
            bench.clock.advance(milliseconds: 5000)
            try await bench.insert("abcde")
            #expect(try await bench.client.send("GET", bench.path("/events")).json["items"] == [])
            #expect(try await bench.get("abcde").status == 200)
        }
    }

    @Test func `twenty thousand events are listed in eight pages`() async throws {
        try await CalendarBench.with(prepare: { world, calendar in
            for number in 0..<20_000 {
                world.addEvent(
                    to: calendar,
                    "\(number)",
                    start: "2026-12-01T18:00:00Z",
                    marks: ["notionPageId": "\(number)"]
                )
            }
        }) { bench async throws in
            var (count, pages, token): (Int, Int, String?) = (0, 0, nil)
            let fields = segment(
                "items(id,etag,status,summary,start,end,extendedProperties/private),nextPageToken,nextSyncToken"
            )
            repeat {
                let suffix = token.map { "&pageToken=\(segment($0))" } ?? ""
                let path = bench.path("/events?maxResults=2500&prettyPrint=false&fields=\(fields)\(suffix)")
                let page = try await bench.client.send("GET", path).json
                count += page["items"]?.array?.count ?? 0
                pages += 1
                token = page["nextPageToken"]?.string
            } while token != nil
            #expect(count == 20_000)
            #expect(pages == 8)
        }
    }
}
