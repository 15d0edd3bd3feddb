import ReconcileModel
import Testing

@Suite struct CalendarOffsetTests {
    @Test(arguments: [
        ("2028-01-31", "+1mo", "2028-02-29"), ("2028-02-29", "+1y", "2029-02-28"), ("2028-03-31", "-1mo", "2028-02-29"),
        ("2027-01-01", "-1d", "2026-12-31"), ("2027-12-31", "+2w", "2028-01-14"), ("2027-05-31", "-6mo", "2026-11-30"),
        ("9999-12-31", "+100y", "9999-12-31"), ("0000-01-01", "-1mo", "0000-01-01"),
    ])
    func `months and years are those of the calendar`(day: String, offset: String, later: String) throws {
        let date = try #require(CivilDate(day))
        #expect(date.adding(try #require(CalendarOffset(signed: offset))).description == later)
    }

    @Test(arguments: ["", "d", "1", "1m", "1h", "-1d", "1 d", "101y", "99999999999999999999d", "１d"])
    func `anything else is none`(text: String) { #expect(CalendarOffset(text) == nil) }
}
