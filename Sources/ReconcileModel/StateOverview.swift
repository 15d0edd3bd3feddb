/// What the state remembers of organizations and runs, without the links and the journal behind it.
package struct StateOverview: Sendable, Equatable {
    /// By prefix; their links are left out.
    package var organizations: [String: StoredOrganization]
    /// The latest first.
    package var runs: [RunRecord]

    package init(organizations: [String: StoredOrganization] = [:], runs: [RunRecord] = []) {
        (self.organizations, self.runs) = (organizations, runs)
    }
}
