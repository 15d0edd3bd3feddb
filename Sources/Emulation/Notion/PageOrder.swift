/// The `sorts` of a query; earlier ones win, equal pages stay in the order of their creation.
struct PageOrder {
    private enum Key {
        case created, edited
        case property(NotionProperty)
    }

    private var keys: [(key: Key, ascending: Bool)] = []

    init(_ sorts: JSONValue?, source: NotionDataSource) throws(Refusal) {
        for sort in sorts?.array ?? [] {
            let ascending = sort["direction"] != "descending"
            if let name = sort["property"]?.string {
                guard let property = source.property(name) else {
                    throw .validation("Could not find sort property with name or id: \(name)")
                }
                keys.append((.property(property), ascending))
            } else {
                switch sort["timestamp"]?.string {
                case "created_time": keys.append((.created, ascending))
                case "last_edited_time": keys.append((.edited, ascending))
                default:
                    throw .validation(
                        "body failed validation: body.sorts[0].property should be defined, instead was `undefined`."
                    )
                }
            }
        }
    }

    func sort(_ pages: inout [NotionPage]) {
        // From the last key to the first: sorting is stable.
        for (key, ascending) in keys.reversed() {
            switch key {
            case .created: sort(&pages, ascending) { Double($0.created) }
            case .edited: sort(&pages, ascending) { Double($0.edited) }
            case .property(let property) where ["number", "unique_id"].contains(property.type):
                sort(&pages, ascending) { PropertyText.number(PropertyValue.value(of: property, in: $0)) ?? -.infinity }
            case .property(let property):
                sort(&pages, ascending) {
                    PropertyText.text(PropertyValue.value(of: property, in: $0), type: property.type)
                }
            }
        }
    }

    private func sort<Value: Comparable>(
        _ pages: inout [NotionPage],
        _ ascending: Bool,
        by value: (NotionPage) -> Value
    ) {
        let keyed = pages.enumerated().map { (value: value($0.element), offset: $0.offset, page: $0.element) }
        pages = keyed.sorted { left, right in
            if left.value == right.value { return left.offset < right.offset }
            return (left.value < right.value) == ascending
        }
        .map(\.page)
    }
}

/// What a value is compared by.
enum PropertyText {
    static func number(_ value: JSONValue) -> Double? { value.double ?? value["number"]?.double }

    static func text(_ value: JSONValue, type: String) -> String {
        switch type {
        case "title", "rich_text": RichText.plainText(of: value)
        case "select", "status": value["name"]?.string ?? ""
        case "date": value["start"]?.string ?? ""
        case "multi_select": (value.array ?? []).compactMap { $0["name"]?.string }.joined(separator: ",")
        case "formula": value[value["type"]?.string ?? ""]?.string ?? ""
        default: value.string ?? value["id"]?.string ?? (value.isNull ? "" : value.text)
        }
    }
}
