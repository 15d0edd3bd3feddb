package import NotionAPI
package import ReconcileModel

/// Which properties of a data source make up an event; proof that each exists and has a fitting type.
package struct SchemaMapping: Hashable, Sendable {
    package let title: PropertySchema
    package let date: PropertySchema
    package let location: PropertySchema?
    package let description: PropertySchema?
    /// Of mapped properties that are computed from something we are not shown: what that is. When they are empty, nothing
    /// follows.
    let hiddenSources: [PropertyID: String]
    /// The relations that mapped rollups gather.
    let relations: [PropertyID: PropertyID]

    package init(
        title: PropertySchema,
        date: PropertySchema,
        location: PropertySchema? = nil,
        description: PropertySchema? = nil,
        of source: NotionDataSource? = nil
    ) {
        (self.title, self.date, self.location, self.description) = (title, date, location, description)
        let mapped = [title, date, location, description].compactMap(\.self)
        let sources = source.map { PropertySources(source: $0) }
        hiddenSources = Self.pairs(mapped) { sources?.hiddenSource(of: $0) }
        relations = Self.pairs(mapped) { sources?.relation(of: $0) }
    }

    private static func pairs<Value>(
        _ properties: [PropertySchema],
        _ value: (PropertySchema) -> Value?
    ) -> [PropertyID: Value] {
        let found = properties.compactMap { property in value(property).map { (property.id, $0) } }
        return Dictionary(found) { first, _ in first }
    }

    /// The properties that make up events, each id once: what must be read whole.
    package var propertyIDs: [PropertyID] { Self.unique([title, date, location, description].compactMap { $0?.id }) }

    /// What a query must ask for: also relations, which tell whether a rollup is empty for a reason.
    package var queriedIDs: [PropertyID] {
        Self.unique(propertyIDs + relations.values.sorted { $0.written < $1.written })
    }

    private static func unique(_ ids: [PropertyID]) -> [PropertyID] {
        ids.reduce(into: []) { ids, id in
            if !ids.contains(id) { ids.append(id) }
        }
    }

    /// The fields that pages decide. Without a property for it, a field belongs to people.
    package var managedFields: Set<EventField> {
        var fields: Set<EventField> = [.summary, .start, .end]
        if location != nil { fields.insert(.location) }
        if description != nil { fields.insert(.description) }
        return fields
    }

    /// Finds the declared properties, and by their usual names those that are not declared.
    ///
    /// - Throws: `property_missing` where one does not exist, `property_type` where its type does not fit. A field must never
    ///   lose its property in silence: all its events would be changed.
    package static func resolve(
        _ mapping: PropertyMapping,
        in source: NotionDataSource
    ) throws(Failure) -> SchemaMapping {
        let lookup = PropertyLookup(source: source)
        return SchemaMapping(
            title: try lookup.title(declared: mapping.title),
            date: try lookup.property(mapping.date ?? "Date", for: .date),
            location: try lookup.text(declared: mapping.location, usual: "Location", for: .location),
            description: try lookup.text(declared: mapping.description, usual: "Description", for: .description),
            of: source
        )
    }
}
