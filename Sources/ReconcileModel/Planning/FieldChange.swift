/// One field of one change.
package struct FieldChange: Hashable, Codable, Sendable {
    package var name: String
    package var before: String?
    package var after: String?

    package init(_ name: String, _ before: String?, _ after: String?) {
        (self.name, self.before, self.after) = (name, before, after)
    }
}
