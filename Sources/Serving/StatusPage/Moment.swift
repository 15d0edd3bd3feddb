import ReconcileModel

/// A time as people read it: how long ago or ahead, and the time itself in UTC.
struct Moment {
    /// RFC 3339, for programs.
    let machine: String
    /// `12 minutes ago`, `in 3 minutes`.
    let relative: String
    /// `22 Nov 2026, 18:02 UTC`.
    let absolute: String
    /// `22 Nov, 18:02`, where the rest is clear.
    let short: String

    init(_ time: Timestamp, now: Timestamp) {
        machine = time.rfc3339()
        relative = Self.relative(time.secondsSince1970 - now.secondsSince1970)
        let wall = WallTime(secondsIgnoringZone: time.secondsSince1970)
        let clock = wall.description.dropFirst(11).prefix(5)
        let day = "\(wall.date.day) \(wall.date.monthName)"
        absolute = "\(day) \(wall.date.year), \(clock) UTC"
        short = "\(day), \(clock)"
    }

    private static func relative(_ seconds: Int) -> String {
        let distance = seconds.magnitude
        guard distance >= 60 else { return seconds > 0 ? "in a moment" : "just now" }
        let text = length(Int(clamping: distance))
        return seconds > 0 ? "in \(text)" : "\(text) ago"
    }

    /// The largest unit of which there are two at least, or minutes.
    private static func length(_ seconds: Int) -> String {
        switch seconds {
        case ..<7_200: counted(seconds / 60, "minute")
        case ..<172_800: counted(seconds / 3_600, "hour")
        case ..<5_184_000: counted(seconds / 86_400, "day")
        case ..<63_072_000: counted(seconds / 2_592_000, "month")
        default: counted(seconds / 31_536_000, "year")
        }
    }
}
