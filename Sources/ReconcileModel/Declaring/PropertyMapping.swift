/// `properties:` of a declaration: where the fields of events come from.
///
/// Without one the title is the property of type title, and the others are looked up by their usual names, of which those that may be
/// left to people may be absent. Which of the latter are used is decided by the first run: a column that appears later needs to be
/// declared.
package struct PropertyMapping: Hashable, Codable, Sendable {
    /// Where a text comes from.
    package enum Text: Hashable, Codable, Sendable {
        /// The name or id of a property.
        case property(String)
        case pattern(TextPattern)
    }

    /// The texts of events.
    private var texts: [EventField: Text] = [:]
    /// The name or id of the property that gives the start, and the end where `end` does not.
    package var date: String?
    /// The name or id of a second property with dates.
    package var end: String?
    /// Declared as null: no column gives these, whatever there is; they belong to people.
    package var leftToPeople: Set<EventField>

    /// - Parameter names: names or ids of properties; that of the start gives the end too.
    package init(_ names: [EventField: String] = [:], leftToPeople: Set<EventField> = []) {
        self.leftToPeople = leftToPeople
        for (field, name) in names {
            switch field.kind {
            case .text, .setting, .rule: texts[field] = .property(name)
            case .time: date = name
            }
        }
    }

    /// What is declared for a text.
    package subscript(field: EventField) -> Text? {
        get { texts[field] }
        set { texts[field] = newValue }
    }

    /// The names and ids that give one field.
    package func names(of field: EventField) -> [String] {
        switch field {
        case .start: [date].compactMap(\.self)
        case .end: [end ?? date].compactMap(\.self)
        default: texts[field]?.names ?? []
        }
    }

    /// Every name and id in it.
    package var names: [String] { texts.values.flatMap(\.names) + [date, end].compactMap(\.self) }
}

extension PropertyMapping.Text: CustomStringConvertible {
    /// As it is written.
    package var description: String {
        switch self {
        case .property(let name): name
        case .pattern(let pattern): pattern.text
        }
    }

    fileprivate var names: [String] {
        switch self {
        case .property(let name): [name]
        case .pattern(let pattern): pattern.properties
        }
    }
}
