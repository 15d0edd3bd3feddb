/// What the state remembers of organizations and runs, without the links and the journal behind it.
package struct StateOverview: Sendable, Equatable {
    /// By prefix.
    package var organizations: [String: OrganizationRecord]
    /// The latest first.
    package var runs: [RunRecord]

    package init(organizations: [String: OrganizationRecord] = [:], runs: [RunRecord] = []) {
        self.organizations = organizations
        self.runs = runs
    }
}
