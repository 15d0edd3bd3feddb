import Emulation
import Testing

/// Recurring events as the service has them: <https://developers.google.com/workspace/calendar/api/guides/recurringevents>
struct RecurringEventTests {
    /// Thursdays at ten in New York, over the change of the clocks on 14 March.
    private static let weekly: JSONValue = [
        "start": ["dateTime": "2027-03-04T10:00:00-05:00", "timeZone": "America/New_York"],
        "end": ["dateTime": "2027-03-04T11:00:00-05:00", "timeZone": "America/New_York"],
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"],
    ]

    private func items(_ answer: TestAnswer) -> [JSONValue] { answer.json["items"]?.array ?? [] }

    private func ids(_ answer: TestAnswer) -> [String] { items(answer).compactMap { $0["id"]?.string } }

    @Test func `a series is one event, and its instances keep their wall time`() async throws {
        try await CalendarBench.with { bench async throws in
            #expect(try await bench.insert("series", Self.weekly).status == 200)
            #expect(try await ids(bench.client.send("GET", bench.path("/events"))) == ["series"])
            let instances = try await bench.client.send("GET", bench.path("/events/series/instances"))
            let starts = ["20270304T150000Z", "20270311T150000Z", "20270318T140000Z"]
            #expect(ids(instances) == starts.map { "series_\($0)" })
            #expect(items(instances).allSatisfy { $0["recurringEventId"] == "series" && $0["recurrence"] == nil })
            let expanded = try await bench.client.send("GET", bench.path("/events?singleEvents=true&orderBy=startTime"))
            #expect(ids(expanded) == ids(instances))
            let bounded = "/events?singleEvents=true&timeMin=2027-03-11T12:00:00Z&timeMax=2027-03-12T00:00:00Z"
            #expect(try await ids(bench.client.send("GET", bench.path(bounded))) == ["series_20270311T150000Z"])
            let second = try await bench.get("series_20270311T150000Z").json
            #expect(second["originalStartTime"]?["timeZone"] == "America/New_York")
            #expect(try await bench.get("series_20270312T150000Z").status == 404)
        }
    }

    @Test func `a changed and a cancelled instance are events of their own beside the series`() async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("series", Self.weekly)
            let second = bench.path("/events/series_20270311T150000Z")
            #expect(try await bench.client.send("PATCH", second, ["summary": "Elsewhere"]).status == 200)
            let third = bench.path("/events/series_20270318T140000Z")
            #expect(try await bench.client.send("DELETE", third).status == 204)
            #expect(try await bench.client.send("DELETE", third).status == 410)
            let listed = try await bench.client.send("GET", bench.path("/events"))
            #expect(ids(listed) == ["series", "series_20270311T150000Z", "series_20270318T140000Z"])
            let cancelled = try #require(items(listed).last)
            #expect(cancelled["status"] == "cancelled" && cancelled["originalStartTime"] != nil)
            let expanded = try await bench.client.send("GET", bench.path("/events?singleEvents=true&orderBy=startTime"))
            #expect(ids(expanded) == ["series_20270304T150000Z", "series_20270311T150000Z"])
            #expect(items(expanded).last?["summary"] == "Elsewhere")
        }
    }

    private static let patches: [(JSONValue, Int)] = [
        (["recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]], 0), (["start": ["dateTime": "2027-03-04T09:00:00-05:00"]], 0),
        (["recurrence": []], 0), (["summary": "Title"], 1),
    ]

    @Test(arguments: patches)
    func `another rule or start forgets what was changed`(patch: JSONValue, left: Int) async throws {
        try await CalendarBench.with { bench async throws in
            try await bench.insert("series", Self.weekly)
            let second = bench.path("/events/series_20270311T150000Z")
            _ = try await bench.client.send("PATCH", second, ["summary": "Elsewhere"])
            #expect(try await bench.client.send("PATCH", bench.path("/events/series"), patch).status == 200)
            #expect(try await ids(bench.client.send("GET", bench.path("/events?showDeleted=true"))).count == 1 + left)
        }
    }

    private static let wrong: [(JSONValue, String)] = [
        (["recurrence": ["FREQ=WEEKLY"]], "Invalid recurrence rule."),
        (["recurrence": ["RRULE:COUNT=3"]], "Invalid recurrence rule."),
        (
            [
                "recurrence": ["RRULE:FREQ=DAILY"], "start": ["dateTime": "2027-03-04T10:00:00-05:00"],
                "end": ["dateTime": "2027-03-04T11:00:00-05:00"],
            ], "Missing time zone definition for start time."
        ),
    ]

    @Test(arguments: wrong)
    func `what is no series is refused`(fields: JSONValue, message: String) async throws {
        try await CalendarBench.with { bench async throws in
            let answer = try await bench.insert("incorrect", fields)
            #expect(answer.status == 400 && answer.json["error"]?["message"]?.string == message, "\(answer.text)")
        }
    }
}
