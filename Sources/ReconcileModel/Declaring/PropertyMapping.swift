/// `properties:` of a declaration: names or ids of Notion properties.
///
/// Nil means "not declared": the title is the property of type title, date, location and description are looked up by
/// the names Date, Location and Description, and the latter two may be absent. Which of the two are used is decided by the
/// first run: a column that appears later needs to be declared.
package struct PropertyMapping: Hashable, Sendable {
    package var title: String?
    package var date: String?
    package var location: String?
    package var description: String?
    /// Declared as null: no column gives these, whatever there is; they belong to people.
    package var leftToPeople: Set<EventField>

    package init(
        title: String? = nil,
        date: String? = nil,
        location: String? = nil,
        description: String? = nil,
        leftToPeople: Set<EventField> = []
    ) {
        (self.title, self.date, self.location, self.description) = (title, date, location, description)
        self.leftToPeople = leftToPeople
    }

    /// The property that is declared for a field; of the times, that which gives both.
    package subscript(field: EventField) -> String? {
        get {
            switch field {
            case .summary: title
            case .start, .end: date
            case .location: location
            case .description: description
            }
        }
        set {
            switch field {
            case .summary: title = newValue
            case .start, .end: date = newValue
            case .location: location = newValue
            case .description: description = newValue
            }
        }
    }
}
