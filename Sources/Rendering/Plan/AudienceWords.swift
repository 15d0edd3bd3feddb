import ReconcileModel

/// Who can see a calendar, in words.
enum AudienceWords {
    static func text(_ audience: Audience, _ organization: Organization) -> String {
        guard !audience.rules.isEmpty else { return nobody(audience, organization) }
        return audience.rules.map(words).joined(separator: ", ")
    }

    private static func words(_ rule: AccessRule) -> String {
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
        }
    }

    /// What to do about a calendar that nobody can open.
    private static func nobody(_ audience: Audience, _ organization: Organization) -> String {
        var text = "only \(audience.account), nobody can open it yet"
        if organization.calendar?.sharing == nil {
            text += "; add `sharing: [{role: reader, scope: public}]` under `calendar:` in \(organization.source.file)"
        }
        return text
    }
}
