/// What went wrong, and what people can do about it.
package struct Failure: Hashable, Codable, Error, Sendable {
    package var code: Code
    /// What happened, where and why: one or two sentences, never with a secret in it.
    package var message: String
    /// What to do next.
    package var hint: String?

    package init(code: Code, message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension Failure: CustomStringConvertible {
    package var description: String { hint.map { "\(message) \($0)" } ?? message }
}
