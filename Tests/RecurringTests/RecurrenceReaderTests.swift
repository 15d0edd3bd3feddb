import ReconcileModel
import Testing
import ZoneData

@testable import Recurring

/// How pages say that their events repeat.
struct RecurrenceReaderTests {
    /// Thursday, 3 December 2026, 18:00 in Phoenix, seven hours behind UTC.
    private let timed = EventTime("2026-12-04T01:00:00Z")
    private let day = EventTime("2026-12-03")

    private func lines(_ text: String, from start: EventTime?, zone: String = "America/Phoenix") throws -> [String]? {
        let start = try #require(start)
        let end: EventTime
        switch start {
        case .date(let day): end = .date(day.adding(days: 1))
        case .instant(let instant): end = .instant(instant.adding(seconds: 3_600))
        }
        let zone = try #require(ZoneDatabase.current.zone(zone))
        return try RecurrenceReader(from: start, to: end, zone: zone).read(text)?.lines
    }

    @Test(arguments: [
        ("daily", "RRULE:FREQ=DAILY"), ("Weekly", "RRULE:FREQ=WEEKLY"), ("monthly", "RRULE:FREQ=MONTHLY"),
        ("yearly", "RRULE:FREQ=YEARLY"), ("every 2 weeks", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
        ("every day", "RRULE:FREQ=DAILY"), ("every 1 week", "RRULE:FREQ=WEEKLY"),
        ("every 3 months 12 times", "RRULE:FREQ=MONTHLY;INTERVAL=3;COUNT=12"),
        ("weekly on Thu, Sat", "RRULE:FREQ=WEEKLY;BYDAY=TH,SA"),
        ("every 2 weeks on thursday and sat, 4 times", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SA;COUNT=4"),
        ("weekly until 2026-12-31", "RRULE:FREQ=WEEKLY;UNTIL=20270101T065959Z"),
        ("  daily,  for 3 times ", "RRULE:FREQ=DAILY;COUNT=3"),
        ("FREQ=WEEKLY;BYDAY=TH;COUNT=5", "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=5"),
        ("RRULE:FREQ=WEEKLY; BYDAY=TH, SA", "RRULE:FREQ=WEEKLY;BYDAY=TH,SA"),
        ("rrule:freq=monthly;byday=1th", "RRULE:FREQ=MONTHLY;BYDAY=1TH"),
        ("RRULE:FREQ=DAILY;UNTIL=20261231", "RRULE:FREQ=DAILY;UNTIL=20270101T065959Z"),
        ("RRULE:FREQ=DAILY;UNTIL=20261231T180000", "RRULE:FREQ=DAILY;UNTIL=20270101T010000Z"),
        ("RRULE:FREQ=DAILY;UNTIL=20261231T180000Z", "RRULE:FREQ=DAILY;UNTIL=20261231T180000Z"),
    ])
    func `a form that is understood`(text: String, line: String) throws {
        #expect(try lines(text, from: timed) == [line])
    }

    @Test(arguments: [
        ("weekly until 2026-12-31", "RRULE:FREQ=WEEKLY;UNTIL=20261231"),
        ("RRULE:FREQ=DAILY;UNTIL=20270101T065959Z", "RRULE:FREQ=DAILY;UNTIL=20261231"),
    ])
    func `a series of days ends on a day`(text: String, line: String) throws {
        #expect(try lines(text, from: day) == [line])
    }

    @Test(arguments: [
        ("weekly\nEXDATE:20261217T180000", "EXDATE;TZID=America/Phoenix:20261217T180000"),
        ("weekly\nEXDATE:20261218T010000Z", "EXDATE;TZID=America/Phoenix:20261217T180000"),
        ("weekly\nEXDATE;TZID=America/New_York:20261217T200000", "EXDATE;TZID=America/Phoenix:20261217T180000"),
        ("weekly\nEXDATE:20261217,20261210", "EXDATE;TZID=America/Phoenix:20261210T180000,20261217T180000"),
        ("weekly EXDATE:20261217\nEXDATE:20261210", "EXDATE;TZID=America/Phoenix:20261210T180000,20261217T180000"),
    ])
    func `what is left out stands in the zone of the series`(text: String, line: String) throws {
        #expect(try lines(text, from: timed)?.dropFirst() == [line])
    }

    @Test func `what is left out of a series of days`() throws {
        #expect(try lines("weekly\nEXDATE:20261217", from: day) == ["RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20261217"])
    }

    @Test(arguments: [
        // The first start counts, though it is no Monday.
        ("weekly on Mon, 3 times", "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261215T010000Z"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20270102T010000Z"),
    ])
    func `a number of times becomes a last one where the rule does not yield the first start`(
        text: String,
        line: String
    ) throws {
        #expect(try lines(text, from: timed) == [line])
    }

    @Test func `once is no series`() throws {
        #expect(try lines("weekly on Mon, 1 time", from: timed) == nil)
    }

    @Test(arguments: [
        ("fortnightly", "\"fortnightly\" is no rule"), ("monthly on Mon", "days of the week go with weekly"),
        ("weekly on Funday", "\"on\" is not followed by days"), ("weekly until summer", "\"until\" is not followed by"),
        ("every 2 weeks sometimes", "\"sometimes\" is not understood"), ("every 0 weeks", "INTERVAL is \"0\""),
        ("FREQ=HOURLY", "HOURLY is too often"), ("FREQ=DAILY;BYHOUR=9,17", "BYHOUR is not understood"),
        ("RDATE:20261210", "RDATE is not understood"), ("weekly\nEXRULE:FREQ=DAILY", "EXRULE is not understood"),
        ("DTSTART:20261201\nRRULE:FREQ=DAILY", "DTSTART and DTEND have no place"),
        ("EXDATE:20261201", "there is no rule beside EXDATE"), ("daily\nweekly", "there is more than one rule"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL exclude each other"),
        ("RRULE:COUNT=3", "FREQ is missing"), ("FREQ=DAILY;FREQ=DAILY", "FREQ is given more than once"),
        ("FREQ=MONTHLY;BYDAY=-9223372036854775808MO", "BYDAY has \"-9223372036854775808MO\""),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-9223372036854775808", "BYSETPOS"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY has \"XX\""), ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY has \"32\""),
        ("FREQ=DAILY;COUNT=99999999999999", "COUNT is \"99999999999999\""), ("FREQ=WEEKLY;BYDAY=2MO", "a numbered day"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "a BYSETPOS that is larger"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30", "no day of the calendar is like that"),
        ("FREQ=DAILY;X-FOO=1", "\"X-FOO\" is no part of a rule"), ("RRULE:", "FREQ is missing"),
        ("weekly until 2026-12-01", "it ends before it starts"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day of the calendar is like that"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "no day of the calendar is like that"),
        ("weekly, 2 times\nEXDATE:20261203,20261210", "EXDATE leaves out every occurrence"),
        ("weekly\nEXDATE;TZID=Mars/Base:20261210T100000", "the time zone \"Mars/Base\" of an EXDATE is not known"),
        (String(repeating: "FREQ=DAILY;BYMONTH=1,", count: 100), "the rule is longer than"),
    ])
    func `a form that is not understood is refused with a reason`(text: String, reason: String) throws {
        let problem = #expect(throws: RecurrenceProblem.self) { try lines(text, from: timed) }
        #expect(problem?.reason.hasPrefix(reason) == true, "\(problem?.reason ?? "")")
    }
}
