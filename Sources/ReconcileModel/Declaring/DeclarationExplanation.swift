/// What a declaration comes to, key by key.
package struct DeclarationExplanation: Sendable {
    package var organization: Organization
    /// In the order in which keys are listed; of mappings, the keys within.
    package var entries: [Entry]

    package init(organization: Organization, entries: [Entry]) {
        self.organization = organization
        self.entries = entries
    }

    /// One key.
    package struct Entry: Hashable, Sendable {
        /// `calendar.name`.
        package var key: String
        package var value: EffectiveValue
        package var origin: Origin

        package init(key: String, value: EffectiveValue, origin: Origin) {
            self.key = key
            self.value = value
            self.origin = origin
        }
    }

    /// Where a value comes from.
    package enum Origin: Hashable, Sendable {
        /// The organization's file, or that of the defaults.
        case file(SourceLocation)
        /// A variable of the environment.
        case variable(String)
        /// What holds where nobody says anything.
        case standard
    }
}

/// A value that is in force.
package enum EffectiveValue: Hashable, Sendable {
    /// There is none; what that means.
    case none(String)
    case text(String)
    case flag(Bool)
    case number(Int)
    case list([String])
}
