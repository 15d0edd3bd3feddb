package import ReconcileModel

/// Decides what to do from what was observed.
///
/// A pure function: no clock, no I/O, no randomness. Equal observations give equal plans, down to the order of changes.
package struct Planner: Sendable {
    package init() {}

    package func plan(_ observation: Observation) -> Plan {
        let organizations = observation.organizations.sorted { $0.organization.prefix < $1.organization.prefix }
        return Plan(organizations: organizations.map { plan($0, allowances: observation.allowances) })
    }

    private func plan(_ observed: OrganizationObservation, allowances: Allowances) -> OrganizationPlan {
        switch observed.content {
        case .leftAlone(let standing): OrganizationPlan(.leftAlone(standing), of: observed.organization)
        case .failed(let failure): OrganizationPlan(.failed(failure), of: observed.organization)
        case .misdeclared(let mistakes): OrganizationPlan(.misdeclared(mistakes), of: observed.organization)
        case .observed(let state):
            plan(observed.organization, state, allowances)
        }
    }

    private func plan(
        _ organization: Organization,
        _ state: OrganizationState,
        _ allowances: Allowances
    ) -> OrganizationPlan {
        let plan = OrganizationPlanner(organization: organization, state: state).plan(allowances)
        return AccessCheck(state.calendar)?.revised(plan) ?? plan
    }
}
