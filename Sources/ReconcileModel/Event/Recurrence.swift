/// How an event repeats: lines of RFC 5545 as Google takes them, and the zone whose wall time the series keeps.
///
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5>
package struct Recurrence: Hashable, Sendable {
    /// `RRULE:…`, then `EXDATE…:…`; never empty.
    package var lines: [String]
    /// An IANA name; nil for a series of whole days, and where nobody said.
    package var zone: String?

    package init(lines: [String], zone: String?) { (self.lines, self.zone) = (lines, zone) }
}

extension Recurrence {
    private static let zoneName = "TZID:"

    /// The lines, and one for the zone: as a field of an event holds it.
    package var text: String { (lines + [zone.map { Self.zoneName + $0 }].compactMap(\.self)).joined(separator: "\n") }

    /// Nil where no line is there.
    package init?(text: String?) {
        let all = (text ?? "").split(separator: "\n").map(String.init)
        lines = all.filter { !$0.hasPrefix(Self.zoneName) }
        zone = all.last { $0.hasPrefix(Self.zoneName) }.map { String($0.dropFirst(Self.zoneName.count)) }
        if lines.isEmpty { return nil }
    }

    /// The lines alone, for people and programs.
    package var shown: String { lines.joined(separator: "\n") }

    /// The value of the rule, without its name; nil: there is none, or there are several.
    package var rule: String? {
        let rules = lines.filter { $0.hasPrefix("RRULE:") }
        return rules.count == 1 ? rules.first.map { String($0.dropFirst(6)) } : nil
    }

    /// Whether both mean the same: the order of parts and of lists, and what a rule has by default, make no difference; nor does
    /// a zone of which one side says nothing.
    package func isSame(as other: Recurrence) -> Bool {
        guard zone == nil || other.zone == nil || zone == other.zone else { return false }
        return lines.map(Self.comparable).sorted() == other.lines.map(Self.comparable).sorted()
    }

    /// Likewise, of two texts; nil and empty ones mean no series.
    package static func isSame(_ one: String?, _ other: String?) -> Bool {
        switch (Recurrence(text: one), Recurrence(text: other)) {
        case (nil, nil): true
        case (let one?, let other?): one.isSame(as: other)
        case (nil, _?), (_?, nil): false
        }
    }

    private static func comparable(_ line: String) -> String {
        guard let colon = line.firstIndex(of: ":") else { return line.uppercased() }
        let (name, value) = (line[..<colon], line[colon...].dropFirst().uppercased())
        guard name.uppercased() == "RRULE" else {
            return "\(name):\(value.split(separator: ",").sorted().joined(separator: ","))"
        }
        var parts: [String: [String]] = [:]
        for part in value.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = pair.first else { continue }
            parts[name] = (pair.dropFirst().first ?? "").split(separator: ",").map(String.init).sorted()
        }
        if parts["INTERVAL"] == ["1"] { parts["INTERVAL"] = nil }
        // The day on which weeks begin matters where some of them are skipped, and Monday is the default.
        let skipsWeeks = parts["FREQ"] == ["WEEKLY"] && parts["INTERVAL"] != nil && parts["BYDAY"] != nil
        if parts["WKST"] == ["MO"] || !(skipsWeeks || parts["BYWEEKNO"] != nil) { parts["WKST"] = nil }
        let sorted = parts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: ","))" }
        return "RRULE:\(sorted.joined(separator: ";"))"
    }
}
