package import ReconcileModel

/// Who may do what with a calendar.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/acl>
package struct AccessRule: Hashable, Decodable, Sendable {
    /// Whom a rule concerns.
    package struct Scope: Hashable, Decodable, Sendable {
        /// `default` (everybody), `user`, `group` or `domain`.
        package var type: String
        /// An e-mail address or a domain. For `default` Google may answer a placeholder: compare those by type alone.
        package var value: String?

        package init(type: String, value: String? = nil) { (self.type, self.value) = (type, value) }
    }

    /// `default`, `user:<e-mail>`, `group:<e-mail>` or `domain:<domain>`.
    package var id: String
    package var etag: ETag?
    package var scope: Scope
    /// `none`, `freeBusyReader`, `reader`, `writerWithoutPrivateAccess`, `writer` or `owner`.
    package var role: String

    static let fields = "id,etag,scope,role"
}
