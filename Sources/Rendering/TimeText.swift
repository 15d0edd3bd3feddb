import ReconcileModel
import ZoneData

/// Dates and times as people read them, in an organization's zone; the same for every locale.
struct TimeText {
    private let zone: Zone

    init(zone: String, of zones: ZoneDatabase = .current) { self.zone = zones.zone(zone) ?? .utc }

    /// `Fri 2026-11-20`, `Fri 2026-11-27 – Sun 2026-11-29`, `Tue 2026-12-01 18:00 – 19:30`.
    func span(_ event: EventContent) -> String {
        switch (event.start, event.end) {
        case (.date(let start), .date(let end)):
            let last = end.adding(days: -1)
            return last <= start ? day(start) : "\(day(start)) – \(day(last))"
        case (.instant(let start), .instant(let end)):
            let (first, last) = (wall(start), wall(end))
            let tail = first.date == last.date ? clock(last) : "\(day(last.date)) \(clock(last))"
            return "\(day(first.date)) \(clock(first)) – \(tail)"
        case (.date, .instant), (.instant, .date):
            return "\(moment(event.start)) – \(moment(event.end))"
        }
    }

    func moment(_ time: EventTime) -> String {
        switch time {
        case .date(let date): return day(date)
        case .instant(let instant):
            let wall = wall(instant)
            return "\(day(wall.date)) \(clock(wall))"
        }
    }

    /// The day on which it is, in the zone.
    func day(of time: EventTime) -> CivilDate {
        switch time {
        case .date(let date): date
        case .instant(let instant): wall(instant).date
        }
    }

    /// The time of day; nil: all of it.
    func clock(of time: EventTime) -> String? {
        switch time {
        case .date: nil
        case .instant(let instant): clock(wall(instant))
        }
    }

    private func wall(_ instant: Timestamp) -> WallTime { zone.wall(at: instant) }

    private func day(_ date: CivilDate) -> String { "\(date.weekdayName) \(date)" }

    private func clock(_ wall: WallTime) -> String {
        let text = wall.description.suffix(8)
        return String(text.hasSuffix(":00") ? text.dropLast(3) : text)
    }
}
