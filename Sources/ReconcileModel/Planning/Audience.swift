/// Who can see an organization's calendar.
package struct Audience: Hashable, Codable, Sendable {
    /// All rules as they stand now, but for our own account's and the calendar's own.
    package var live: [LiveAccessRule]
    /// The e-mail of our own account.
    package var account: String

    package init(live: [LiveAccessRule], account: String) { (self.live, self.account) = (live, account) }

    /// Once these changes are made; everybody's rule first.
    package func rules(after changes: some Sequence<AccessChange>) -> [LiveAccessRule] {
        var rules = live.byScope
        for change in changes { rules[change.scope] = change.after.map { LiveAccessRule($0, change.scope) } }
        return rules.values.sorted { $0.scope < $1.scope }
    }
}

extension OrganizationReport {
    /// Who can see the calendar once the plan is carried out, or after what was done of it; nil where that is neither declared nor new.
    package var audience: (rules: [LiveAccessRule], account: String)? {
        guard let audience = plan.work?.audience else { return nil }
        let changes = lines.compactMap { line, outcome -> AccessChange? in
            guard case .access(let change) = line.todo, outcome?.isFulfilled ?? true else { return nil }
            return change
        }
        return (audience.rules(after: changes), audience.account)
    }
}
