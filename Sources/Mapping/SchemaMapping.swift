package import NotionAPI
package import ReconcileModel

/// Which properties of a data source make up an event; proof that each exists and has a fitting type.
package struct SchemaMapping: Hashable, Sendable {
    package let title: PropertySchema
    package let date: PropertySchema
    /// Of the fields that may be left to people, those that a column gives.
    package let optional: [EventField: PropertySchema]
    /// Of mapped properties that are computed from something we are not shown: what that is. When they are empty, nothing
    /// follows.
    let hiddenSources: [PropertyID: String]
    /// The relations that mapped rollups gather.
    let relations: [PropertyID: PropertyID]
    /// The properties with people that mapped formulas are computed from.
    let people: [PropertyID: [PropertyID]]
    /// Columns that are not used although somebody may think so.
    package let notes: [MappingNote]

    package init(
        title: PropertySchema,
        date: PropertySchema,
        optional: [EventField: PropertySchema] = [:],
        notes: [MappingNote] = [],
        of source: NotionDataSource? = nil
    ) {
        self.title = title
        self.date = date
        self.optional = optional
        self.notes = notes
        let mapped = Self.columns(title, date, optional)
        let sources = source.map { PropertySources(source: $0) }
        hiddenSources = Self.pairs(mapped) { sources?.hiddenSource(of: $0) }
        relations = Self.pairs(mapped) { sources?.relation(of: $0) }
        people = Self.pairs(mapped) { sources?.people(behind: $0) }
    }

    private static func pairs<Value>(
        _ properties: [PropertySchema],
        _ value: (PropertySchema) -> Value?
    ) -> [PropertyID: Value] {
        let found = properties.compactMap { property in value(property).map { (property.id, $0) } }
        return Dictionary(found) { first, _ in first }
    }

    /// The properties that make up events, each id once: what must be read whole.
    package var propertyIDs: [PropertyID] { Self.unique(Self.columns(title, date, optional).map(\.id)) }

    /// What a query must ask for: also relations and people, which tell whether a rollup or formula is empty for a reason.
    package var queriedIDs: [PropertyID] {
        let sources = Array(relations.values) + people.values.joined()
        return Self.unique(propertyIDs + sources.sorted { $0.written < $1.written })
    }

    private static func columns(
        _ title: PropertySchema,
        _ date: PropertySchema,
        _ optional: [EventField: PropertySchema]
    ) -> [PropertySchema] {
        [title, date] + EventField.optional.compactMap { optional[$0] }
    }

    private static func unique(_ ids: [PropertyID]) -> [PropertyID] {
        ids.reduce(into: []) { ids, id in
            if !ids.contains(id) { ids.append(id) }
        }
    }

    /// The fields that pages decide. Without a property for it, a field belongs to people.
    package var managedFields: Set<EventField> {
        Set(EventField.allCases.filter { $0.isRequired || optional[$0] != nil })
    }

    /// Which column gives which field, in one sentence.
    package var summary: String {
        var parts = ["the title comes from \"\(title.name)\"", "start and end from \"\(date.name)\""]
        var none: [String] = []
        for field in EventField.optional {
            if let column = optional[field] {
                parts.append("the \(field.rawValue) from \"\(column.name)\"")
            } else {
                none.append("the \(field.rawValue)")
            }
        }
        let missing = none.isEmpty ? "" : "; no column gives \(none.joined(separator: " and "))"
        return "This is the first run: \(parts.joined(separator: ", "))\(missing)."
    }

    /// Where the managed fields come from.
    package func origins(of dataSource: DataSourceID, defaultDuration: Int) -> FieldOrigins {
        func column(_ property: PropertySchema) -> FieldOrigins.Column {
            FieldOrigins.Column(id: property.id.decoded, name: property.name, type: property.type.rawValue)
        }
        var columns = [EventField.summary: column(title), .start: column(date), .end: column(date)]
        for (field, property) in optional { columns[field] = column(property) }
        return FieldOrigins(columns: columns, of: dataSource, defaultDuration: defaultDuration)
    }

    /// Finds the declared properties, and by their usual names those that are not declared.
    ///
    /// - Parameter decided: the fields that pages decide since an earlier run: a column that appeared later gives none until it
    ///   is declared. What people wrote into the events until then would be lost. Nil: this is the first run.
    /// - Throws: `property_missing` where one does not exist, `property_type` where its type does not fit. A field must never
    ///   lose its property in silence: all its events would be changed.
    package static func resolve(
        _ mapping: PropertyMapping,
        in source: NotionDataSource,
        decided: Set<EventField>? = nil
    ) throws(Failure) -> SchemaMapping {
        let lookup = PropertyLookup(source: source)
        let title = try lookup.title(declared: mapping[.summary])
        let date = try lookup.property(mapping[.start] ?? EventField.start.usualColumn, for: .start)
        var notes: [MappingNote] = []
        var optional: [EventField: PropertySchema] = [:]
        for field in EventField.optional {
            if let declared = mapping[field] {
                optional[field] = try lookup.property(declared, for: field)
            } else if mapping.leftToPeople.contains(field) {
                continue
            } else if let found = lookup.usual(field) {
                let isDecided = decided?.contains(field) ?? true
                if isDecided { optional[field] = found } else { notes.append(MappingNote(.appeared, field, found)) }
            } else if decided == nil, let note = lookup.nearMiss(field) {
                notes.append(note)
            }
        }
        return SchemaMapping(title: title, date: date, optional: optional, notes: notes, of: source)
    }
}
