import ReconcileModel
import Testing
import ZoneData

@testable import Recurring

/// Rules that are written differently and mean the same.
struct MeaningTests {
    /// Thursday, 3 December 2026, 18:00 in Phoenix.
    private let timed = EventTime("2026-12-04T01:00:00Z")
    private let day = EventTime("2026-12-03")

    private func written(_ text: String, _ start: EventTime?, _ zone: String) throws -> Recurrence {
        let start = try #require(start)
        let end: EventTime =
            switch start {
            case .date(let day): .date(day.adding(days: 1))
            case .instant(let instant): .instant(instant.adding(seconds: 3_600))
            }
        let own = try #require(ZoneDatabase.current.zone(zone))
        return try #require(try RecurrenceReader(from: start, to: end, zone: own).read(text))
    }

    private func answered(_ lines: String, _ start: EventTime?, _ zone: String?) throws -> Recurrence {
        let lines = lines.split(separator: "\n").map(String.init)
        let start = try #require(start)
        return try #require(Recurrence(google: lines, zone: zone, from: start))
    }

    @Test(arguments: [
        ("every 2 weeks on Mon, Wed", "RRULE:WKST=MO;BYDAY=WE,MO;INTERVAL=2;FREQ=WEEKLY"),
        ("weekly", "rrule:freq=weekly;interval=1;wkst=su;byday=th"), ("weekly on Thu", "RRULE:FREQ=WEEKLY"),
        ("every 2 weeks", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;WKST=SU"),
        ("monthly", "RRULE:FREQ=MONTHLY;BYMONTHDAY=3"), ("yearly", "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3"),
        ("FREQ=MONTHLY;BYDAY=1TH", "RRULE:FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1"),
        ("FREQ=MONTHLY;BYDAY=1TH", "RRULE:FREQ=MONTHLY;BYDAY=+1TH"),
        ("weekly until 2026-12-31", "RRULE:FREQ=WEEKLY;UNTIL=20261231"),
        ("weekly until 2026-12-31", "RRULE:UNTIL=20261231T235959;FREQ=WEEKLY"),
        ("weekly\nEXDATE:20261210", "EXDATE:20261211T010000Z\nRRULE:FREQ=WEEKLY"),
        (
            "weekly\nEXDATE:20261210,20261217",
            "exdate;tzid=US/Arizona:20261217T180000,20261210T180000\nRRULE:FREQ=WEEKLY"
        ),
    ])
    func `of times`(text: String, lines: String) throws {
        for zone in ["America/Phoenix", "US/Arizona"] {
            let (ours, theirs) = (try written(text, timed, "America/Phoenix"), try answered(lines, timed, zone))
            #expect(ours.isSame(as: theirs) && theirs.isSame(as: ours), "\(ours.text) / \(theirs.text)")
            #expect(Recurrence.isSame(ours.text, theirs.text))
            #expect(ours.meaning == theirs.meaning && ours.zone == theirs.zone)
        }
    }

    @Test(arguments: [
        ("weekly until 2026-12-31", "RRULE:FREQ=WEEKLY;UNTIL=20261231T000000Z"),
        ("weekly until 2026-12-31", "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231T235959"),
        ("weekly\nEXDATE:20261210", "RRULE:FREQ=WEEKLY\nEXDATE;VALUE=DATE:20261210"),
    ])
    func `of days`(text: String, lines: String) throws {
        #expect(try written(text, day, "America/Phoenix").isSame(as: answered(lines, day, nil)))
    }

    @Test(arguments: [
        ("weekly", "RRULE:FREQ=WEEKLY;BYDAY=FR"), ("weekly", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
        ("every 2 weeks on Thu, Sun", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SU;WKST=SU"),
        ("monthly", "RRULE:FREQ=MONTHLY;BYMONTHDAY=4"), ("yearly", "RRULE:FREQ=YEARLY;BYMONTHDAY=3"),
        ("weekly until 2026-12-31", "RRULE:FREQ=WEEKLY;UNTIL=20261230"), ("weekly 3 times", "RRULE:FREQ=WEEKLY"),
        ("weekly\nEXDATE:20261210", "RRULE:FREQ=WEEKLY"), ("weekly", "RRULE:FREQ=WEEKLY\nRDATE:20261211T010000Z"),
    ])
    func `others mean something else`(text: String, lines: String) throws {
        let (ours, theirs) = (
            try written(text, timed, "America/Phoenix"), try answered(lines, timed, "America/Phoenix")
        )
        #expect(!ours.isSame(as: theirs))
        #expect(ours.meaning != theirs.meaning)
    }

    @Test func `all lines name the zone by one name`() throws {
        let line = "EXDATE;TZID=America/Phoenix:20261210T180000"
        #expect(try written("weekly\nEXDATE:20261210", timed, "US/Arizona").lines.last == line)
        let lines = "RRULE:FREQ=WEEKLY\nEXDATE;TZID=US/Arizona:20261210T180000"
        #expect(try answered(lines, timed, "US/Arizona").lines.last == line)
    }

    @Test func `another zone is another wall time`() throws {
        let ours = try written("weekly", timed, "Asia/Calcutta")
        #expect(ours.isSame(as: try answered("RRULE:FREQ=WEEKLY", timed, "Asia/Kolkata")))
        #expect(!ours.isSame(as: try answered("RRULE:FREQ=WEEKLY", timed, "America/Phoenix")))
    }
}
