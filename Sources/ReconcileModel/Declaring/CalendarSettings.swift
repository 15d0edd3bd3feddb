/// `calendar:` of a declaration.
package struct CalendarSettings: Hashable, Codable, Sendable {
    package var name: String?
    package var description: String?
    /// Who else may see it or write to it; nil: sharing is left alone.
    package var sharing: [DeclaredAccess]?

    package init(name: String? = nil, description: String? = nil) {
        (self.name, self.description) = (name, description)
    }
}
