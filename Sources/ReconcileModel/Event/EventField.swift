/// A field of an event that a page decides.
package enum EventField: String, CaseIterable, Codable, Comparable, Sendable {
    case summary, start, end, location, description

    package static func < (left: EventField, right: EventField) -> Bool { left.order < right.order }

    private var order: Int { EventField.allCases.firstIndex(of: self) ?? 0 }
}
