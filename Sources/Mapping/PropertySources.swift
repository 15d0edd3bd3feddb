import NotionAPI

/// Tells of rollups and formulas whether all that they are computed from is shown to us.
///
/// Where a related database is not shared with the integration, the relation is missing from the schema, and what is
/// computed over it may look empty: nobody then knows whether it is.
struct PropertySources {
    let source: NotionDataSource

    /// A property that this one is computed from, directly or not, and that the schema has not; nil where all are there.
    ///
    /// - Returns: as people call it, with quotation marks.
    func hiddenSource(of property: PropertySchema) -> String? {
        var visited: Set<PropertyID> = []
        return hiddenSource(of: property, visited: &visited)
    }

    private func hiddenSource(of property: PropertySchema, visited: inout Set<PropertyID>) -> String? {
        guard visited.insert(property.id).inserted else { return nil }
        for origin in property.sources {
            guard let found = find(origin) else { return name(of: origin) }
            if let hidden = hiddenSource(of: found, visited: &visited) { return hidden }
        }
        return nil
    }

    private func find(_ origin: PropertySource) -> PropertySchema? {
        switch origin {
        case .id(let id): source.properties.first { $0.id == id }
        case .name(let name): source.properties.first { $0.name == name }
        case .untold: nil
        }
    }

    private func name(of origin: PropertySource) -> String {
        switch origin {
        case .id(let id): "with the id \"\(id.decoded)\""
        case .name(let name): "\"\(name)\""
        case .untold: "that the schema does not name"
        }
    }

    /// The properties with people that a formula is computed from, directly or not; nil where there are none.
    func people(behind property: PropertySchema) -> [PropertyID]? {
        guard property.type == .formula else { return nil }
        var (visited, found): (Set<PropertyID>, [PropertyID]) = ([property.id], [])
        var waiting = property.sources.compactMap(find)
        while let next = waiting.popLast() {
            guard visited.insert(next.id).inserted else { continue }
            switch next.type {
            case .people, .createdBy, .lastEditedBy: found.append(next.id)
            case .formula: waiting += next.sources.compactMap(find)
            default: continue
            }
        }
        return found.isEmpty ? nil : found
    }

    /// A property from which this one is computed, or itself, that is as some are; nil where none is.
    func origin(of property: PropertySchema, where isMeant: (PropertySchema) -> Bool) -> PropertySchema? {
        var visited: Set<PropertyID> = []
        var waiting = [property]
        while let next = waiting.popLast() {
            guard visited.insert(next.id).inserted else { continue }
            if isMeant(next) { return next }
            waiting += next.sources.compactMap(find)
        }
        return nil
    }

    /// The relation that a rollup gathers, where it is there to be looked at.
    func relation(of property: PropertySchema) -> PropertyID? {
        guard property.type == .rollup else { return nil }
        return property.sources.lazy.compactMap(find).first { $0.type == .relation }?.id
    }
}
