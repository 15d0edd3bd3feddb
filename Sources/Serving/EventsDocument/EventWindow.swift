import ReconcileModel
import ZoneData

/// A span of time that events are looked for in, open where no bound is given.
///
/// It is held as instants for events with a time and as days for all-day events, which are the same everywhere: neither needs
/// a time zone any more when it is compared.
struct EventWindow: Sendable {
    private var from = Int.min
    /// Exclusive.
    private var to = Int.max
    private var firstDay = Int.min
    /// Inclusive.
    private var lastDay = Int.max

    /// - Parameters:
    ///   - from: a day counts from its beginning in the zone.
    ///   - to: a day counts to its end in the zone; of an instant nothing counts that starts at it.
    init(from: EventTime?, to: EventTime?, zone: Zone) {
        switch from {
        case .date(let day):
            self.from = Self.beginning(of: day, in: zone)
            firstDay = day.daysSince1970
        case .instant(let instant):
            self.from = instant.secondsSince1970
            firstDay = Self.day(at: instant, in: zone)
        case nil: break
        }
        switch to {
        case .date(let day):
            self.to = Self.beginning(of: day.adding(days: 1), in: zone)
            lastDay = day.daysSince1970
        case .instant(let instant):
            self.to = instant.secondsSince1970
            lastDay = Self.day(at: instant.adding(seconds: -1), in: zone)
        case nil: break
        }
    }

    /// Whether a part of the event lies in the window. An event without duration lies where it starts.
    func overlaps(_ event: EventContent) -> Bool {
        guard from < to else { return false }
        switch (event.start, event.end) {
        case (.date(let start), .date(let end)):
            let last = max(start, end.adding(days: -1))
            return start.daysSince1970 <= lastDay && last.daysSince1970 >= firstDay
        default:
            let (start, end) = (event.start.order, event.end.order)
            return start < to && (end > from || start >= from)
        }
    }

    private static func day(at instant: Timestamp, in zone: Zone) -> Int { zone.wall(at: instant).date.daysSince1970 }

    private static func beginning(of day: CivilDate, in zone: Zone) -> Int {
        zone.instant(of: WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400)).secondsSince1970
    }
}
