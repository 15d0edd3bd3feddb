package import JSON
package import NotionAPI
package import ReconcileModel
package import ZoneData

/// Which properties of a data source make up an event; proof that each exists and has a fitting type.
package struct SchemaMapping: Hashable, Sendable {
    package let title: TextSource
    package let date: PropertySchema
    /// A second property with dates: what it has is the end.
    package let end: PropertySchema?
    /// Of the fields that may be left to people, those that pages give.
    package let optional: [EventField: TextSource]
    /// Which pages become events; nil: all, or what Notion alone decides.
    let filter: PageFilter?
    /// The properties that decide which pages become events, here or at Notion.
    let filterColumns: [PropertySchema]
    /// Event settings by the value of a property; nil: none.
    let templates: PageTemplates?
    /// How pages say that they are called off; nil: none does.
    let cancellation: PageCancellation?
    /// The properties that pages are told in what became of their events; nil: none.
    package private(set) var feedback: FeedbackColumns?
    /// The properties that make up events, each once.
    let columns: [PropertySchema]
    /// What the values of all these are computed from.
    let sources: ValueSources
    /// Columns that are not used although somebody may think so.
    package let notes: [MappingNote]

    package init(
        title: TextSource,
        date: PropertySchema,
        end: PropertySchema? = nil,
        optional: [EventField: TextSource] = [:],
        filter: PageFilter? = nil,
        rawFilterColumns: [PropertySchema] = [],
        templates: PageTemplates? = nil,
        cancellation: PageCancellation? = nil,
        notes: [MappingNote] = [],
        of source: NotionDataSource? = nil
    ) {
        self.title = title
        self.date = date
        self.end = end
        self.optional = optional
        self.filter = filter
        filterColumns = filter?.columns ?? rawFilterColumns
        self.templates = templates
        self.cancellation = cancellation
        self.notes = notes
        let mapped =
            title.columns + [date] + [end].compactMap(\.self)
            + EventField.optional.flatMap { optional[$0]?.columns ?? [] }
            + (templates?.columns ?? []) + [cancellation?.column].compactMap(\.self)
        columns = mapped.unique
        sources = ValueSources(of: columns + (filter?.columns ?? []), in: source)
    }

    /// The properties that make up events, each id once: what must be read whole.
    package var propertyIDs: [PropertyID] { columns.map(\.id) }

    /// Likewise, those that decide whether a page becomes an event.
    package var filterIDs: [PropertyID] { filter?.columns.map(\.id) ?? [] }

    /// What a query must ask for: also relations and people, which tell whether a rollup or formula is empty for a reason.
    package var queriedIDs: [PropertyID] {
        (propertyIDs + filterIDs + sources.ids + (feedback?.all.map(\.id) ?? [])).reduce(into: []) { ids, id in
            if !ids.contains(id) { ids.append(id) }
        }
    }

    /// The fields that pages decide. Without a property for it, a field belongs to people.
    package var managedFields: Set<EventField> {
        Set(EventField.allCases.filter { $0.isRequired || optional[$0] != nil })
    }

    /// Which column gives which field, in one sentence.
    package var summary: String {
        var parts = ["the title comes from \"\(title.name)\""]
        parts +=
            end.map { ["the start from \"\(date.name)\"", "the end from \"\($0.name)\""] }
            ?? ["start and end from \"\(date.name)\""]
        var none: [String] = []
        for field in EventField.optional {
            if let column = optional[field] {
                parts.append("the \(field.rawValue) from \"\(column.name)\"")
            } else if field.kind == .text {
                none.append("the \(field.rawValue)")
            }
        }
        let missing = none.isEmpty ? "" : "; no column gives \(none.joined(separator: " and "))"
        return "This is the first run: \(parts.joined(separator: ", "))\(missing)."
    }

    /// Where the managed fields come from.
    package func origins(of dataSource: DataSourceID, defaultDuration: Int) -> FieldOrigins {
        var columns = [EventField.summary: title.origin, .start: FieldOrigins.Column(date)]
        columns[.end] = FieldOrigins.Column(end ?? date)
        for (field, source) in optional { columns[field] = source.origin }
        let asked = asked
        return FieldOrigins(
            columns: columns,
            asked: asked.isEmpty ? nil : asked.map(FieldOrigins.Column.init),
            of: dataSource,
            defaultDuration: defaultDuration
        )
    }

    /// The properties that decide something and are not what one field comes from: those of the filter, of patterns and of templates.
    private var asked: [PropertySchema] {
        let texts = [title] + EventField.optional.compactMap { optional[$0] }
        let patterns = texts.flatMap { source -> [PropertySchema] in
            guard case .pattern(let pattern) = source else { return [] }
            return pattern.columns
        }
        let asked =
            filterColumns + patterns + (templates?.columns ?? []) + [cancellation?.column].compactMap(\.self)
            + (feedback?.all ?? [])
        return asked.unique
    }

    /// A part of the filter that Notion evaluates just as it is done here, for the query; nil: there is none.
    ///
    /// - Parameter organization: whose filter it is.
    package func query(of organization: Organization, now: Timestamp, zones: ZoneDatabase = .current) -> JSON? {
        if case .notion(let raw)? = organization.filter { return raw.filter }
        // Pages are told that they are left out, and that their events are gone, which only those that are listed can be.
        if feedback != nil { return nil }
        let days = FilterDays(now: now, zone: organization.timeZone, zones: zones)
        return filter.flatMap { FilterQuery(today: days.today).query($0) }
    }

    /// Finds the declared properties, and by their usual names those that are not declared.
    ///
    /// - Parameter decided: the fields that pages decide since an earlier run: a column that appeared later gives none until it
    ///   is declared. What people wrote into the events until then would be lost. Nil: this is the first run.
    /// - Throws: `property_missing` where one does not exist, `property_type` where its type does not fit. A field must never
    ///   lose its property in silence: all its events would be changed; a filter neither: they would be gone.
    package static func resolve(
        _ organization: Organization,
        in source: NotionDataSource,
        decided: Set<EventField>? = nil
    ) throws(Failure) -> SchemaMapping {
        let (lookup, mapping) = (PropertyLookup(source: source), organization.properties)
        let title = try lookup.title(declared: mapping[.summary])
        let date = try lookup.property(mapping.date ?? EventField.start.usualColumn, for: .start)
        let end = try mapping.end.map { name throws(Failure) in try lookup.property(name, for: .end) }
        if let end, end.id == date.id { throw lookup.sameEnd(as: date, organization.source.file) }
        var notes: [MappingNote] = []
        var optional: [EventField: TextSource] = [:]
        for field in EventField.optional {
            if let declared = mapping[field] {
                optional[field] = try lookup.text(declared, for: field)
            } else if mapping.leftToPeople.contains(field) || field.kind != .text {
                continue
            } else if let found = lookup.usual(field) {
                let isDecided = decided?.contains(field) ?? true
                if isDecided {
                    optional[field] = .column(found)
                } else {
                    notes.append(MappingNote(.appeared, field, found))
                }
            } else if decided == nil, let note = lookup.nearMiss(field) {
                notes.append(note)
            }
        }
        var resolved = SchemaMapping(
            title: title,
            date: date,
            end: end,
            optional: optional,
            filter: try filter(organization, lookup),
            rawFilterColumns: try rawFilterColumns(organization, lookup),
            templates: try organization.templates.map { rules throws(Failure) in
                try TemplateResolution(lookup: lookup).templates(rules)
            },
            cancellation: try organization.cancelled.map { rule throws(Failure) in try PageCancellation(rule, lookup) },
            notes: notes,
            of: source
        )
        if let declared = organization.writeBack {
            if case .notion(let raw)? = organization.filter, raw.asksForEditTime { throw FeedbackColumns.editTime(raw) }
            resolved.feedback = try FeedbackColumns(declared, lookup, read: resolved.columns + resolved.filterColumns)
        }
        return resolved
    }

    private static func filter(_ organization: Organization, _ lookup: PropertyLookup) throws(Failure) -> PageFilter? {
        guard case .rule(let rule)? = organization.filter else { return nil }
        return try FilterResolution(lookup: lookup).filter(rule)
    }

    private static func rawFilterColumns(
        _ organization: Organization,
        _ lookup: PropertyLookup
    ) throws(Failure) -> [PropertySchema] {
        guard case .notion(let raw)? = organization.filter else { return [] }
        return try FilterResolution(lookup: lookup).columns(raw)
    }
}
