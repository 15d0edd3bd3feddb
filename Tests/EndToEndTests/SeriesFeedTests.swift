import Emulation
import Foundation
import TestSupport
import Testing

/// What subscribers see of events that repeat.
struct SeriesFeedTests {
    @Test func `the feed and the events tell the series as the calendar has it`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.changeOccurrences()
            await scenario.expectApplied()
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.get("/api/calendar/acm/events?from=2027-03-01&to=2027-03-31")
                let events = answer.json["events"] as? [[String: Any]] ?? []
                #expect(
                    events.map { "\($0["title"] ?? "") \($0["start"] ?? "") \($0["recurrence_id"] ?? "-")" } == [
                        "Event 0 2027-03-04T17:00:00Z 2027-03-04T17:00:00Z", "Event 1 2027-03-04T17:00:00Z -",
                        "Elsewhere 2027-03-18T20:00:00Z 2027-03-18T17:00:00Z",
                        "Event 0 2027-03-25T17:00:00Z 2027-03-25T17:00:00Z",
                    ],
                    "\(answer.text)"
                )
                #expect(events.first?["recurrence"] as? [String] == ["RRULE:FREQ=WEEKLY;UNTIL=20270501T065959Z"])
                #expect(Set(events.compactMap { $0["id"] as? String }) == [World.page(0), World.page(1)])
                let feed = try await service.get("/api/calendar/acm/events.ics").text.replacing("\r\n ", with: "")
                for line in [
                    "BEGIN:VTIMEZONE\r\nTZID:America/Phoenix", "DTSTART;TZID=America/Phoenix:20270304T100000",
                    "RRULE:FREQ=WEEKLY;UNTIL=20270501T065959Z", "EXDATE;TZID=America/Phoenix:20270311T100000",
                    "RECURRENCE-ID;TZID=America/Phoenix:20270318T100000\r\nDTSTART;TZID=America/Phoenix:20270318T130000",
                ] { #expect(feed.contains(line), "\(line) is not in \(feed)") }
            }
        }
    }

    @Test func `what people made private of a series is in no public address`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.edit("20270311T170000Z") { event in
                (event.fields["summary"], event.fields["visibility"]) = ("Nobody's business", "private")
            }
            await scenario.expectApplied()
            try await ServiceScenario.run(in: scenario) { service in
                let events = try await service.get("/api/calendar/acm/events?from=2027-03-01&to=2027-03-31").text
                let feed = try await service.get("/api/calendar/acm/events.ics").text.replacing("\r\n ", with: "")
                #expect(!events.contains("business") && !events.contains("2027-03-11"))
                #expect(!feed.contains("business") && feed.contains("EXDATE;TZID=America/Phoenix:20270311T100000"))
            }
        }
    }
}
