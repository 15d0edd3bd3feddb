import ReconcileModel
import ZoneData

/// A time in an EXDATE line, as the clocks of the series show it.
enum ExcludedTime: Hashable, Sendable {
    /// All that starts on a day.
    case day(CivilDate)
    case wall(WallTime)

    /// The times of one line.
    ///
    /// - Parameters:
    ///   - line: `EXDATE:…` or `EXDATE;TZID=…:…`
    ///   - zone: of the series.
    static func all(in line: String, zone: Zone, zones: ZoneDatabase) throws(RecurrenceProblem) -> [ExcludedTime] {
        guard let colon = line.firstIndex(of: ":") else { throw RecurrenceProblem("\"\(line)\" has no times") }
        var own = zone
        for parameter in line[..<colon].split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, pair[0].uppercased() == "TZID" else { continue }
            guard let named = zones.zone(pair[1]) else {
                throw RecurrenceProblem("the time zone \"\(pair[1])\" of an EXDATE is not known")
            }
            own = named
        }
        var times: [ExcludedTime] = []
        for item in line[colon...].dropFirst().split(separator: ",") {
            switch BasicTime(item.uppercased()) {
            case .day(let day): times.append(.day(day))
            case .wall(let wall): times.append(.wall(own == zone ? wall : zone.wall(at: own.instant(of: wall))))
            case .instant(let instant): times.append(.wall(zone.wall(at: instant)))
            case nil: throw RecurrenceProblem("EXDATE has \"\(item)\", expected days such as 20261201")
            }
        }
        return times
    }

    /// The line that leaves out these starts.
    ///
    /// - Parameter zone: its IANA name; nil: they are days.
    static func line(_ starts: [WallTime], zone: String?) -> String? {
        let starts = Set(starts.map(\.secondsIgnoringZone)).sorted().map { WallTime(secondsIgnoringZone: $0) }
        guard !starts.isEmpty else { return nil }
        guard let zone else {
            return "EXDATE;VALUE=DATE:" + starts.map { BasicTime.text($0.date) }.joined(separator: ",")
        }
        let times = starts.map { BasicTime.text($0) + (zone == "UTC" ? "Z" : "") }.joined(separator: ",")
        return zone == "UTC" ? "EXDATE:\(times)" : "EXDATE;TZID=\(zone):\(times)"
    }
}
