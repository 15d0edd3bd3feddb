import ReconcileModel
import Testing
import TestSupport

/// Days.
struct CivilDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-11-20", 20_777),
        ("1900-03-01", -25_508), ("0001-01-01", -719_162), ("0000-01-01", -719_528), ("9999-12-31", 2_932_896),
    ])
    func `days count from 1970`(text: String, days: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.daysSince1970 == days && CivilDate(daysSince1970: days) == date && date.description == text)
    }

    @Test(arguments: [
        ("1970-01-01", "Thu", "Jan"), ("1969-12-31", "Wed", "Dec"), ("2026-11-22", "Sun", "Nov"),
        ("0000-01-01", "Sat", "Jan"), ("2028-02-29", "Tue", "Feb"),
    ])
    func `a day has the names that it has on calendars`(text: String, weekday: String, month: String) throws {
        let date = try #require(CivilDate(text))
        #expect(date.weekdayName == weekday && date.monthName == month)
    }

    @Test func `every day follows the one before it`() throws {
        var date = try #require(CivilDate("0001-01-01"))
        let end = try #require(CivilDate("9999-12-31"))
        var random = SeededGenerator(seed: 1)
        var days = 0
        while date < end {
            let next = date.adding(days: 1)
            let isSameMonth = (next.year, next.month, next.day) == (date.year, date.month, date.day + 1)
            let isNextMonth = (next.year, next.month, next.day) == (date.year, date.month + 1, 1) && date.day >= 28
            let isNextYear =
                (next.year, next.month, next.day) == (date.year + 1, 1, 1) && date.month == 12 && date.day == 31
            let isRight = (isSameMonth || isNextMonth || isNextYear) && date < next
            #expect(isRight, "\(date) is followed by \(next)")
            guard isRight else { return }
            #expect(CivilDate(daysSince1970: date.daysSince1970) == date && CivilDate(date.description) == date)
            date = date.adding(days: Int.random(in: 1...400, using: &random))
            days += 1
        }
        #expect(days > 10_000)
    }

    @Test(arguments: [
        (2000, true), (2024, true), (2026, false), (1900, false), (2100, false), (2400, true), (4, true), (0, true),
        (1, false),
    ])
    func `February has its leap day where it should`(year: Int, isLeap: Bool) {
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CivilDate(year: year, month: 2, day: 30) == nil && CivilDate(year: year, month: 2, day: 28) != nil)
    }

    @Test(arguments: [
        "", "2026", "2026-1-1", "2026-13-01", "2026-00-10", "2026-04-31", "2026-02-29", "2026-11-00", "2026-11-20 ",
        " 2026-11-20",
        "2026-11-20T00:00", "2026/11/20", "20261120", "-026-11-20", "+026-11-20", "12026-11-20", "２０２６-11-20",
        "2026-11-2０", "today",
    ])
    func `what is not a day is refused`(text: String) { #expect(CivilDate(text) == nil) }

    @Test func `days outside the years of four digits stay at the edge`() {
        #expect(CivilDate(daysSince1970: Int.max / 4).description == "9999-12-31")
        #expect(CivilDate(daysSince1970: Int.min / 4).description == "0000-01-01")
        #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil && CivilDate(year: -1, month: 1, day: 1) == nil)
    }
}
