import NotionAPI
import ReconcileModel
import ZoneData

/// On which day of an organization something is.
struct FilterDays: Sendable {
    /// The day of the run.
    let today: CivilDate
    private let zone: Zone?
    private let zones: ZoneDatabase

    /// - Parameters:
    ///   - now: when the run looks.
    ///   - zone: the organization's, an IANA name.
    init(now: Timestamp, zone: String, zones: ZoneDatabase) {
        self.zone = zones.zone(zone)
        self.zones = zones
        today = Self.day(of: now, in: self.zone)
    }

    /// The day on which a date starts: a day is itself, an instant is on that of the organization.
    ///
    /// - Throws: where it is no date.
    func day(of date: NotionDate) throws(EventInterval.Problem) -> CivilDate {
        switch try EventInterval(
            NotionDate(start: date.start, timeZone: date.timeZone),
            defaultDuration: 0,
            zones: zones
        )
        .start
        {
        case .date(let day): day
        case .instant(let instant): Self.day(of: instant, in: zone)
        }
    }

    private static func day(of instant: Timestamp, in zone: Zone?) -> CivilDate {
        guard let zone else { return WallTime(secondsIgnoringZone: instant.secondsSince1970).date }
        return zone.wall(at: instant).date
    }
}
