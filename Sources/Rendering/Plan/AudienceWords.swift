import ReconcileModel

/// Who can see a calendar, in words.
enum AudienceWords {
    static func text(_ rules: [LiveAccessRule], account: String, _ organization: Organization) -> String {
        guard !rules.isEmpty else { return nobody(account, organization) }
        return rules.map(words).joined(separator: ", ")
    }

    private static func words(_ rule: LiveAccessRule) -> String {
        let who =
            switch rule.scope {
            case .everybody: "everybody"
            case .user(let address): address
            case .group(let address): "the group \(address)"
            case .domain(let name): "everybody at \(name)"
            }
        return switch rule.role {
        case .freeBusyReader: "\(who) (only when there is something)"
        case .reader: who
        case .writerWithoutPrivateAccess, .writer: "\(who) (may change events)"
        case .owner: "\(who) (may change everything)"
        case nil: "\(who) (with a role that is not known here)"
        }
    }

    /// What to do about a calendar that nobody can open.
    private static func nobody(_ account: String, _ organization: Organization) -> String {
        var text = "only \(account), nobody can open it yet"
        if organization.calendar?.sharing == nil {
            text +=
                "; say who may in `calendar.sharing` of \(organization.source.file), such as [{role: reader, scope: public}]"
        }
        return text
    }
}
