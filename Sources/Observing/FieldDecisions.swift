import Mapping
import NotionAPI
import ReconcileModel

/// Which column gives which field is decided by people; what earlier runs remember of that is held against the schema of now.
extension NotionObserver.Source {
    /// The same with a mapping in which a field that was not decided needs to be declared.
    func deciding(_ fields: Set<EventField>, for organization: Organization) throws(Failure) -> NotionObserver.Source {
        var source = self
        source.mapping = try SchemaMapping.resolve(organization, in: dataSource, decided: fields)
        return source
    }

    /// A property that nobody declared and that was found by its usual name may be renamed or get another type, and a declaration may
    /// stop to name one. Then its field would silently be left alone from now on, and that is for people to decide.
    ///
    /// - Parameters:
    ///   - remembered: the fields that the pages decided at the last apply.
    ///   - origins: the columns that gave them; nil where they are not known.
    func checkFields(
        against remembered: Set<EventField>?,
        _ origins: FieldOrigins?,
        of organization: Organization
    ) throws(Failure) {
        let lost = (remembered ?? []).subtracting(mapping.managedFields)
            .subtracting(organization.properties.leftToPeople).sorted()
        guard let field = lost.first else { return }
        let (key, file) = (field.propertyKey, organization.source.file)
        let leave =
            field.kind == .rule
            ? "to have single events from now on, write `\(key): null`"
            : "to leave the \(key) to people from now on, write `\(key): null`"
        if let before = origins?.columns[field], before.isPattern {
            throw Failure(
                code: "property_undeclared",
                message:
                    "The \(key) of events came from the pattern \"\(before.name)\", which \(file) does not have any more; "
                    + "nothing was changed.",
                hint: "Under properties:, write the pattern again, or the property that has it now; \(leave)."
            )
        }
        if let before = origins?.columns[field],
            let column = property(of: before),
            column.type.rawValue == before.type
        {
            throw Failure(
                code: "property_undeclared",
                message:
                    "The \(key) of events came from the column \"\(column.name)\", which \(file) does not name any more; "
                    + "nothing was changed.",
                hint:
                    "Under properties:, write `\(key): \(MappingNote.yaml(column.name))` again, or the property that has it now; "
                    + "\(leave)."
            )
        }
        let column = origins?.columns[field].map { "The column \"\($0.name)\"" } ?? "The property"
        throw Failure(
            code: "property_missing",
            message: "\(column) that gave the \(key) of events is no longer in \"\(dataSource.title)\", "
                + "or its type does not fit any more; nothing was changed.",
            hint:
                "Restore it in Notion, or name the property that has it now as properties.\(key). Or \(leave) under properties: in "
                + "\(file)."
        )
    }

    /// A declaration names columns by name, and in Notion a name can go from one column to another. Whatever the new one has
    /// would replace what stands in all events, and that is for people to decide.
    ///
    /// - Parameter remembered: the columns of the last apply; nil where they are not known.
    func checkColumns(against remembered: FieldOrigins?, of organization: Organization) throws(Failure) {
        // Columns of another data source have other ids.
        guard let remembered, remembered.dataSource.map({ $0 == dataSource.id }) ?? true else { return }
        let now = mapping.origins(of: dataSource.id, defaultDuration: organization.defaultDuration)
        for before in remembered.asked ?? [] {
            guard let column = now.asked?.first(where: { $0.name == before.name }), column.id != before.id,
                !organization.askedNames.haveID(of: column)
            else { continue }
            throw rebound(before, column, organization.source.file)
        }
        for field in EventField.allCases {
            guard let before = remembered.columns[field], let column = now.columns[field], column.name == before.name,
                column.id != before.id, !before.isPattern, !column.isPattern,
                !organization.properties.names(of: field).haveID(of: column)
            else { continue }
            throw rebound(field, before, column, organization.source.file)
        }
    }

    /// Another column has the name of one that the filter or a pattern asked for: all pages might be left out, or lose what it gave.
    private func rebound(
        _ before: FieldOrigins.Column,
        _ column: FieldOrigins.Column,
        _ file: String
    ) -> Failure {
        let former = property(of: before)
        return Failure(
            code: "property_rebound",
            message:
                "The column \"\(before.name)\" that the declaration asks for \(fate(of: former)), and another column has its name; nothing was changed.",
            hint:
                "In \(file), write \(MappingNote.yaml(former?.name ?? before.name)) to stay with that column, or its id "
                + "\(MappingNote.yaml(column.id)) to ask for the other one; after one run with the id its name will do again."
        )
    }

    /// What became of a column whose name another one has.
    private func fate(of former: PropertySchema?) -> String {
        former.map { "is called \"\($0.name)\" now" } ?? "is no longer in \"\(dataSource.title)\""
    }

    /// The column that was remembered, as it is now.
    private func property(of column: FieldOrigins.Column) -> PropertySchema? {
        dataSource.properties.first { $0.id.decoded == column.id }
    }

    private func rebound(
        _ field: EventField,
        _ before: FieldOrigins.Column,
        _ column: FieldOrigins.Column,
        _ file: String
    ) -> Failure {
        let key = field.propertyKey
        let former = property(of: before)
        let stay =
            former.map { "write `\(key): \(MappingNote.yaml($0.name))` to stay with that column, or" }
            ?? "restore that column in Notion, or write"
        return Failure(
            code: "property_rebound",
            message:
                "The column \"\(before.name)\" that gave the \(key) of events \(fate(of: former)), and another column has its name; nothing was changed.",
            hint:
                "Under properties: in \(file), \(stay) `\(key): \(MappingNote.yaml(column.id))` (its id) to use the other "
                + "one; after one run with the id its name will do again."
        )
    }
}

extension Organization {
    /// Every name and id of a property that its filter, templates and patterns ask for.
    fileprivate var askedNames: [String] {
        let names =
            properties.names + (templates?.names ?? []) + [cancelled?.property].compactMap(\.self)
            + (writeBack?.names ?? [])
        return switch filter {
        case .rule(let rule): names + rule.conditions.map(\.property)
        case .notion(let raw): names + raw.conditions.map(\.property)
        case nil: names
        }
    }
}

extension [String] {
    /// Whether a column is among them by its id, as Notion gives it or decoded.
    fileprivate func haveID(of column: FieldOrigins.Column) -> Bool {
        contains { $0 == column.id || PropertyID($0).decoded == column.id }
    }
}
