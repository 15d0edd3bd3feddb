import NotionAPI

/// What the values of properties are computed from, where that decides what an empty one means.
struct ValueSources: Hashable, Sendable {
    /// Of properties that are computed from something we are not shown: what that is. When they are empty, nothing follows.
    let hidden: [PropertyID: String]
    /// The relations that rollups gather.
    let relations: [PropertyID: PropertyID]
    /// The properties with people that formulas are computed from.
    let people: [PropertyID: [PropertyID]]

    /// - Parameter source: nil: nothing is known of that.
    init(of columns: [PropertySchema], in source: NotionDataSource?) {
        let sources = source.map { PropertySources(source: $0) }
        hidden = Self.pairs(columns) { sources?.hiddenSource(of: $0) }
        relations = Self.pairs(columns) { sources?.relation(of: $0) }
        people = Self.pairs(columns) { sources?.people(behind: $0) }
    }

    /// What must be asked for beside the columns themselves.
    var ids: [PropertyID] { (Array(relations.values) + people.values.joined()).sorted { $0.written < $1.written } }

    private static func pairs<Value>(
        _ properties: [PropertySchema],
        _ value: (PropertySchema) -> Value?
    ) -> [PropertyID: Value] {
        let found = properties.compactMap { property in value(property).map { (property.id, $0) } }
        return Dictionary(found) { first, _ in first }
    }
}
