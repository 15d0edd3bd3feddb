package import ReconcileModel
package import ZoneData

/// When the occurrences of a recurring event take place by its rule.
///
/// - The first start is an occurrence in any case, and counts, as in Google and in RFC 5545.
/// - Times are wall times of the series' zone, start and end: of two instants the first, in a gap by the offset before it.
package struct Series: Sendable {
    /// One of them.
    package struct Occurrence: Hashable, Sendable {
        package var start: EventTime
        /// Exclusive, as that of an event.
        package var end: EventTime
    }

    private let rule: RecurrenceRule
    private let start: EventTime
    private let end: EventTime
    private let zone: Zone
    private let first: WallTime
    /// Between the wall times of start and end.
    private let length: Int
    private let excluded: Set<ExcludedTime>
    /// Nil: without end.
    let last: EventTime?

    /// Nil where it does not repeat, or in a way that is not understood here (a person's, with RDATE).
    package init?(_ event: EventContent, zones: ZoneDatabase = .current) {
        guard let recurrence = event.recurrence, let text = recurrence.rule,
            let rule = try? RecurrenceRule(text)
        else { return nil }
        let zone = (recurrence.zone ?? event.displayZone).flatMap(zones.zone) ?? .utc
        var excluded: [ExcludedTime] = []
        for line in recurrence.lines where !line.hasPrefix("RRULE:") {
            guard line.hasPrefix("EXDATE"), let times = try? ExcludedTime.all(in: line, zone: zone, zones: zones) else {
                return nil
            }
            excluded += times
        }
        self.init(rule, from: event.start, to: event.end, zone: zone, excluding: excluded)
    }

    /// - Parameter zone: of days, whichever.
    init(_ rule: RecurrenceRule, from start: EventTime, to end: EventTime, zone: Zone, excluding: [ExcludedTime] = []) {
        (self.rule, self.start, self.end, self.zone) = (rule, start, end, zone)
        first = start.wall(in: zone)
        length = max(0, end.wall(in: zone).secondsIgnoringZone - first.secondsIgnoringZone)
        excluded = Set(excluding)
        last = rule.until.map { until in
            switch (until, start) {
            case (.day(let day), .date): .date(day)
            case (.wall(let wall), .date): .date(wall.date)
            case (.instant(let instant), .date): .date(zone.wall(at: instant).date)
            case (.day(let day), .instant): .instant(zone.instant(of: day.endOfDay))
            case (.wall(let wall), .instant): .instant(zone.instant(of: wall))
            case (.instant(let instant), .instant): .instant(instant)
            }
        }
    }

    /// Whether the rule yields the first start.
    package var isFirstOnRule: Bool { firstDay == first.date }

    /// The first day that the rule yields, without its end; nil: it yields none.
    var firstDay: CivilDate? {
        var found: CivilDate?
        rule.forEachDay(from: first.date) { day in
            found = day
            return false
        }
        return found
    }

    /// The start of the `number`th occurrence, counted from 1 and including those that are left out; nil: there are not so many.
    func start(ofOccurrence number: Int) -> EventTime? {
        var (left, found) = (number, nil as EventTime?)
        walk { start in
            left -= 1
            if left == 0 { found = start }
            return left > 0
        }
        return found
    }

    /// Those of which a part lies in each of the windows, in their order.
    ///
    /// - Parameter limit: at most so many.
    package func occurrences(in windows: [EventWindow], limit: Int) -> [Occurrence] {
        guard limit > 0 else { return [] }
        var found: [Occurrence] = []
        let (before, skip) = (length / 86_400 + 2, windows.map(\.firstDay).max() ?? .min)
        walk(skippingTo: skip == .min ? .min : skip - before) { start in
            guard windows.allSatisfy({ $0.isOpen(after: start) }) else { return false }
            guard !isExcluded(start) else { return true }
            let occurrence = Occurrence(start: start, end: end(of: start))
            if windows.allSatisfy({ $0.overlaps(from: occurrence.start, to: occurrence.end) }) {
                found.append(occurrence)
            }
            return found.count < limit
        }
        return found
    }

    /// Whether the rule, without its exceptions, has an occurrence that starts then.
    package func has(_ start: EventTime) -> Bool {
        var isFound = false
        walk(skippingTo: start.wall(in: zone).date.daysSince1970 - 1) { other in
            isFound = other == start
            return !isFound && other.order < start.order
        }
        return isFound && !isExcluded(start)
    }

    package func end(of start: EventTime) -> EventTime {
        switch start {
        case self.start: return end
        case .date(let day): return .date(day.adding(days: length / 86_400))
        case .instant(let instant):
            let wall = zone.wall(at: instant)
            let end = zone.instant(of: WallTime(secondsIgnoringZone: wall.secondsIgnoringZone + length))
            return .instant(max(end, instant))
        }
    }

    private func isExcluded(_ start: EventTime) -> Bool {
        guard !excluded.isEmpty else { return false }
        let wall = start.wall(in: zone)
        return excluded.contains(.wall(wall)) || excluded.contains(.day(wall.date))
    }

    /// Goes through all starts, also those that are left out.
    ///
    /// - Parameters:
    ///   - skip: what is before this day need not be visited, in days since 1970.
    ///   - visit: whether to go on.
    private func walk(skippingTo skip: Int = .min, _ visit: (EventTime) -> Bool) {
        var left = rule.count ?? .max
        guard visit(start) else { return }
        left -= 1
        // A rule that is counted is counted from its first day.
        rule.forEachDay(from: first.date, skippingTo: rule.count == nil ? skip : .min) { day in
            guard day != first.date else { return true }
            let next = time(on: day)
            guard left > 0, day.year < 9_999, last.map({ next.order <= $0.order }) ?? true else { return false }
            left -= 1
            return visit(next)
        }
    }

    private func time(on day: CivilDate) -> EventTime {
        switch start {
        case .date: .date(day)
        case .instant:
            .instant(
                zone.instant(of: WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400 + first.secondOfDay))
            )
        }
    }
}

extension EventTime {
    /// What clocks of a zone show; a day begins at midnight.
    func wall(in zone: Zone) -> WallTime {
        switch self {
        case .date(let day): WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400)
        case .instant(let instant): zone.wall(at: instant)
        }
    }
}

extension CivilDate {
    /// 23:59:59.
    var endOfDay: WallTime { WallTime(secondsIgnoringZone: daysSince1970 * 86_400 + 86_399) }
}
