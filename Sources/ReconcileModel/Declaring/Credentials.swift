/// `credentials:` of a declaration: which variables of the environment hold what an organization is reached with, where these are not
/// those of all; values never stand in a declaration.
package struct Credentials: Hashable, Codable, Sendable {
    /// A variable that is named, and where.
    package struct Variable: Hashable, Codable, Sendable {
        package var name: String
        package var source: SourceLocation

        package init(_ name: String, source: SourceLocation) { (self.name, self.source) = (name, source) }
    }

    /// The token of the Notion integration; nil: `NOTION_API_KEY` has it.
    package var notion: Variable?
    /// The key of the service account; nil: `GOOGLE_SERVICE_ACCOUNT` has it.
    package var google: Variable?
    /// The token that Notion's deliveries are signed with; nil: `NOTION_WEBHOOK_SECRET` has it.
    package var webhook: Variable?
    /// The person to act for; nil: that of `GOOGLE_IMPERSONATE`, where the key is that of all.
    package var impersonate: String?

    package init() {}

    /// The names of all variables.
    package var variables: [String] { [notion, google, webhook].compactMap { $0?.name } }
}
