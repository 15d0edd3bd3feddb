package import NotionAPI
package import ReconcileModel

/// Which properties of a data source make up an event; proof that each exists and has a fitting type.
package struct SchemaMapping: Hashable, Sendable {
    package let title: PropertySchema
    package let date: PropertySchema
    package let location: PropertySchema?
    package let description: PropertySchema?

    package init(
        title: PropertySchema,
        date: PropertySchema,
        location: PropertySchema? = nil,
        description: PropertySchema? = nil
    ) {
        (self.title, self.date, self.location, self.description) = (title, date, location, description)
    }

    /// What a query must ask for, each id once.
    package var propertyIDs: [PropertyID] {
        [title, date, location, description].compactMap { $0?.id }.reduce(into: []) { ids, id in
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
            description: try lookup.text(declared: mapping.description, usual: "Description", for: .description)
        )
    }
}
