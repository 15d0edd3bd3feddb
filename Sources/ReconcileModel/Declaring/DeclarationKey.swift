/// A key of a declaration, as people, editors and programs are told of it.
package struct DeclarationKey: Hashable, Sendable {
    /// With the keys around it: `calendar.name`.
    package let path: String
    /// Without the keys around it.
    package let name: String
    /// What it means and what holds without it, in a sentence or two.
    package var meaning: String
    package var value: DeclarationValue
    /// Whether every declaration must have it.
    package var isRequired: Bool
    /// Whether `_defaults.yaml` may hold it. What identifies an organization cannot be shared.
    package var mayBeDefault: Bool

    package init(
        path: String,
        meaning: String,
        value: DeclarationValue,
        isRequired: Bool = false,
        mayBeDefault: Bool = true
    ) {
        self.path = path
        name = path.split(separator: ".").last.map(String.init) ?? path
        self.meaning = meaning
        self.value = value
        self.isRequired = isRequired
        self.mayBeDefault = mayBeDefault
    }
}

/// What may stand behind a key.
package indirect enum DeclarationValue: Hashable, Sendable {
    case prefix
    /// Text on one line, at most so many characters.
    case line(longest: Int)
    /// Likewise, and nothing in it turns the direction of text around.
    case title(longest: Int)
    case text
    /// Text, a number or a truth value, as it is written.
    case value
    case boolean
    case integer(ClosedRange<Int>)
    case choice([String])
    /// Of time: from one minute to so many days.
    case duration(longestDays: Int)
    /// So many days, weeks, months or years, counted by the calendar.
    case offset
    case notionID
    case calendarID
    case timeZone
    /// The name of a variable of the environment.
    case variable
    /// The e-mail address of a person.
    case person
    /// Whom an access rule concerns.
    case accessScope
    /// The name or id of a property.
    case propertyName
    /// The same, or a pattern over several.
    case propertyText
    /// A text in which names and ids of properties may stand in braces.
    case pattern
    /// Conditions on properties, combined with `all`, `any` and `not`, or a raw filter of Notion's.
    case filter
    case list(DeclarationValue, counts: ClosedRange<Int>? = nil)
    case nullable(DeclarationValue)
    /// A mapping whose keys are names that people choose.
    case named(DeclarationValue)
    /// - Parameter oneOf: keys of which exactly one stands there; empty: it does not matter.
    case mapping([DeclarationKey], oneOf: [String] = [])
}
