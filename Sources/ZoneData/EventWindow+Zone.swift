package import ReconcileModel

extension EventWindow {
    /// - Parameters:
    ///   - from: a day counts from its beginning in the zone.
    ///   - to: a day counts to its end in the zone; of an instant nothing counts that starts at it.
    package init(from: EventTime?, to: EventTime?, zone: Zone) {
        var (start, end) = (Int.min, Int.max)
        var (firstDay, lastDay) = (Int.min, Int.max)
        switch from {
        case .date(let day):
            start = Self.beginning(of: day, in: zone)
            firstDay = day.daysSince1970
        case .instant(let instant):
            start = instant.secondsSince1970
            firstDay = Self.day(at: instant, in: zone)
        case nil: break
        }
        switch to {
        case .date(let day):
            end = Self.beginning(of: day.adding(days: 1), in: zone)
            lastDay = day.daysSince1970
        case .instant(let instant):
            end = instant.secondsSince1970
            lastDay = Self.day(at: instant.adding(seconds: -1), in: zone)
        case nil: break
        }
        self.init(instants: start..<max(start, end), days: firstDay <= lastDay ? firstDay...lastDay : nil)
    }

    private static func day(at instant: Timestamp, in zone: Zone) -> Int { zone.wall(at: instant).date.daysSince1970 }

    private static func beginning(of day: CivilDate, in zone: Zone) -> Int {
        zone.instant(of: WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400)).secondsSince1970
    }
}

extension Organization {
    /// Where its events are looked after: everywhere, unless its declaration has a window.
    ///
    /// - Parameter now: the window moves along with it, day by day in the organization's zone.
    package func eventWindow(now: Timestamp, zones: ZoneDatabase = .current) -> EventWindow {
        guard let window, let zone = zones.zone(timeZone) else { return .open }
        let today = zone.wall(at: now).date
        func day(_ offset: CalendarOffset?) -> EventTime? { offset.map { .date(today.adding($0)) } }
        return EventWindow(from: day(window.past?.negated), to: day(window.future), zone: zone)
    }
}
