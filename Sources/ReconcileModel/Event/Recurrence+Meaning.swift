/// Two rules may be written differently and mean the same: Google and its user interface put them into forms of their own.
///
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10>
extension Recurrence {
    /// The same text for all that means the same: the order of lines, parts and lists makes no difference, nor does what a rule has by
    /// default or by the day of its first occurrence. What is left out stands in the zone of the series on all sides.
    package var meaning: String { lines.map(meaning).sorted().joined(separator: "\n") }

    private func meaning(of line: String) -> String {
        guard let colon = line.firstIndex(of: ":") else { return line.uppercased() }
        let name = line[..<colon].uppercased()
        let value = line[colon...].dropFirst().uppercased()
        if name.hasPrefix("EXDATE") {
            let starts = value.split(separator: ",").map { $0.hasSuffix("Z") ? $0.dropLast() : $0 }
            return "EXDATE:\(Set(starts).sorted().joined(separator: ","))"
        }
        guard name == "RRULE" else { return "\(name):\(value.split(separator: ",").sorted().joined(separator: ","))" }
        var parts = RuleParts(value)
        parts.dropDefaults()
        if let first { parts.dropImplied(by: first) }
        return "RRULE:\(parts.text)"
    }
}

/// The parts of a rule, of which some may say nothing that would not hold without them.
private struct RuleParts {
    private var values: [String: Set<String>] = [:]

    init(_ rule: String) {
        for part in rule.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard let name = pair.first else { continue }
            let items = (pair.dropFirst().first ?? "").split(separator: ",")
            values[String(name)] = Set(items.map { $0.hasPrefix("+") ? String($0.dropFirst()) : String($0) })
        }
    }

    var text: String {
        values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.sorted().joined(separator: ","))" }
            .joined(separator: ";")
    }

    private func one(_ name: String) -> String? { values[name]?.count == 1 ? values[name]?.first : nil }

    private func hasNone(of names: [String]) -> Bool { names.allSatisfy { values[$0] == nil } }

    mutating func dropDefaults() {
        if one("INTERVAL") == "1" { values["INTERVAL"] = nil }
        // The first Monday of a month, in two ways.
        if one("FREQ") == "MONTHLY", values["BYMONTHDAY"] == nil, let day = one("BYDAY"), day.utf8.count == 2,
            let position = one("BYSETPOS")
        {
            (values["BYDAY"], values["BYSETPOS"]) = (["\(position)\(day)"], nil)
        }
        dropWeekStart()
    }

    /// The day on which weeks begin matters where some of them are skipped, and Monday is the default.
    private mutating func dropWeekStart() {
        let skipsWeeks = one("FREQ") == "WEEKLY" && values["INTERVAL"] != nil && values["BYDAY"] != nil
        if one("WKST") == "MO" || !(skipsWeeks || values["BYWEEKNO"] != nil) { values["WKST"] = nil }
    }

    /// A rule without days goes by that of its first occurrence.
    mutating func dropImplied(by first: CivilDate) {
        let (month, day) = ("\(first.month)", "\(first.day)")
        switch one("FREQ") {
        case "WEEKLY" where one("BYDAY") == first.weekdayCode && hasNone(of: ["BYSETPOS"]):
            values["BYDAY"] = nil
            dropWeekStart()
        case "MONTHLY" where one("BYMONTHDAY") == day && hasNone(of: ["BYDAY", "BYSETPOS"]):
            values["BYMONTHDAY"] = nil
        case "YEARLY"
        where one("BYMONTH") == month && hasNone(of: ["BYDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"])
            && (values["BYMONTHDAY"] == nil || one("BYMONTHDAY") == day):
            (values["BYMONTH"], values["BYMONTHDAY"]) = (nil, nil)
        default: break
        }
    }
}
