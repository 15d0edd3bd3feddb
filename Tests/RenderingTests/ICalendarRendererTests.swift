import ReconcileModel
import Rendering
import Testing
import TestSupport

/// What calendar programs find in the document, read by an independent reader.
struct ICalendarRendererTests {
    private let renderer = ICalendarRenderer(refreshInterval: .seconds(900))

    private func rendered(_ events: [DesiredEvent], of organization: Organization = .sample()) -> String {
        renderer.render(EventListing(prefix: organization.prefix, events: events), of: organization)
    }

    /// The component of the only event.
    private func read(_ event: EventContent, lastEdited: String? = nil) throws -> ICalendarReader.Component {
        var desired = DesiredEvent.sample(1, event)
        desired.lastEdited = lastEdited
        let calendar = try ICalendarReader.read(rendered([desired]))
        #expect(calendar.components.count == 1)
        return try #require(calendar.components.first)
    }

    private func value(_ name: String, of component: ICalendarReader.Component) throws -> String {
        let property = try #require(component.property(name))
        return property.parameters.map { ";\($0.key)=\($0.value)" }.sorted().joined() + ":" + property.value
    }

    @Test func `the whole document`() {
        let allDay = EventContent(
            summary: "Hackathon; three days, no sleep",
            description: "Friday to Sunday.\nC:\\temp",
            start: RenderingSamples.date("2026-11-27"),
            end: RenderingSamples.date("2026-11-30")
        )
        var unknown = DesiredEvent.sample(3, .sample("Fête 🎉 日本語 — النادي 👩‍💻 e\u{301} of the whole year", location: nil))
        unknown.lastEdited = nil
        expectGolden(
            rendered([.sample(1), .sample(2, allDay), unknown], of: .sample(name: "ACM, the club")),
            named: "calendar.ics"
        )
    }

    @Test func `without events there is still a component`() throws {
        let calendar = try ICalendarReader.read(rendered([]))
        #expect(calendar.components.map(\.name) == ["VTIMEZONE"])
        #expect(calendar.text("X-WR-CALNAME") == "ACM Events")
        #expect(calendar.text("NAME") == "ACM Events")
        #expect(calendar.text("X-WR-TIMEZONE") == "America/Phoenix")
    }

    @Test func `a declared name is the calendar's name`() throws {
        let organization = Organization.sample(calendar: CalendarSettings(name: "ACM; talks, and \"more\"\r\nX-EVIL:1"))
        let calendar = try ICalendarReader.read(rendered([], of: organization))
        #expect(calendar.text("NAME") == "ACM; talks, and \"more\"\nX-EVIL:1")
        #expect(calendar.property("X-EVIL") == nil)
    }

    @Test(arguments: [
        (0, "PT1S"), (1, "PT1S"), (90, "PT90S"), (60, "PT1M"), (900, "PT15M"), (3_600, "PT1H"), (5_400, "PT90M"),
        (86_400, "PT24H"), (-5, "PT1S"),
    ])
    func `the refresh hint is one unit`(seconds: Int, text: String) throws {
        let renderer = ICalendarRenderer(refreshInterval: .seconds(seconds))
        let calendar = try ICalendarReader.read(renderer.render(EventListing(prefix: "acm", events: []), of: .sample()))
        #expect(try value("REFRESH-INTERVAL", of: calendar) == ";VALUE=DURATION:\(text)")
        #expect(try value("X-PUBLISHED-TTL", of: calendar) == ":\(text)")
    }

    @Test func `an hour is written in UTC`() throws {
        let event = try read(.sample())
        #expect(try value("DTSTART", of: event) == ":20261120T170000Z")
        #expect(try value("DTEND", of: event) == ":20261120T180000Z")
        #expect(event.property("UID")?.value == "\(PageID.number(1))@reconcile")
        #expect(event.property("METHOD") == nil)
        #expect(event.property("URL") == nil)
    }

    @Test(arguments: [
        ("2026-11-20", "2026-11-21", ":20261121"), ("2026-11-27", "2026-11-30", ":20261130"),
        ("2028-02-28", "2028-03-02", ":20280302"), ("0999-12-31", "1000-01-01", ":10000101"),
    ])
    func `days end on the day after the last`(start: String, end: String, written: String) throws {
        let (first, last) = (RenderingSamples.date(start), RenderingSamples.date(end))
        let event = try read(EventContent(summary: "Days", start: first, end: last))
        #expect(try value("DTSTART", of: event) == ";VALUE=DATE:\(start.filter { $0 != "-" })")
        #expect(try value("DTEND", of: event) == ";VALUE=DATE\(written)")
    }

    @Test(arguments: [
        (EventTime.instant(.day(0)), EventTime.instant(.day(0))), (.instant(.day(1)), .instant(.day(0))),
        (.date(CivilDate(daysSince1970: 9)), .date(CivilDate(daysSince1970: 9))),
        (.date(CivilDate(daysSince1970: 9)), .instant(.day(0))),
        (.instant(.day(0)), .date(CivilDate(daysSince1970: 9))),
    ])
    func `what takes no time has no end`(start: EventTime, end: EventTime) throws {
        let event = try read(EventContent(summary: "A moment", start: start, end: end))
        #expect(event.property("DTSTART") != nil)
        #expect(event.properties.allSatisfy { $0.name != "DTEND" })
    }

    @Test func `texts that are absent or empty have no property`() throws {
        let event = try read(.sample(description: nil, location: ""))
        #expect(event.properties.allSatisfy { $0.name != "DESCRIPTION" && $0.name != "LOCATION" })
    }

    @Test func `the last edit is stamp, modification and sequence`() throws {
        let event = try read(.sample(), lastEdited: "2026-11-01T18:05:00.000Z")
        #expect(event.property("DTSTAMP")?.value == "20261101T180500Z")
        #expect(event.property("LAST-MODIFIED")?.value == "20261101T180500Z")
        #expect(event.property("SEQUENCE")?.value == "29892605")
    }

    @Test(arguments: [nil, "", "yesterday"] as [String?])
    func `an unknown edit is older than any other`(lastEdited: String?) throws {
        let event = try read(.sample(), lastEdited: lastEdited)
        #expect(event.property("DTSTAMP")?.value == "19700101T000000Z")
        #expect(event.property("LAST-MODIFIED") == nil)
        #expect(event.property("SEQUENCE")?.value == "0")
    }

    @Test func `the sequence grows with the edits and fits in 32 bits`() throws {
        let edits = [
            "1969-01-01T00:00:00Z", "2026-11-01T18:05:00Z", "2026-11-01T18:06:00Z", "2027-01-01T00:00:00Z",
            "9999-12-31T23:59:00Z",
        ]
        let numbers = try edits.map { edit in
            try #require(Int(read(.sample(), lastEdited: edit).property("SEQUENCE")?.value ?? ""))
        }
        #expect(numbers == numbers.sorted())
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { (0...Int(Int32.max)).contains($0) })
    }

    @Test func `equal listings give equal bytes, in the listing's order`() throws {
        let events = (1...50).map { DesiredEvent.sample($0) }
        #expect(Array(rendered(events).utf8) == Array(rendered(events.reversed()).utf8))
        let calendar = try ICalendarReader.read(rendered(events.reversed()))
        #expect(calendar.components.map { $0.text("SUMMARY") } == (1...50).map { "Event \($0)" })
    }

    @Test func `ten thousand events`() throws {
        let events = (1...10_000).map { DesiredEvent.sample($0) }
        let calendar = try ICalendarReader.read(rendered(events))
        #expect(calendar.components.count == 10_000)
        #expect(Set(calendar.components.compactMap { $0.property("UID")?.value }).count == 10_000)
    }

    private func time(_ text: String) -> EventTime { EventTime(text) ?? .instant(.day(0)) }

    @Test func `a series has its rule, its zone, and what people made of it`() throws {
        var event = EventContent.sample("Weekly", description: nil, location: nil)
        (event.start, event.end) = (time("2027-03-04T17:00:00Z"), time("2027-03-04T18:00:00Z"))
        let recurrence = Recurrence(
            lines: ["RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE;TZID=America/New_York:20270308T120000"],
            zone: "America/New_York"
        )
        event[.recurrence] = .text(recurrence.text)
        var moved = event
        (moved.start, moved.end) = (time("2027-03-16T17:00:00Z"), time("2027-03-16T18:00:00Z"))
        event.exceptions = [
            SeriesException(time("2027-03-15T16:00:00Z"), moved),
            SeriesException(time("2027-03-22T16:00:00Z"), nil),
        ]
        let text = rendered([.sample(1, event)]).replacing("\r\n ", with: "")
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        #expect(
            lines.filter { $0.hasPrefix("BEGIN:V") }.map { $0.dropFirst(7) } == [
                "CALENDAR", "TIMEZONE", "EVENT", "EVENT",
            ]
        )
        for line in [
            "TZID:America/New_York", "DTSTART;TZID=America/New_York:20270304T120000",
            "DTEND;TZID=America/New_York:20270304T130000", "RRULE:FREQ=WEEKLY;BYDAY=MO",
            "EXDATE;TZID=America/New_York:20270308T120000", "EXDATE;TZID=America/New_York:20270322T120000",
            // The first start is no Monday.
            "RDATE;TZID=America/New_York:20270304T120000",
            "RECURRENCE-ID;TZID=America/New_York:20270315T120000", "DTSTART;TZID=America/New_York:20270316T130000",
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(Set(lines.filter { $0.hasPrefix("UID:") }).count == 1)
    }

    @Test func `a series of days, and one in UTC, need no zone`() {
        var days = EventContent.sample("Days", location: nil)
        (days.start, days.end) = (RenderingSamples.date("2027-03-04"), RenderingSamples.date("2027-03-05"))
        days[.recurrence] = .text("RRULE:FREQ=DAILY")
        days.exceptions = [SeriesException(RenderingSamples.date("2027-03-06"), nil)]
        var utc = EventContent.sample("UTC", location: nil)
        utc[.recurrence] = .text("RRULE:FREQ=DAILY\nTZID:UTC")
        let text = rendered([.sample(1, days), .sample(2, utc)])
        #expect(text.contains("EXDATE;VALUE=DATE:20270306") && text.contains("DTSTART;VALUE=DATE:20270304"))
        #expect(!text.contains("VTIMEZONE") && !text.contains("TZID"))
    }
}
