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

    private func wall(_ instant: Timestamp) -> WallTime { zone.wall(at: instant) }

    private func day(_ date: CivilDate) -> String {
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1 January 1970 was a Thursday.
        let index = ((date.daysSince1970 % 7) + 7) % 7
        return "\(names[index]) \(date)"
    }

    private func clock(_ wall: WallTime) -> String {
        let text = wall.description.suffix(8)
        return String(text.hasSuffix(":00") ? text.dropLast(3) : text)
    }
}
