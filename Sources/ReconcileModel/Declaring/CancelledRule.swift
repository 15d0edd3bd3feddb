/// `cancelled:` of a declaration: which pages are called off, and what becomes of their events.
package struct CancelledRule: Hashable, Codable, Sendable {
    package enum Treatment: Hashable, Codable, Sendable {
        case remove
        /// The event stays, with this before its title.
        case prefix(String)
    }

    /// The name or id of the property that says so.
    package var property: String
    /// Where the property's name stands.
    package var source: SourceLocation
    package var values: [Value]
    package var treatment: Treatment

    package init(property: String, source: SourceLocation, values: [Value], treatment: Treatment) {
        self.property = property
        self.source = source
        self.values = values
        self.treatment = treatment
    }

    /// One of its values that says so.
    package struct Value: Hashable, Codable, Sendable {
        package var name: String
        package var source: SourceLocation

        package init(_ name: String, source: SourceLocation) { (self.name, self.source) = (name, source) }
    }
}
