/// What became of a plan.
package struct Report: Hashable, Sendable {
    package var organizations: [OrganizationReport]
    package var requests: RequestTotals
    /// What went wrong with the run as a whole after its changes were carried out.
    package var failure: Failure?
    /// Its number in the history; nil before it has ended.
    package var run: RunID?

    package init(
        organizations: [OrganizationReport],
        requests: RequestTotals = RequestTotals(),
        failure: Failure? = nil
    ) {
        (self.organizations, self.requests, self.failure) = (organizations, requests, failure)
    }

    package var isSuccess: Bool { failure == nil && organizations.allSatisfy(\.isSuccess) }
}
