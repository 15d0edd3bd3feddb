package import ReconcileModel

/// Who may do what with a calendar.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/acl>
package struct GoogleAccessRule: Hashable, Decodable, Sendable {
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

extension GoogleAccessRule {
    /// The rule as we speak of it; nil where nobody has a role by it, or its scope is of a kind that we do not know.
    package var live: LiveAccessRule? {
        guard role != "none", let scope = scope.known else { return nil }
        return LiveAccessRule(CalendarRole(rawValue: role), scope)
    }

    /// The id that Google gives to the rule of a scope.
    package static func id(of scope: AccessScope) -> String { scope == .everybody ? "default" : scope.text }
}

extension GoogleAccessRule.Scope {
    package init(_ scope: AccessScope) {
        switch scope {
        case .everybody: self.init(type: "default")
        case .user(let address): self.init(type: "user", value: address)
        case .group(let address): self.init(type: "group", value: address)
        case .domain(let name): self.init(type: "domain", value: name)
        }
    }

    fileprivate var known: AccessScope? {
        guard let value = value?.lowercased(), type != "default" else { return type == "default" ? .everybody : nil }
        return switch type {
        case "user": .user(value)
        case "group": .group(value)
        case "domain": .domain(value)
        default: nil
        }
    }
}
