/// How an event repeats: lines of RFC 5545 as Google takes them, and the zone whose wall time the series keeps.
///
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5>
package struct Recurrence: Hashable, Sendable {
    /// `RRULE:…`, then `EXDATE…:…`; never empty.
    package var lines: [String]
    /// The IANA name by which the system's zone data knows it; nil for a series of whole days, and where nobody said.
    package var zone: String?
    /// The day of the first occurrence, on the clocks of the zone; nil where nobody said.
    package var first: CivilDate?

    package init(lines: [String], zone: String?, first: CivilDate? = nil) {
        (self.lines, self.zone, self.first) = (lines, zone, first)
    }
}

extension Recurrence {
    private static let zoneName = "TZID:"
    private static let firstName = "FIRST:"

    /// The lines, and one each for zone and first day: as a field of an event holds it.
    package var text: String {
        let own = [zone.map { Self.zoneName + $0 }, first.map { "\(Self.firstName)\($0)" }].compactMap(\.self)
        return (lines + own).joined(separator: "\n")
    }

    /// Nil where no line is there.
    package init?(text: String?) {
        let all = (text ?? "").split(separator: "\n").map(String.init)
        func value(_ name: String) -> String? {
            all.last { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
        }
        lines = all.filter { !$0.hasPrefix(Self.zoneName) && !$0.hasPrefix(Self.firstName) }
        (zone, first) = (value(Self.zoneName), value(Self.firstName).flatMap { CivilDate($0) })
        if lines.isEmpty { return nil }
    }

    /// The lines alone, for people and programs.
    package var shown: String { lines.joined(separator: "\n") }

    /// The value of the rule, without its name; nil: there is none, or there are several.
    package var rule: String? {
        let rules = lines.filter { $0.hasPrefix("RRULE:") }
        return rules.count == 1 ? rules.first.map { String($0.dropFirst(6)) } : nil
    }

    /// Whether both mean the same, however they are written; a zone, or a first day, of which one side says nothing makes no difference.
    package func isSame(as other: Recurrence) -> Bool {
        guard zone == nil || other.zone == nil || zone == other.zone else { return false }
        var (one, two) = (self, other)
        (one.first, two.first) = (first ?? other.first, other.first ?? first)
        return one.meaning == two.meaning
    }

    /// Likewise, of two texts; nil and empty ones mean no series.
    package static func isSame(_ one: String?, _ other: String?) -> Bool {
        switch (Recurrence(text: one), Recurrence(text: other)) {
        case (nil, nil): true
        case (let one?, let other?): one.isSame(as: other)
        case (nil, _?), (_?, nil): false
        }
    }
}
