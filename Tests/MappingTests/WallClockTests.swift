import NotionAPI
import Mapping
import ReconcileModel
import Testing
import ZoneData

@Suite struct WallClockTests {
    /// The instant that a page with this wall time starts at.
    private func start(_ wall: WallTime, zone: String) -> Int? {
        let date = NotionDate(start: wall.description, timeZone: zone)
        guard case .instant(let start)? = Sample.outcome(of: Sample.page(date: .date(date))).event?.start else {
            return nil
        }
        return start.secondsSince1970
    }

    @Test(arguments: [
        "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Chatham", "Pacific/Apia",
        "Asia/Tehran", "UTC",
    ])
    func `what a clock shows at an instant is found again`(name: String) throws {
        let zone = try #require(ZoneDatabase.current.zone(name))
        // Every 164 hours and 28 minutes of five years; in an hour that comes twice the first one is meant.
        for instant in stride(from: 1_704_067_200, to: 1_861_833_600, by: 592_080) {
            let offset = zone.offset(at: instant)
            let wall = WallTime(secondsIgnoringZone: instant + offset)
            let found = try #require(start(wall, zone: name))
            let foundOffset = zone.offset(at: found)
            #expect(found + foundOffset == instant + offset, "\(wall)")
            #expect(found <= instant, "\(wall)")
        }
    }

    @Test func `a whole day that a zone skipped is read with the offset before it`() throws {
        // Samoa went from 29 to 31 December 2011, from -10:00 to +14:00.
        let (skipped, _) = try #require(WallTime.parse("2011-12-30T12:00:00"))
        let (noon, _) = try #require(WallTime.parse("2011-12-31T12:00:00"))
        #expect(start(skipped, zone: "Pacific/Apia") == start(noon, zone: "Pacific/Apia"))
    }
}
