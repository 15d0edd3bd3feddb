/// What the state remembers of organizations and runs, without the links and the journal behind it.
package struct StateOverview: Sendable, Equatable {
    /// By prefix; their links are left out.
    package var organizations: [String: StoredOrganization]
    /// The latest first.
    package var runs: [RunRecord]

    package init(organizations: [String: StoredOrganization] = [:], runs: [RunRecord] = []) {
        (self.organizations, self.runs) = (organizations, runs)
    }

    /// The organization that had a prefix before it got the one it has; nil: none is known.
    package func successor(of prefix: String) -> StoredOrganization? {
        organizations.values.first { $0.formerPrefixes.contains(prefix) }
    }
}
