import NotionAPI
import ReconcileModel

/// Which columns can give a field of an event.
extension EventField {
    /// Types whose values have a text form that makes sense to readers of a calendar.
    static let textual: [PropertyType] = [
        .title, .richText, .select, .multiSelect, .status, .number, .checkbox, .url, .email, .phoneNumber, .people,
        .place, .formula, .rollup, .date, .createdTime, .lastEditedTime, .createdBy, .lastEditedBy, .uniqueID,
    ]

    /// In the order in which messages list them.
    var fittingTypes: [PropertyType] {
        switch self {
        case .summary: [.title, .richText, .formula]
        // What a formula or a rollup gives is known only from its values.
        case .start, .end: [.date, .formula, .rollup, .createdTime, .lastEditedTime]
        case .location, .description: Self.textual
        case .recurrence: [.richText, .select, .title, .status, .formula, .rollup]
        case .color, .visibility, .busy, .reminders: []
        }
    }

    /// The type most databases use for this, by which a renamed property is guessed.
    var usualTypes: [PropertyType] {
        switch self {
        case .summary: [.title]
        case .start, .end: [.date]
        case .location: [.place, .select]
        case .description, .recurrence: [.richText]
        case .color, .visibility, .busy, .reminders: []
        }
    }

    /// How many code points of a text are sent. Only that of a description is documented; what more of the others does is unknown.
    var longestText: Int {
        switch self {
        case .summary, .location: 1_024
        case .description: 8_192
        case .start, .end, .recurrence, .color, .visibility, .busy, .reminders: .max
        }
    }

    func fits(_ property: PropertySchema) -> Bool { fittingTypes.contains(property.type) }
}
