import NotionAPI
import Mapping
import ReconcileModel
import Testing

@Suite struct DateMappingTests {
    /// Maps a page with this date.
    private func outcome(_ start: String, _ end: String? = nil, zone: String? = nil) -> PageOutcome {
        Sample.outcome(of: Sample.page(date: .date(NotionDate(start: start, end: end, timeZone: zone))))
    }

    private static let days: [(String, String?, String, String)] = [
        ("2026-11-20", nil, "2026-11-20", "2026-11-21"),
        ("2026-11-20", "2026-11-20", "2026-11-20", "2026-11-21"),
        ("2026-11-20", "2026-11-21", "2026-11-20", "2026-11-22"),
        ("2026-11-27", "2026-11-29", "2026-11-27", "2026-11-30"),
        ("2026-11-30", nil, "2026-11-30", "2026-12-01"),
        ("2026-12-31", nil, "2026-12-31", "2027-01-01"),
        ("2026-12-30", "2026-12-31", "2026-12-30", "2027-01-01"),
        ("2028-02-28", nil, "2028-02-28", "2028-02-29"),
        ("2028-02-28", "2028-02-29", "2028-02-28", "2028-03-01"),
        ("2027-02-28", nil, "2027-02-28", "2027-03-01"),
        ("2026-03-07", "2026-03-09", "2026-03-07", "2026-03-10"),
        ("0001-01-01", nil, "0001-01-01", "0001-01-02"),
        ("9998-12-31", nil, "9998-12-31", "9999-01-01"),
    ]

    @Test(arguments: days)
    func `days are all-day events and the last day belongs to them`(
        start: String,
        end: String?,
        first: String,
        dayAfter: String
    ) throws {
        let event = try #require(outcome(start, end).event)
        #expect(event.start == .date(try #require(CivilDate(first))))
        #expect(event.end == .date(try #require(CivilDate(dayAfter))))
        #expect(event.displayZone == nil)
    }

    private static let offsets: [(String, String?, String, String)] = [
        (
            "2026-12-01T18:00:00.000-07:00", "2026-12-01T19:30:00.000-07:00", "2026-12-02T01:00:00Z",
            "2026-12-02T02:30:00Z"
        ),
        ("2026-12-05T01:30:00.000+00:00", nil, "2026-12-05T01:30:00Z", "2026-12-05T02:30:00Z"),
        ("2026-12-05T01:30:00Z", nil, "2026-12-05T01:30:00Z", "2026-12-05T02:30:00Z"),
        ("2026-12-31T23:30:00.000-07:00", nil, "2027-01-01T06:30:00Z", "2027-01-01T07:30:00Z"),
        ("2028-02-29T12:00:00.000+05:45", nil, "2028-02-29T06:15:00Z", "2028-02-29T07:15:00Z"),
        (
            "2026-11-20T17:00:00.000-07:00", "2026-11-21T01:00:00.000+01:00", "2026-11-21T00:00:00Z",
            "2026-11-21T00:00:00Z"
        ),
        (
            "2026-11-01T01:30:00.000-04:00", "2026-11-01T01:30:00.000-05:00", "2026-11-01T05:30:00Z",
            "2026-11-01T06:30:00Z"
        ),
        ("2026-11-20T17:00:00", nil, "2026-11-20T17:00:00Z", "2026-11-20T18:00:00Z"),
        ("2026-11-20T17:00", "2026-11-20T17:45", "2026-11-20T17:00:00Z", "2026-11-20T17:45:00Z"),
    ]

    @Test(arguments: offsets)
    func `the offset of a time counts, none means UTC`(
        start: String,
        end: String?,
        from: String,
        to: String
    ) throws {
        let event = try #require(outcome(start, end).event)
        #expect(event.start.description == from)
        #expect(event.end.description == to)
        #expect(event.displayZone == "America/Phoenix")
    }

    @Test(arguments: [
        ("America/Los_Angeles", "2026-12-03T17:00:00.000", "2026-12-04T01:00:00Z"),
        ("America/New_York", "2026-07-01T10:00:00.000", "2026-07-01T14:00:00Z"),
        // Clocks go from 02:00 to 03:00 on 8 March: what they skip is read with the offset before.
        ("America/New_York", "2026-03-08T01:59:00.000", "2026-03-08T06:59:00Z"),
        ("America/New_York", "2026-03-08T02:00:00.000", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-03-08T02:30:00.000", "2026-03-08T07:30:00Z"),
        ("America/New_York", "2026-03-08T03:00:00.000", "2026-03-08T07:00:00Z"),
        // Clocks go from 02:00 back to 01:00 on 1 November: what they show twice is the first time.
        ("America/New_York", "2026-11-01T00:59:00.000", "2026-11-01T04:59:00Z"),
        ("America/New_York", "2026-11-01T01:00:00.000", "2026-11-01T05:00:00Z"),
        ("America/New_York", "2026-11-01T01:30:00.000", "2026-11-01T05:30:00Z"),
        ("America/New_York", "2026-11-01T02:00:00.000", "2026-11-01T07:00:00Z"),
        // Half an hour, between +10:30 and +11:00: forward on 4 October, back on 5 April.
        ("Australia/Lord_Howe", "2026-10-04T01:59:00.000", "2026-10-03T15:29:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15:00.000", "2026-10-03T15:45:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:30:00.000", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00.000", "2026-04-04T14:45:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T02:00:00.000", "2026-04-04T15:30:00Z"),
        // The far ends of the world.
        ("Pacific/Kiritimati", "2026-01-01T00:00:00.000", "2025-12-31T10:00:00Z"),
        ("Pacific/Pago_Pago", "2026-12-31T23:59:00.000", "2027-01-01T10:59:00Z"),
        ("Asia/Kathmandu", "2026-06-01T12:00:00.000", "2026-06-01T06:15:00Z"),
        // With a zone, the wall time counts even where an offset is written beside it.
        ("America/New_York", "2026-07-01T10:00:00.000-04:00", "2026-07-01T14:00:00Z"),
    ])
    func `a zone makes times the wall times of its clocks`(zone: String, start: String, instant: String) throws {
        let event = try #require(outcome(start, zone: zone).event)
        #expect(event.start.description == instant)
        #expect(event.displayZone == zone)
    }

    @Test func `a range over a change of clocks keeps both wall times`() throws {
        let event = try #require(outcome("2026-03-07T22:00", "2026-03-08T06:00", zone: "America/New_York").event)
        #expect(event.start.description == "2026-03-08T03:00:00Z")
        #expect(event.end.description == "2026-03-08T10:00:00Z")
    }

    @Test func `a day with a zone stays a day`() throws {
        let event = try #require(outcome("2026-11-20", zone: "America/New_York").event)
        #expect(event.start.description == "2026-11-20")
        #expect(event.displayZone == nil)
    }

    @Test(arguments: ["2026-11-20T17:00:00.000-07:00", "2026-11-21T00:00:00Z"])
    func `beside a zone that is not known the offset counts`(start: String) throws {
        let event = try #require(outcome(start, "2026-11-21T01:30:00.000+00:00", zone: "Mars/Olympus").event)
        #expect(event.start.description == "2026-11-21T00:00:00Z")
        #expect(event.end.description == "2026-11-21T01:30:00Z")
        #expect(event.displayZone == "America/Phoenix")
    }

    @Test func `a day needs no zone that is known`() throws {
        let event = try #require(outcome("2026-11-20", "2026-11-21", zone: "Mars/Olympus").event)
        #expect(event.start.description == "2026-11-20")
        #expect(event.end.description == "2026-11-22")
        #expect(event.displayZone == nil)
    }

    private static let invalid: [(String, String?, String?, String)] = [
        ("2026-11-20", "2026-11-19", nil, "it ends (\"2026-11-19\") before it starts (\"2026-11-20\")"),
        ("2026-11-20T17:00:00Z", "2026-11-20T16:59:59Z", nil, "before it starts"),
        ("2026-11-20", "2026-11-20T17:00:00Z", nil, "mixes a day with a time"),
        ("2026-11-20T17:00:00Z", "2026-11-21", nil, "mixes a day with a time"),
        ("2026-02-30", nil, nil, "\"2026-02-30\" is not a date"),
        ("2027-02-29", nil, nil, "is not a date"),
        ("tomorrow", nil, nil, "\"tomorrow\" is not a date"),
        ("", nil, nil, "\"\" is not a date"),
        ("2026-11-20", "later", nil, "\"later\" is not a date"),
        ("2026-11-20", "", nil, "\"\" is not a date"),
        ("2026-11-20T25:00:00Z", nil, nil, "is not a date"),
        ("0000-05-05", nil, nil, "out of range"),
        ("9999-12-31", nil, nil, "out of range"),
        ("2026-11-20T17:00:00", nil, "Mars/Olympus", "the time zone \"Mars/Olympus\" is not known"),
        ("2026-11-20T17:00:00Z", "2026-11-20T18:00:00", "Mars/Olympus", "the time zone \"Mars/Olympus\" is not known"),
    ]

    @Test(arguments: invalid)
    func `what is no interval makes the page invalid and names it`(
        start: String,
        end: String?,
        zone: String?,
        reason: String
    ) throws {
        guard case .invalid(Sample.page, title: "Talk", let warning, _) = outcome(start, end, zone: zone) else {
            Issue.record("not invalid")
            return
        }
        #expect(warning.code == "date_invalid")
        #expect(warning.page == Sample.page)
        #expect(warning.message.contains(reason))
        #expect(warning.message.contains("\"Talk\" (https://app.notion.com/p/5024642e878b5ab6933c151f3f76bb32)"))
    }

    @Test(arguments: [60, 5400, 86_400])
    func `the default duration is the organization's`(seconds: Int) throws {
        let page = Sample.page(date: .date(NotionDate(start: "2026-11-20T17:00:00Z")))
        let event = Sample.outcome(of: page, organization: Sample.organization(defaultDuration: seconds)).event
        guard case .instant(let start)? = event?.start, case .instant(let end)? = event?.end else {
            Issue.record("no instants")
            return
        }
        #expect(end.secondsSince1970 - start.secondsSince1970 == seconds)
    }

    @Test(arguments: [
        (PropertyValue.formula(.date(NotionDate(start: "2026-11-20"))), "2026-11-20"),
        (.rollup(.date(NotionDate(start: "2026-11-20"))), "2026-11-20"),
        (.rollup(.array([.date(nil), .date(NotionDate(start: "2026-11-20"))])), "2026-11-20"),
        (.createdTime("2026-11-01T18:05:00.000Z"), "2026-11-01T18:05:00Z"),
        (.lastEditedTime("2026-11-02T07:41:00.000Z"), "2026-11-02T07:41:00Z"),
    ])
    func `other properties can give the date`(value: PropertyValue, start: String) throws {
        #expect(Sample.outcome(of: Sample.page(date: value)).event?.start.description == start)
    }

    @Test(arguments: [
        PropertyValue.date(nil), .formula(.date(nil)), .rollup(.date(nil)), .rollup(.array([])),
        .rollup(.array([.date(nil)])),
    ])
    func `a page without date is undated`(value: PropertyValue) {
        #expect(Sample.outcome(of: Sample.page(date: value)) == .undated(Sample.page, title: "Talk"))
    }

    @Test(arguments: [
        PropertyValue.formula(.string("2026-11-20")), .formula(.string(nil)), .formula(.number(3)),
        .formula(.unsupported),
        .rollup(.number(3)), .rollup(.incomplete), .rollup(.unsupported), .malformed(.date),
        .unknown(PropertyType(rawValue: "new")), .select("2026-11-20"), .rollup(.array([.number(1)])),
        .rollup(.array([.date(NotionDate(start: "2026-11-20")), .date(NotionDate(start: "2026-11-21"))])),
    ])
    func `what does not give a date is invalid, not absent`(value: PropertyValue) {
        guard case .invalid(_, _, let warning, _) = Sample.outcome(of: Sample.page(date: value)) else {
            Issue.record("not invalid")
            return
        }
        #expect(warning.code == "date_invalid")
    }
}
