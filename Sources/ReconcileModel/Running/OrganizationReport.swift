/// What became of one organization's plan.
package struct OrganizationReport: Sendable, Equatable {
    package var plan: OrganizationPlan
    /// One for each change of the plan, in its order.
    package var outcomes: [Outcome]
    /// What ended the organization's run early, beside outcomes of single changes.
    package var failure: Failure?

    /// - Parameter outcomes: one for each change of the plan; what the plan left out is added to both.
    package init(plan: OrganizationPlan, outcomes: [Outcome], failure: Failure? = nil) {
        (self.plan, self.outcomes, self.failure) = (plan, outcomes, failure)
        guard !plan.leftOut.isEmpty else { return }
        if outcomes.isEmpty { self.plan.changes = [] }
        self.plan.changes += plan.leftOut.map(\.change)
        self.outcomes += plan.leftOut.map { .stale($0.reason) }
        self.plan.leftOut = []
    }
}

extension OrganizationReport {
    /// Whether everything the plan promised came true.
    package var isSuccess: Bool {
        guard failure == nil, plan.status != .error, plan.status != .blocked else { return false }
        return outcomes.allSatisfy(\.isFulfilled)
    }
}
