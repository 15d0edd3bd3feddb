import NotionAPI

/// What a property is to an event, and which types can be that.
enum MappingRole: String {
    case title, date, location, description

    /// Types whose values have a text form that makes sense to readers of a calendar.
    private static let textual: [PropertyType] = [
        .title, .richText, .select, .multiSelect, .status, .number, .checkbox, .url, .email, .phoneNumber, .people,
        .place, .formula, .rollup, .date, .createdTime, .lastEditedTime, .createdBy, .lastEditedBy, .uniqueID,
    ]

    /// In the order in which messages list them.
    var fittingTypes: [PropertyType] {
        switch self {
        case .title: [.title, .richText, .formula]
        // What a formula or a rollup gives is known only from its values.
        case .date: [.date, .formula, .rollup, .createdTime, .lastEditedTime]
        case .location, .description: Self.textual
        }
    }

    /// The type most databases use for this, by which a renamed property is guessed.
    var usualTypes: [PropertyType] {
        switch self {
        case .title: [.title]
        case .date: [.date]
        case .location: [.place, .select]
        case .description: [.richText]
        }
    }

    func fits(_ property: PropertySchema) -> Bool { fittingTypes.contains(property.type) }
}
