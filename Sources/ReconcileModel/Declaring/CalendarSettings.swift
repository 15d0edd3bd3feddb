/// `calendar:` of a declaration.
package struct CalendarSettings: Hashable, Codable, Sendable {
    package var name: String?
    package var description: String?

    package init(name: String? = nil, description: String? = nil) {
        (self.name, self.description) = (name, description)
    }
}
