import ReconcileModel
import Testing
import TestSupport

/// Instants and wall times.
struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-20T17:00:00Z", 1_795_194_000), ("2026-11-20T17:00:00z", 1_795_194_000),
        ("2026-11-20t17:00:00Z", 1_795_194_000), ("2026-11-20 17:00:00Z", 1_795_194_000),
        ("2026-11-20T17:00Z", 1_795_194_000),
        ("2026-11-20T10:00:00-07:00", 1_795_194_000), ("2026-11-20T10:00:00-0700", 1_795_194_000),
        ("2026-11-20T22:45:00+05:45", 1_795_194_000), ("2026-11-21T07:00:00+14:00", 1_795_194_000),
        ("2026-11-20T17:00:00+00:00", 1_795_194_000), ("2026-11-20T17:00:00-00:00", 1_795_194_000),
        ("2026-11-20T17:00:00.000-00:00", 1_795_194_000), ("2026-11-20T17:00:00.999999999Z", 1_795_194_000),
        // A leap second is shown as the second before it.
        ("2016-12-31T23:59:60Z", 1_483_228_799), ("1969-12-31T23:59:59Z", -1), ("2028-02-29T00:00:00Z", 1_835_395_200),
    ])
    func `RFC 3339 is read`(text: String, seconds: Int) {
        #expect(Timestamp(rfc3339: text) == Timestamp(secondsSince1970: seconds))
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T17:00:00", "2026-11-20T17:00:00.000", "2026-11-20T24:00:00Z",
        "2026-11-20T17:60:00Z",
        "2026-11-20T17:00:61Z", "2026-11-20T17:00:00+24:00", "2026-11-20T17:00:00+01:60", "2026-11-20T17:00:00+1:00",
        "2026-11-20T17:00:00+01", "2026-11-20T17:00:00 Z", "2026-11-20T17:00:00Zx", "2026-02-30T17:00:00Z",
        "2026-11-20T7:00:00Z",
        "2026-11-20X17:00:00Z", "2026-11-20T17:00:Z", "2026-11-20T17Z", "2026-11-20T１７:00:00Z", "tomorrow at five",
        "é026-11-20T17:00Z",
    ])
    func `what is not an instant is refused`(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

    @Test(arguments: [
        (0, "2026-11-20T17:00:00Z"), (-25_200, "2026-11-20T10:00:00-07:00"), (20_700, "2026-11-20T22:45:00+05:45"),
        (50_400, "2026-11-21T07:00:00+14:00"), (-12_600, "2026-11-20T13:30:00-03:30"),
    ])
    func `it is written with an offset`(offset: Int, text: String) {
        #expect(Timestamp.day(0).rfc3339(offset: offset) == text)
        #expect(Timestamp(rfc3339: text) == .day(0))
    }

    @Test func `every second comes back`() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<5_000 {
            let instant = Timestamp(secondsSince1970: Int.random(in: -62_135_596_800...253_402_300_799, using: &random))
            #expect(Timestamp(rfc3339: instant.description) == instant)
        }
    }

    @Test(arguments: [
        ("2026-11-20T17:00", nil as Int?, "2026-11-20T17:00:00"), ("2026-11-20T17:00:30.5", nil, "2026-11-20T17:00:30"),
        ("2026-11-20T10:00:00-07:00", -25_200, "2026-11-20T10:00:00"),
        ("2026-11-20T17:00:00Z", 0, "2026-11-20T17:00:00"),
    ])
    func `a wall time has an offset only where one is written`(text: String, offset: Int?, wall: String) throws {
        let read = try #require(WallTime.parse(text))
        #expect(read.offset == offset && read.0.description == wall)
    }

    @Test(arguments: [
        (-1, "1969-12-31T23:59:59"), (-86_400, "1969-12-31T00:00:00"), (-86_401, "1969-12-30T23:59:59"),
        (86_399, "1970-01-01T23:59:59"),
    ])
    func `wall times before 1970 count backwards`(seconds: Int, text: String) {
        let wall = WallTime(secondsIgnoringZone: seconds)
        #expect(wall.description == text && wall.secondsIgnoringZone == seconds)
    }

    @Test func `adding never overflows`() {
        #expect(Timestamp(secondsSince1970: .max).adding(seconds: 1).secondsSince1970 == .max)
        #expect(Timestamp.day(0).adding(seconds: -86_400) == .day(-1))
    }
}
