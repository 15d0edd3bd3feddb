import ReconcileModel
import Rendering
import Testing
import TestSupport

/// Times as people of an organization's zone read them.
struct TimeRenderingTests {
    /// The line of one created event, cut down to its time.
    private func shown(_ start: EventTime, _ end: EventTime, in zone: String) -> String {
        let event = EventContent(summary: "X", start: start, end: end)
        let desired = DesiredEvent.sample(1, event)
        let creation = EventCreation(desired: desired, id: EventID(derivedFrom: desired.page), reason: .newPage)
        let text = PlanOutput.plan(RenderingSamples.plan([.create(creation)], timeZone: zone)).text()
        let line = text.split(separator: "\n").first { $0.hasPrefix("  + ") } ?? ""
        return line.dropFirst(4).split(separator: "  \"").first.map(String.init) ?? ""
    }

    @Test(arguments: [
        ("2026-11-20T17:00:00Z", "2026-11-20T18:00:00Z", "America/Phoenix", "Fri 2026-11-20 10:00 – 11:00"),
        ("2026-11-20T17:00:00Z", "2026-11-20T18:30:15Z", "UTC", "Fri 2026-11-20 17:00 – 18:30:15"),
        ("2026-11-20T23:00:00Z", "2026-11-21T01:00:00Z", "UTC", "Fri 2026-11-20 23:00 – Sat 2026-11-21 01:00"),
        ("2026-11-20T23:00:00Z", "2026-11-21T01:00:00Z", "America/Phoenix", "Fri 2026-11-20 16:00 – 18:00"),
        ("2026-11-20T17:00:00Z", "2026-11-20T18:00:00Z", "Asia/Kathmandu", "Fri 2026-11-20 22:45 – 23:45"),
        // The hour that is skipped, and the one that comes twice.
        ("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "Europe/Berlin", "Sun 2026-03-29 01:30 – 03:30"),
        ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "Europe/Berlin", "Sun 2026-10-25 02:30 – 02:30"),
        ("2026-03-08T09:59:00Z", "2026-03-08T10:00:00Z", "America/Los_Angeles", "Sun 2026-03-08 01:59 – 03:00"),
        // Across the end of a year, and in a leap year.
        ("2026-12-31T23:30:00Z", "2027-01-01T00:30:00Z", "UTC", "Thu 2026-12-31 23:30 – Fri 2027-01-01 00:30"),
        ("2028-02-28T23:30:00Z", "2028-02-29T00:30:00Z", "UTC", "Mon 2028-02-28 23:30 – Tue 2028-02-29 00:30"),
        ("1969-12-31T23:00:00Z", "1969-12-31T23:30:00Z", "UTC", "Wed 1969-12-31 23:00 – 23:30"),
        // A zone that this system does not know any more.
        ("2026-11-20T17:00:00Z", "2026-11-20T18:00:00Z", "Nowhere/City", "Fri 2026-11-20 17:00 – 18:00"),
    ])
    func `instants are shown in the zone`(start: String, end: String, zone: String, text: String) throws {
        let start = try #require(Timestamp(rfc3339: start))
        let end = try #require(Timestamp(rfc3339: end))
        #expect(shown(.instant(start), .instant(end), in: zone) == text)
    }

    @Test(
        arguments: [
            ("2026-11-20", "2026-11-21", "Fri 2026-11-20"),
            ("2026-11-27", "2026-11-30", "Fri 2026-11-27 – Sun 2026-11-29"),
            ("2026-12-31", "2027-01-02", "Thu 2026-12-31 – Fri 2027-01-01"),
            ("2028-02-29", "2028-03-01", "Tue 2028-02-29"),
            ("1969-12-31", "1970-01-01", "Wed 1969-12-31"), ("2000-01-01", "2000-01-01", "Sat 2000-01-01"),
        ],
        ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"]
    )
    func `days are the same in every zone, and their last one belongs to them`(
        day: (String, String, String),
        zone: String
    ) {
        #expect(shown(RenderingSamples.date(day.0), RenderingSamples.date(day.1), in: zone) == day.2)
    }
}
