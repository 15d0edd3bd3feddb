/// A field of an event that a page decides.
///
/// What else is to be known of each stands beside those who need it, as further properties: its place in Google's resource
/// (CalendarAPI), the columns of Notion that can give it (Mapping).
package enum EventField: String, CaseIterable, Codable, Comparable, Sendable {
    case summary, start, end, location, description, recurrence
    /// Settings, which only templates make ours.
    case color, visibility, busy, reminders

    package static let all = Set(allCases)

    package static func < (left: EventField, right: EventField) -> Bool { left.order < right.order }

    private var order: Int { EventField.allCases.firstIndex(of: self) ?? 0 }
}

extension EventField {
    package enum Kind: Sendable {
        case text, time
        /// A word of a few; empty: what a new event has.
        case setting
        /// Lines of RFC 5545; empty: it takes place once.
        case rule
    }

    /// What its values are.
    package var kind: Kind {
        switch self {
        case .summary, .location, .description: .text
        case .start, .end: .time
        case .color, .visibility, .busy, .reminders: .setting
        case .recurrence: .rule
        }
    }

    /// Whether pages decide it in any case; the others may be left to people.
    package var isRequired: Bool {
        switch self {
        case .summary, .start, .end: true
        case .location, .description, .recurrence, .color, .visibility, .busy, .reminders: false
        }
    }

    /// Those that columns may give, or that are left to people.
    package static let optional = allCases.filter { !$0.isRequired && $0.kind != .setting }

    /// Of these, the texts: a column of their usual name gives them where nothing is declared.
    package static let texts = optional.filter { $0.kind == .text }

    /// Those that only templates give.
    package static let settings = allCases.filter { $0.kind == .setting }

    /// What an event that nobody set otherwise has, in a word; nil: nothing.
    package var standard: String? {
        switch self {
        case .visibility: EventVisibility.standard.rawValue
        case .busy: "true"
        case .summary, .start, .end, .location, .description, .recurrence, .color, .reminders: nil
        }
    }

    /// Whichever fields pages may decide together, without what templates set of single events.
    package static let decisions: [Set<EventField>] = optional.reduce([all.subtracting(settings)]) { sets, field in
        sets + sets.map { $0.subtracting([field]) }
    }

    /// The key under `properties:` of a declaration that decides where it comes from.
    package var propertyKey: String {
        switch self {
        case .summary: "title"
        case .start: "date"
        case .end: "end"
        case .location, .description, .recurrence, .color, .visibility, .busy, .reminders: rawValue
        }
    }

    /// The column that gives it where nothing is declared; of the summary, any column of type title does.
    package var usualColumn: String { propertyKey.prefix(1).uppercased() + propertyKey.dropFirst() }
}

extension EventField {
    /// Whether two values of it mean the same.
    package func isSame(_ one: FieldValue, _ other: FieldValue) -> Bool {
        kind == .rule ? Recurrence.isSame(one.text, other.text) : one.isSame(as: other)
    }
}

/// So that its keys are words in JSON, too.
extension EventField: CodingKeyRepresentable {}
