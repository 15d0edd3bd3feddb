import Foundation
import ReconcileModel
import Testing
import ZoneData

@testable import Recurring

/// When the occurrences of a series take place.
struct SeriesTests {
    private func event(_ start: String, _ end: String, _ rule: String, zone: String?) throws -> EventContent {
        var event = EventContent(summary: "", from: try #require(EventTime(start)), to: try #require(EventTime(end)))
        event[.recurrence] = .text(Recurrence(lines: rule.split(separator: "\n").map(String.init), zone: zone).text)
        return event
    }

    private func starts(_ event: EventContent, limit: Int = 5) throws -> [String] {
        try #require(Series(event)).occurrences(in: [], limit: limit).map(\.start.description)
    }

    @Test func `wall time stays across both changes of the clocks`() throws {
        let autumn = try event(
            "2026-10-27T22:00:00Z",
            "2026-10-27T23:00:00Z",
            "RRULE:FREQ=WEEKLY",
            zone: "America/New_York"
        )
        #expect(try starts(autumn, limit: 2) == ["2026-10-27T22:00:00Z", "2026-11-03T23:00:00Z"])
        let spring = try event(
            "2027-03-11T23:00:00Z",
            "2027-03-12T00:00:00Z",
            "RRULE:FREQ=WEEKLY",
            zone: "America/New_York"
        )
        #expect(try starts(spring, limit: 2) == ["2027-03-11T23:00:00Z", "2027-03-18T22:00:00Z"])
    }

    @Test func `an event over the night of a change ends at its wall time`() throws {
        let event = try event(
            "2026-10-31T02:00:00Z",
            "2026-10-31T10:00:00Z",
            "RRULE:FREQ=DAILY",
            zone: "America/New_York"
        )
        let ends = try #require(Series(event)).occurrences(in: [], limit: 3).map(\.end.description)
        #expect(ends == ["2026-10-31T10:00:00Z", "2026-11-01T11:00:00Z", "2026-11-02T11:00:00Z"])
    }

    @Test(arguments: [
        // A first start that the rule does not yield counts.
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3", ["2026-12-03", "2026-12-07", "2026-12-14"]),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20261210", ["2026-12-03", "2026-12-17"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261205", ["2026-12-03", "2026-12-04", "2026-12-05"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["2026-12-03", "2026-12-25", "2027-01-29"]),
        ("RRULE:FREQ=YEARLY;BYMONTHDAY=3;COUNT=3", ["2026-12-03", "2027-01-03", "2027-02-03"]),
        ("RRULE:FREQ=DAILY;BYMONTHDAY=-1;COUNT=3", ["2026-12-03", "2026-12-31", "2027-01-31"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH;COUNT=4", ["2026-12-03", "2026-12-06", "2026-12-17", "2026-12-20"]),
        (
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH;WKST=SU;COUNT=4",
            ["2026-12-03", "2026-12-13", "2026-12-17", "2026-12-27"]
        ),
    ])
    func `days by a rule`(rule: String, expected: [String]) throws {
        #expect(try starts(event("2026-12-03", "2026-12-04", rule, zone: nil), limit: 20) == expected)
    }

    /// 400 rules drawn at random, with the days that python-dateutil 2.9.0 finds for them; before these the first start, where it is none.
    @Test func `the days are those that another library finds`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/dateutil-2.9.0.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 400)
        for line in lines {
            let parts = line.split(separator: "|").map(String.init)
            try #require(parts.count == 3)
            let start = try #require(CivilDate(parts[1]))
            let expected = parts[2].split(separator: " ").map(String.init)
            let event = try event(parts[1], start.adding(days: 1).description, "RRULE:\(parts[0])", zone: nil)
            #expect(try starts(event, limit: 8).prefix(expected.count) == expected[...], "\(line)")
        }
    }

    @Test func `a rule that yields nothing ends, and the first start is left`() throws {
        let rules = [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
            "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
        ]
        for rule in rules {
            #expect(try starts(event("2026-12-03", "2026-12-04", "RRULE:\(rule)", zone: nil)) == ["2026-12-03"])
        }
    }

    @Test(arguments: ["DAILY", "DAILY;INTERVAL=3", "WEEKLY", "WEEKLY;INTERVAL=2;BYDAY=SU,MO", "WEEKLY;BYDAY=MO,FR"])
    func `a later window tells the same days`(rule: String) throws {
        let event = try event("2020-02-29", "2020-03-02", "RRULE:FREQ=\(rule)", zone: nil)
        let series = try #require(Series(event))
        let (from, to) = (try #require(CivilDate("2026-12-01")), try #require(CivilDate("2026-12-31")))
        let window = EventWindow(from: .date(from), to: .date(to), zone: .utc)
        let all = series.occurrences(in: [], limit: 5_000).filter { window.overlaps(from: $0.start, to: $0.end) }
        #expect(!all.isEmpty && series.occurrences(in: [window], limit: 5_000) == all)
    }

    @Test func `a window holds a series if one occurrence is inside`() throws {
        let yearly = try event("2020-07-04", "2020-07-05", "RRULE:FREQ=YEARLY;COUNT=8", zone: nil)
        func window(_ from: String, _ to: String) -> EventWindow {
            EventWindow(from: EventTime(from), to: EventTime(to), zone: .utc)
        }
        #expect(window("2026-07-01", "2026-07-31").holds(yearly))
        #expect(!window("2026-08-01", "2027-06-30").holds(yearly))
        #expect(!window("2028-01-01", "2029-12-31").holds(yearly))
    }

    @Test func `what Google has is read in the zone of the series`() throws {
        let lines = ["RRULE:FREQ=WEEKLY", "EXDATE:20261218T010000Z", "EXDATE;TZID=America/New_York:20261210T200000"]
        let start = try #require(EventTime("2026-12-04T01:00:00Z"))
        let read = try #require(Recurrence(google: lines, zone: "America/Phoenix", from: start))
        #expect(read.lines == ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=America/Phoenix:20261210T180000,20261217T180000"])
    }

    @Test func `rules are compared by what they mean`() {
        func isSame(_ one: String, _ other: String) -> Bool { Recurrence.isSame(one, other) }
        #expect(
            isSame("RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3", "RRULE:COUNT=3;FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=TU,MO")
        )
        #expect(!isSame("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"))
        #expect(
            !isSame("RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY") && !isSame("RRULE:FREQ=DAILY", "")
                && isSame(nil as String? ?? "", "")
        )
        #expect(!isSame("RRULE:FREQ=DAILY\nTZID:Europe/Berlin", "RRULE:FREQ=DAILY\nTZID:America/Phoenix"))
    }

    @Test(arguments: [
        "America/New_York", "America/Phoenix", "Europe/Dublin", "Africa/Casablanca", "Asia/Kolkata",
        "Australia/Lord_Howe",
    ])
    func `a zone has a component under its own name`(zone: String) throws {
        let lines = try #require(ZoneComponent.lines(of: zone))
        #expect(lines.first == "BEGIN:VTIMEZONE" && lines[1] == "TZID:\(zone)" && lines.last == "END:VTIMEZONE")
        #expect(lines.filter { $0.hasPrefix("BEGIN:") }.count == lines.filter { $0.hasPrefix("END:") }.count)
        #expect(ZoneComponent.lines(of: "Mars/Base") == nil)
    }

    @Test func `many threads use the library at once`() async throws {
        let event = try event("2026-12-03", "2026-12-04", "RRULE:FREQ=MONTHLY;BYDAY=1MO", zone: nil)
        let expected = try #require(Series(event)).occurrences(in: [], limit: 200)
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<32 {
                group.addTask {
                    _ = ZoneComponent.lines(of: index.isMultiple(of: 2) ? "Europe/Berlin" : "America/Denver")
                    return Series(event)?.occurrences(in: [], limit: 200) == expected
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
