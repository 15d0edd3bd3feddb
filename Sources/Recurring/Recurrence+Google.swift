package import ReconcileModel
package import ZoneData

extension Recurrence {
    /// What Google has, in the form in which it is compared: what is left out stands in the zone of the series.
    ///
    /// - Parameters:
    ///   - lines: of the event, as they were answered.
    ///   - zone: that of its start; nil for days.
    /// - Returns: nil where it does not repeat.
    package init?(google lines: [String], zone name: String?, zones: ZoneDatabase = .current) {
        guard !lines.isEmpty else { return nil }
        let zone = name.flatMap(zones.zone) ?? .utc
        var (others, excluded): ([String], [WallTime]) = ([], [])
        for line in lines {
            guard line.uppercased().hasPrefix("EXDATE"),
                let times = try? ExcludedTime.all(in: line, zone: zone, zones: zones)
            else {
                others.append(line)
                continue
            }
            let walls = times.compactMap { time -> WallTime? in
                switch time {
                case .day(let day): WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400)
                case .wall(let wall): wall
                }
            }
            // A day among times is nothing that we write.
            if name != nil, times.contains(where: { if case .day = $0 { true } else { false } }) {
                others.append(line)
            } else {
                excluded += walls
            }
        }
        self.init(lines: others + [ExcludedTime.line(excluded, zone: name)].compactMap(\.self), zone: name)
    }
}
