import NotionAPI
import ReconcileModel

/// Templates whose properties were found in the schema.
package struct PageTemplates: Hashable, Sendable {
    /// The property that chooses.
    let column: PropertySchema
    private let values: [(name: String, template: PageTemplate)]
    private let otherwise: PageTemplate?

    init(column: PropertySchema, values: [(name: String, template: PageTemplate)], otherwise: PageTemplate?) {
        self.column = column
        self.values = values.map { (name: $0.name.lowercased(), template: $0.template) }
        self.otherwise = otherwise
    }

    /// The properties that the choice and the texts are made of, each once.
    var columns: [PropertySchema] {
        ([column] + (values.map(\.template) + [otherwise].compactMap(\.self)).flatMap(\.columns)).reduce(into: []) {
            columns,
            column in
            if !columns.contains(where: { $0.id == column.id }) { columns.append(column) }
        }
    }

    /// The template of a page; nil: none.
    ///
    /// - Throws: where the value that chooses was not shown whole.
    func template(of page: PageValues) throws(PageNotes.Problem) -> PageTemplate? {
        for name in try page.words(of: column) {
            if let chosen = values.first(where: { $0.name == name.lowercased() }) { return chosen.template }
        }
        return otherwise
    }

    package static func == (left: PageTemplates, right: PageTemplates) -> Bool {
        left.column == right.column && left.otherwise == right.otherwise
            && left.values.elementsEqual(right.values) { $0.name == $1.name && $0.template == $1.template }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(column)
        hasher.combine(values.map(\.name))
    }
}

/// One template, its properties found in the schema.
struct PageTemplate: Hashable, Sendable {
    let settings: EventTemplate
    let title: PagePattern?
    let description: PagePattern?

    var columns: [PropertySchema] { [title, description].compactMap(\.self).flatMap(\.columns) }
}
