/// A `filter` of a query.
///
/// <https://developers.notion.com/reference/filter-data-source-entries>
indirect enum PageFilter {
    case all([PageFilter])
    case any([PageFilter])
    case property(NotionProperty, ValueCondition)

    /// - Throws: 400 for a property that the schema has not, a condition of another type, or groups too deep.
    init(_ value: JSONValue, source: NotionDataSource, now: Int, me: String, depth: Int = 0) throws(Refusal) {
        for (name, isAll) in [("and", true), ("or", false)] {
            guard let items = value[name]?.array else { continue }
            guard depth < 2 else {
                throw .validation(
                    "body failed validation: body.filter is nested too deeply, at most 2 levels are allowed."
                )
            }
            var filters: [PageFilter] = []
            for item in items {
                filters.append(try PageFilter(item, source: source, now: now, me: me, depth: depth + 1))
            }
            self = isAll ? .all(filters) : .any(filters)
            return
        }
        if let name = value["timestamp"]?.string {
            guard ["created_time", "last_edited_time"].contains(name), let condition = value[name] else {
                throw .malformedFilter
            }
            let property = NotionProperty(name, id: name, type: name)
            self = .property(property, try ValueCondition(condition, type: name, now: now, me: me))
            return
        }
        guard let name = value["property"]?.string else { throw .malformedFilter }
        guard let property = source.property(name), property.isVisible else {
            throw .validation("Could not find property with name or id: \(name)")
        }
        let given = (value.object ?? [:]).keys.filter { $0 != "property" && $0 != "type" }
        guard let condition = value[property.type] else {
            throw given.first.map {
                .validation("database property \(property.type) does not match filter \($0)")
            } ?? .malformedFilter
        }
        self = .property(property, try ValueCondition(condition, type: property.type, now: now, me: me))
    }

    func matches(_ page: NotionPage) -> Bool {
        switch self {
        case .all(let filters): filters.allSatisfy { $0.matches(page) }
        case .any(let filters): filters.contains { $0.matches(page) }
        case .property(let property, let condition): condition.matches(PropertyValue.value(of: property, in: page))
        }
    }
}

extension Refusal {
    static let malformedFilter = validation(
        """
        body failed validation. Fix one: body.filter.or should be defined, instead was `undefined`. \
        body.filter.and should be defined, instead was `undefined`. \
        body.filter.property should be defined, instead was `undefined`.
        """
    )
}
