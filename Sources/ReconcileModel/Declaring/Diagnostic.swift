/// Something wrong in a declaration, for people to mend.
package struct Diagnostic: Hashable, Codable, Error, Sendable {
    package var location: SourceLocation
    /// What is wrong, with the offending text, in one sentence without a full stop.
    package var message: String
    /// What to do about it, where that is known.
    package var hint: String?

    package init(location: SourceLocation, message: String, hint: String? = nil) {
        (self.location, self.message, self.hint) = (location, message, hint)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `orgs.d/acm.yaml:3:1: unknown key "prefx"; did you mean "prefix"?`
    package var description: String { "\(location): \(text)" }

    /// The same without its place.
    package var text: String { hint.map { "\(message); \($0)" } ?? message }
}
