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
        let value = try page.readableValue(of: column)
        for name in Self.names(in: value) {
            if let chosen = values.first(where: { $0.name == name.lowercased() }) { return chosen.template }
        }
        if Self.names(in: value).isEmpty { try page.checkEmptiness(of: column, value) }
        return otherwise
    }

    /// What a value chooses by, in its order.
    private static func names(in value: PropertyValue) -> [String] {
        switch value {
        case .multiSelect(let names): names
        case .checkbox(let isSet): [isSet ? "true" : "false"]
        case .formula(.boolean(let isSet)): isSet.map { [$0 ? "true" : "false"] } ?? []
        default: [PropertyText(form: .plain).text(of: value)].compactMap(\.self)
        }
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
