import NotionAPI
import ReconcileModel

/// Templates whose properties were found in the schema.
package struct PageTemplates: Hashable, Sendable {
    /// The property that chooses.
    let column: PropertySchema
    private let choices: [Choice]
    private let otherwise: PageTemplate?

    /// The template of one value.
    struct Choice: Hashable, Sendable {
        var name: String
        var template: PageTemplate
    }

    init(column: PropertySchema, choices: [Choice], otherwise: PageTemplate?) {
        self.column = column
        self.choices = choices
        self.otherwise = otherwise
    }

    /// The properties that the choice and the texts are made of, each once.
    var columns: [PropertySchema] {
        let templates = choices.map(\.template) + [otherwise].compactMap(\.self)
        return ([column] + templates.flatMap(\.columns)).unique
    }

    /// The template of a page, with the value that chose it, or none for that of all others; nil: there is none.
    ///
    /// - Throws: where the value that chooses was not shown whole.
    func choice(of page: PageValues) throws(PageNotes.Problem) -> (name: String?, template: PageTemplate)? {
        for name in try page.words(of: column) {
            if let chosen = choices.first(where: { $0.name == name.lowercased() }) { return (name, chosen.template) }
        }
        return otherwise.map { (nil, $0) }
    }
}

/// One template, its properties found in the schema.
struct PageTemplate: Hashable, Sendable {
    let settings: EventTemplate
    let title: PagePattern?
    let description: PagePattern?

    var columns: [PropertySchema] { [title, description].compactMap(\.self).flatMap(\.columns) }
}
