/// What a template says of the events of some pages. What it does not say is left as it is.
package struct EventTemplate: Hashable, Codable, Sendable {
    /// For a time without end, in seconds; positive.
    package var duration: Int?
    package var color: EventColor?
    package var visibility: EventVisibility?
    package var isBusy: Bool?
    package var reminders: DeclaredReminders?
    /// Where the page has none.
    package var location: String?
    /// `{title}` and `{description}` mean what the page gives.
    package var title: TextPattern?
    package var description: TextPattern?

    package init() {}
}

/// `templates:` of a declaration: event settings by the value of a property.
package struct TemplateRules: Hashable, Codable, Sendable {
    /// The name or id of the property that chooses.
    package var property: String
    /// Where the property's name stands.
    package var source: SourceLocation
    /// In the order of the declaration.
    package var values: [Value]
    /// For pages without a value, or with one that has no template.
    package var otherwise: EventTemplate?

    package init(
        property: String,
        source: SourceLocation,
        values: [Value] = [],
        otherwise: EventTemplate? = nil
    ) {
        self.property = property
        self.source = source
        self.values = values
        self.otherwise = otherwise
    }

    /// The template of one value.
    package struct Value: Hashable, Codable, Sendable {
        package var name: String
        package var template: EventTemplate
        /// Where the name stands.
        package var source: SourceLocation

        package init(_ name: String, _ template: EventTemplate, source: SourceLocation) {
            (self.name, self.template, self.source) = (name, template, source)
        }
    }

    package var templates: [EventTemplate] { values.map(\.template) + [otherwise].compactMap(\.self) }

    /// Every name and id of a property in it.
    package var names: [String] {
        [property] + templates.flatMap { [$0.title, $0.description] }.compactMap(\.self).flatMap(\.properties)
    }
}
