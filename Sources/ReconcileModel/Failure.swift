/// Why something could not be done, for people and for programs.
package struct Failure: Error, Hashable, Sendable {
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

/// Something people should know that stops nothing and changes no exit code.
package struct Warning: Hashable, Sendable {
    /// Stable, lower case with underscores: `title_empty`, `description_cut`.
    package var code: String
    package var message: String
    package var page: PageID?
    /// Whether it is told also to those who want to hear of failures and changes only: once something is written, nobody says it again.
    package var isUrgent = false

    package init(code: String, message: String, page: PageID? = nil) {
        (self.code, self.message, self.page) = (code, message, page)
    }
}
