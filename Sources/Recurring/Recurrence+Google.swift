package import ReconcileModel
package import ZoneData

extension Recurrence {
    /// What Google has, in the form in which it is compared: what is left out stands in the zone of the series, and the end of a rule is
    /// an instant or, without times, a day.
    ///
    /// - Parameters:
    ///   - lines: of the event, as they were answered.
    ///   - name: the zone of its start; nil for days.
    ///   - start: of its first occurrence.
    /// - Returns: nil where it does not repeat.
    package init?(google lines: [String], zone name: String?, from start: EventTime, zones: ZoneDatabase = .current) {
        guard !lines.isEmpty else { return nil }
        let zone = name.flatMap(zones.zone) ?? .utc
        var (others, excluded): ([String], [WallTime]) = ([], [])
        for line in lines {
            if let times = Self.excluded(by: line, in: zone, isTimed: name != nil, zones) {
                excluded += times
            } else {
                others.append(Self.rule(line, from: start, in: zone) ?? line)
            }
        }
        // All lines name one zone: feeds bring along the rules of that one.
        let canonical = name.map(zones.canonicalName)
        let exclusion = ExcludedTime.line(excluded, zone: canonical)
        self.init(lines: others + [exclusion].compactMap(\.self), zone: canonical)
        // Without a zone nobody knows on which day it begins.
        if name.flatMap(zones.zone) != nil || start.isDay { first = start.wall(in: zone).date }
    }

    /// What a line leaves out; nil where it is another one, or none that we write.
    private static func excluded(
        by line: String,
        in zone: Zone,
        isTimed: Bool,
        _ zones: ZoneDatabase
    ) -> [WallTime]? {
        guard line.uppercased().hasPrefix("EXDATE"),
            let times = try? ExcludedTime.all(in: line, zone: zone, zones: zones)
        else { return nil }
        var walls: [WallTime] = []
        for time in times {
            switch time {
            case .day where isTimed: return nil
            case .day(let day): walls.append(WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400))
            case .wall(let wall): walls.append(wall)
            }
        }
        return walls
    }

    /// A rule with its end as we write it; nil where it is none that is understood.
    private static func rule(_ line: String, from start: EventTime, in zone: Zone) -> String? {
        let line = line.uppercased()
        guard line.hasPrefix("RRULE:"), let rule = try? RecurrenceRule(String(line.dropFirst(6))) else { return nil }
        let last = Series(rule, from: start, to: start, zone: zone).last
        return rule.line(until: last.map(BasicTime.text))
    }
}

extension EventTime {
    fileprivate var isDay: Bool { if case .date = self { true } else { false } }
}
