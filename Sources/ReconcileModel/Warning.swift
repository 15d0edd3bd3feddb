/// Something people should know that stops nothing and changes no exit code.
package struct Warning: Hashable, Codable, Sendable {
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
