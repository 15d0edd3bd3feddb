import NotionAPI
import ReconcileModel

/// Finds the properties that templates name, and holds their values against the options.
struct TemplateResolution {
    let lookup: PropertyLookup

    /// Types that choose a template.
    private static let choosing: [PropertyType] = [
        .select, .status, .multiSelect, .checkbox, .title, .richText, .formula,
    ]

    /// - Throws: where a property or an option does not exist, or cannot choose.
    func templates(_ rules: TemplateRules) throws(Failure) -> PageTemplates {
        let column = try lookup.asked(
            rules.property,
            at: rules.source,
            among: Self.choosing,
            unfit: "by which templates cannot be chosen"
        )
        var choices: [PageTemplates.Choice] = []
        for value in rules.values {
            try lookup.check(value.name, of: column, at: value.source, asker: "a template is for")
            choices.append(
                PageTemplates.Choice(name: value.name.lowercased(), template: try template(value.template))
            )
        }
        let otherwise = try rules.otherwise.map { settings throws(Failure) in try template(settings) }
        return PageTemplates(column: column, choices: choices, otherwise: otherwise)
    }

    private func template(_ settings: EventTemplate) throws(Failure) -> PageTemplate {
        PageTemplate(
            settings: settings,
            title: try pattern(settings.title, for: .summary),
            description: try pattern(settings.description, for: .description)
        )
    }

    private func pattern(_ pattern: TextPattern?, for field: EventField) throws(Failure) -> PagePattern? {
        try pattern.map { pattern throws(Failure) in
            try PagePattern(pattern, given: PageTemplates.given) { name throws(Failure) in
                try lookup.part(name, of: field)
            }
        }
    }
}

extension PageTemplates {
    /// What templates' patterns may name beside properties.
    static let given: Set<String> = ["title", "description"]
}
