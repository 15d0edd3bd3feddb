import NotionAPI

/// The values of one page, where it is told apart what is empty and what was not shown to us.
struct PageValues {
    typealias Problem = PageNotes.Problem

    let page: NotionPage
    let sources: ValueSources

    /// A value of the type that the schema had a moment ago: of another one nobody looked whether it fits.
    func value(of property: PropertySchema) throws(Problem) -> PropertyValue {
        guard !page.isPartial else { throw .partial }
        guard let value = page.value(of: property.id) else { throw .absent(property.name) }
        guard value.type == property.type else { throw .unreadable(property.name) }
        return value
    }

    /// - Throws: where the value was not shown whole.
    func readableValue(of property: PropertySchema) throws(Problem) -> PropertyValue {
        let value = try value(of: property)
        switch Readability(of: value) {
        case .readable: return value
        case .unreadable: throw .unreadable(property.name)
        case .hidesUser: throw .hiddenUser(property.name)
        }
    }

    /// - Throws: where something that a value is computed from is not shown to us: it may be another one then.
    func checkSources(of property: PropertySchema) throws(Problem) {
        if let source = sources.hidden[property.id] {
            throw .hiddenSource(property.name, of: "the property \(source)")
        }
        for person in sources.people[property.id] ?? [] {
            guard let value = page.value(of: person), Readability(of: value) == .hidesUser else { continue }
            throw .hiddenUser(property.name)
        }
    }

    /// - Throws: where a value has an option that the schema had not a moment ago: somebody renamed one meanwhile, and what a rule
    ///   says of the page is not known.
    func checkOptions(of property: PropertySchema, _ value: PropertyValue) throws(Problem) {
        let names =
            switch value {
            case .select(let name), .status(let name): [name].compactMap(\.self)
            case .multiSelect(let names): names
            default: [String]()
            }
        guard let unknown = names.first(where: { !property.hasOption($0) }) else { return }
        throw .undecided(property.name, because: "its option \"\(unknown)\" is not among those of the database")
    }

    /// - Throws: where a value may look empty only because we are not shown what it is computed from.
    func checkEmptiness(of property: PropertySchema, _ value: PropertyValue) throws(Problem) {
        try checkSources(of: property)
        // A rollup has a member for each related page that we may see, also where that one's value is not set. The earliest of
        // their dates is nothing both where none is set and where none is shown.
        guard value == .rollup(.array([])) || value == .rollup(.date(nil)),
            let relation = sources.relations[property.id],
            case .relation(let pages, _)? = page.value(of: relation), !pages.isEmpty
        else { return }
        throw .hiddenSource(property.name, of: "the related page")
    }

    /// The text that a column or a pattern gives; nil: none.
    func text(of source: TextSource, as form: PropertyText.Form) throws(Problem) -> String? {
        var leftOut: [String]?
        return try text(of: source, as: form, leftOut: &leftOut)
    }

    /// - Parameter leftOut: takes the parts of a pattern that are left out; nil: nobody asks.
    func text(
        of source: TextSource,
        as form: PropertyText.Form,
        leftOut: inout [String]?
    ) throws(Problem) -> String? {
        switch source {
        case .column(let column): try text(of: column, as: form)
        case .pattern(let pattern):
            try pattern.text(leftOut: &leftOut) { column throws(Problem) in try text(of: column, as: form) }
        }
    }

    /// What a rule goes by: options in their order, `true` or `false`, else the text; none where the value is empty.
    func words(of property: PropertySchema) throws(Problem) -> [String] {
        let value = try readableValue(of: property)
        let words =
            switch value {
            case .multiSelect(let names): names
            case .checkbox(let isSet): [isSet ? "true" : "false"]
            case .formula(.boolean(let isSet)): isSet.map { [$0 ? "true" : "false"] } ?? []
            default: [PropertyText(form: .plain).text(of: value)].compactMap(\.self)
            }
        if words.isEmpty { try checkEmptiness(of: property, value) }
        if property.isComputed { try checkSources(of: property) }
        try checkOptions(of: property, value)
        return words
    }

    /// The text of a value; nil: it has none.
    func text(of property: PropertySchema, as form: PropertyText.Form) throws(Problem) -> String? {
        let value = try readableValue(of: property)
        let text = PropertyText(form: form).text(of: value)
        if text == nil { try checkEmptiness(of: property, value) }
        return text
    }
}
