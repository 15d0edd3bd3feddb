import NotionAPI
import ReconcileModel

/// Finds properties in a schema as declarations name them, and explains what it cannot find.
struct PropertyLookup {
    let source: NotionDataSource

    /// The declared title, else the one property of type title that every data source has.
    func title(declared: PropertyMapping.Text?) throws(Failure) -> TextSource {
        if let declared { return try text(declared, for: .summary) }
        guard let title = source.properties.first(where: { $0.type == .title }) else {
            throw missing("property of type title", for: .summary)
        }
        return .column(title)
    }

    /// What a text of events comes from.
    func text(_ declared: PropertyMapping.Text, for field: EventField) throws(Failure) -> TextSource {
        switch declared {
        case .property(let name): return .column(try property(name, for: field))
        case .pattern(let pattern):
            return .pattern(try PagePattern(pattern) { name throws(Failure) in try part(name, of: field) })
        }
    }

    /// A property of a pattern.
    func part(_ nameOrID: String, of field: EventField) throws(Failure) -> PropertySchema {
        guard let found = find(nameOrID) else {
            throw missing("property \"\(nameOrID)\"", name: nameOrID, for: field)
        }
        guard EventField.textual.contains(found.type) else { throw wrongType(found, for: field) }
        return found
    }

    /// The property that gives a field by its usual name, where there is one and its type fits.
    func usual(_ field: EventField) -> PropertySchema? {
        guard let found = find(field.usualColumn), field.fits(found) else { return nil }
        return found
    }

    /// A property that somebody may take for the one that gives a field.
    func nearMiss(_ field: EventField) -> MappingNote? {
        if let found = find(field.usualColumn) { return MappingNote(.otherType, field, found) }
        func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
        let fitting = source.properties.filter(field.fits)
        let same = fitting.first { plain($0.name) == plain(field.usualColumn) }
        let near = NameDistance.nearest(to: field.usualColumn, among: fitting.map(\.name))
        guard let found = same ?? fitting.first(where: { $0.name == near }) else { return nil }
        return MappingNote(.otherName, field, found)
    }

    /// The property with this name or id.
    func property(_ nameOrID: String, for field: EventField) throws(Failure) -> PropertySchema {
        guard let found = find(nameOrID) else { throw missing("property \"\(nameOrID)\"", name: nameOrID, for: field) }
        guard field.fits(found) else { throw wrongType(found, for: field) }
        return found
    }

    /// The property that a rule of the declaration asks for.
    ///
    /// - Parameter place: where it is named.
    func asked(_ nameOrID: String, at place: SourceLocation) throws(Failure) -> PropertySchema {
        if let found = find(nameOrID) { return found }
        let near = NameDistance.nearest(to: nameOrID, among: source.properties.map(\.name))
        throw Failure(
            code: "property_missing",
            message: "\(place): there is no property \"\(nameOrID)\" in \(self.place); nothing was changed.",
            hint: (near.map { "Did you mean \"\($0)\"? " } ?? "")
                + "It has \(source.properties.prefix(20).map { "\"\($0.name)\"" }.joined(separator: ", ")); a property that was "
                + "renamed must be renamed in the declaration, too."
        )
    }

    /// Likewise, of one of these types.
    ///
    /// - Parameter unfit: what a property of another type cannot do: a clause behind its type.
    func asked(
        _ nameOrID: String,
        at place: SourceLocation,
        among types: [PropertyType],
        unfit: String
    ) throws(Failure) -> PropertySchema {
        let column = try asked(nameOrID, at: place)
        guard types.contains(column.type) else {
            throw Failure(
                code: "property_type",
                message: "\(place): the property \"\(column.name)\" has the type \(column.type), \(unfit).",
                hint: "Name a property of one of the types \(types.map(\.rawValue).joined(separator: ", "))."
            )
        }
        return column
    }

    /// Names go before ids; an id may be written encoded, as Notion gives it, or decoded.
    private func find(_ nameOrID: String) -> PropertySchema? {
        source.properties.first { $0.name == nameOrID }
            ?? source.properties.first { $0.id.written == nameOrID || $0.id.decoded == nameOrID }
    }
}

extension PropertyLookup {
    /// What begins where it ends would be of no length.
    func sameEnd(as date: PropertySchema, _ file: String) -> Failure {
        Failure(
            code: "property_conflict",
            message:
                "\(file): properties.end names \"\(date.name)\", from which the date comes, so that every event would end where it "
                + "begins; nothing was changed.",
            hint:
                "Take properties.end out: a range in one property has its end already. It is for a second property with dates."
        )
    }

    private func missing(_ what: String, name: String? = nil, for field: EventField) -> Failure {
        let fitting = source.properties.filter(field.fits)
        return Failure(
            code: "property_missing",
            message: "There is no \(what) in \(place) to give the \(field.propertyKey) of events."
                + (name.flatMap { guess(for: $0, field: field) } ?? "") + " \(listing(fitting, for: field))",
            hint:
                "In properties.\(field.propertyKey) of the declaration, give a name or id that exists. Properties that depend on a"
                + " database that is not shared with the integration are missing too."
        )
    }

    private func wrongType(_ property: PropertySchema, for field: EventField) -> Failure {
        let types = field.fittingTypes.map(\.rawValue).joined(separator: ", ")
        return Failure(
            code: "property_type",
            message:
                "The property \"\(property.name)\" of \(place) has the type \(property.type), which cannot give the"
                + " \(field.propertyKey) of events. Types that fit: \(types). \(listing(source.properties.filter(field.fits), for: field))",
            hint: "Change the property's type in Notion, or properties.\(field.propertyKey) in the declaration."
        )
    }

    private var place: String { "the Notion data source \"\(source.title)\" (\(source.id))" }

    /// The near names, else the only property that could have been this one before somebody renamed it.
    private func guess(for name: String, field: EventField) -> String? {
        let names = source.properties.filter(field.fits).map(\.name)
        if let near = NameDistance.nearest(to: name, among: names) { return " Did you mean \"\(near)\"?" }
        let candidates = source.properties.filter { field.usualTypes.contains($0.type) }
        guard let candidate = candidates.first, candidates.count == 1 else { return nil }
        return " It was probably renamed to \"\(candidate.name)\"."
    }

    private func listing(_ properties: [PropertySchema], for field: EventField) -> String {
        guard !properties.isEmpty else { return "It has no property that could be the \(field.propertyKey)." }
        let names = properties.prefix(20).map { "\"\($0.name)\" (\($0.type))" }
        let more = properties.count > names.count ? " and \(properties.count - names.count) more" : ""
        return "Properties that could be the \(field.propertyKey): \(names.joined(separator: ", "))\(more)."
    }
}
