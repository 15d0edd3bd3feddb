import ReconcileModel
import TestSupport
import Testing

@testable import ZoneData

@Suite struct RecurringRuleTests {
    /// The offset in hours that a rule gives at a time in UTC.
    private func hours(_ rule: String, _ time: String) throws -> Double {
        let rule = try #require(RecurringRule(rule))
        let instant = try #require(Timestamp(rfc3339: time))
        return Double(rule.offset(at: instant.secondsSince1970)) / 3600
    }

    @Test(arguments: [
        ("MST7", "2027-07-01T00:00:00Z", -7.0), ("<+0545>-5:45", "2027-01-01T00:00:00Z", 5.75),
        ("<-03>3", "2027-01-01T00:00:00Z", -3), ("UTC0", "2027-01-01T00:00:00Z", 0),
        // The second Sunday of March 2027 is the 14th, the first of November the 7th.
        ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T06:59:59Z", -5), ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T07:00:00Z", -4),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-11-07T05:59:59Z", -4), ("EST5EDT,M3.2.0,M11.1.0", "2027-11-07T06:00:00Z", -5),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-28T00:59:59Z", 1),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-28T01:00:00Z", 2),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2027-10-31T01:00:00Z", 1),
        // South of the equator summer is at both ends of the year.
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-01-01T00:00:00Z", 11),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-12-31T23:00:00Z", 11),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-07-01T00:00:00Z", 10),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2027-01-01T00:00:00Z", 11),
        // In Ireland the exception is winter.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2027-01-15T00:00:00Z", 0),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2027-07-15T00:00:00Z", 1),
        // Times beyond a day, and before it: Israel, Greenland, Gaza.
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2027-03-25T23:59:59Z", 2),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2027-03-26T00:00:00Z", 3),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T00:59:59Z", -2),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T01:00:00Z", -1),
        // Days by number, with and without 29 February.
        ("AAA0BBB,J60/0,J300/0", "2028-02-29T12:00:00Z", 0), ("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 1),
        ("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 1), ("AAA0BBB,59/0,300/0", "2027-03-01T00:00:00Z", 1),
        // Summer all year, as the format writes it.
        ("EST5EDT,0/0,J365/25", "2027-01-01T05:00:00Z", -4), ("EST5EDT,0/0,J365/25", "2027-12-31T23:59:59Z", -4),
        ("XXX3EDT4,0/0,J365/23", "2027-06-01T00:00:00Z", -4), ("XXX3EDT4,0/0,J365/23", "2028-01-01T03:00:00Z", -4),
    ])
    func `a rule gives the offset of every season`(rule: String, time: String, expected: Double) throws {
        #expect(try hours(rule, time) == expected)
    }

    @Test(arguments: [
        "", "M", "MST", "7", "MST7x", "MST25", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1",
        "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J365",
        "EST5EDT,J366,J1",
        "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0,", "<+05-5", "<>5",
        "EST5EDT,M3.2.0/2:60,M11.1.0",
        "EST99999999999999999999", "É5",
    ])
    func `other text is no rule`(text: String) {
        #expect(RecurringRule(text) == nil)
    }

    @Test(arguments: [Int.min, -1 << 60, -62_167_219_200, 253_402_300_799, 1 << 60, Int.max])
    func `no instant is too far away`(instant: Int) throws {
        let rule = try #require(RecurringRule("EST5EDT,M3.2.0,M11.1.0"))
        #expect([-18_000, -14_400].contains(rule.offset(at: instant)))
    }
}
