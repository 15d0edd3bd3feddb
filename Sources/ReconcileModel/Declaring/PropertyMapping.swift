/// `properties:` of a declaration: names or ids of Notion properties.
///
/// Without one the title is the property of type title, and the others are looked up by their usual names, of which those that may be
/// left to people may be absent. Which of the latter are used is decided by the first run: a column that appears later needs to be
/// declared.
package struct PropertyMapping: Hashable, Codable, Sendable {
    /// By the key under `properties:`.
    private var names: [String: String]
    /// Declared as null: no column gives these, whatever there is; they belong to people.
    package var leftToPeople: Set<EventField>

    package init(_ names: [EventField: String] = [:], leftToPeople: Set<EventField> = []) {
        self.names = Dictionary(names.map { ($0.propertyKey, $1) }) { first, _ in first }
        self.leftToPeople = leftToPeople
    }

    /// The property that is declared for a field; of the times, that which gives both.
    package subscript(field: EventField) -> String? {
        get { names[field.propertyKey] }
        set { names[field.propertyKey] = newValue }
    }
}
