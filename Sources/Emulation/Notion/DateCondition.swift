import ReconcileModel

/// A condition on dates; a day covers its 24 hours in UTC.
struct DateCondition {
    var name: String
    var operand: JSONValue
    /// Milliseconds since 1970.
    var now: Int

    static let names: Set = [
        "equals", "before", "after", "on_or_before", "on_or_after", "this_week", "past_week", "past_month",
        "past_year", "next_week", "next_month", "next_year", "is_empty", "is_not_empty",
    ]

    func matches(_ value: JSONValue) -> Bool {
        guard let text = value.string ?? value["start"]?.string, let covered = span(text) else { return false }
        let start = covered.lowerBound
        if let window { return window.contains(start) }
        guard let bound = operand.string.flatMap({ span($0) }) else { return false }
        return switch name {
        case "equals": bound.contains(start)
        case "before": start < bound.lowerBound
        case "after": start >= bound.upperBound
        case "on_or_before": start < bound.upperBound
        default: start >= bound.lowerBound
        }
    }

    /// The milliseconds that a day or an instant covers.
    private func span(_ text: String) -> Range<Int>? {
        let today = now / day * day
        switch text {
        case "today": return today..<today + day
        case "tomorrow": return today + day..<today + 2 * day
        case "yesterday": return today - day..<today
        case "one_week_ago": return today - 7 * day..<today - 6 * day
        case "one_week_from_now": return today + 7 * day..<today + 8 * day
        case "one_month_ago": return today - 30 * day..<today - 29 * day
        case "one_month_from_now": return today + 30 * day..<today + 31 * day
        default: break
        }
        if let date = CivilDate(text) { return date.daysSince1970 * day..<(date.daysSince1970 + 1) * day }
        guard let (wall, offset) = WallTime.parse(text) else { return nil }
        let start = (wall.secondsIgnoringZone - (offset ?? 0)) * 1000 + Self.fraction(text)
        return start..<start + 1
    }

    /// The window of `past_week` and the like.
    private var window: Range<Int>? {
        switch name {
        case "this_week":
            // 1 January 1970 was a Thursday; weeks begin on Sunday.
            let sunday = (now / day + 4) / 7 * 7 - 4
            return sunday * day..<(sunday + 7) * day
        case "past_week": return now - 7 * day..<now
        case "past_month": return now - 30 * day..<now
        case "past_year": return now - 365 * day..<now
        case "next_week": return now..<now + 7 * day
        case "next_month": return now..<now + 30 * day
        case "next_year": return now..<now + 365 * day
        default: return nil
        }
    }

    private static func fraction(_ text: String) -> Int {
        guard let point = text.firstIndex(of: ".") else { return 0 }
        let digits = text[text.index(after: point)...].prefix { $0.isNumber }.prefix(3)
        return (Int(digits) ?? 0) * [1, 100, 10, 1][digits.count]
    }

    private var day: Int { 86_400_000 }
}
