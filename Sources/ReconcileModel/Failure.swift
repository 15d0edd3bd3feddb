/// Why something could not be done, for people and for programs.
package struct Failure: Hashable, Codable, Error, Sendable {
    /// Stable, lower case with underscores: `notion_unauthorized`, `calendar_not_found`.
    package var code: String
    /// What happened, where and why: one or two sentences, never with a secret in it.
    package var message: String
    /// What to do next.
    package var hint: String?

    package init(code: String, message: String, hint: String? = nil) {
        (self.code, self.message, self.hint) = (code, message, hint)
    }
}

extension Failure: CustomStringConvertible {
    package var description: String { hint.map { "\(message) \($0)" } ?? message }
}
