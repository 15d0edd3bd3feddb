/// What would be done, for every organization that was asked for. Sorted, comparable, complete: apply decides nothing.
package struct Plan: Hashable, Codable, Sendable {
    package var organizations: [OrganizationPlan]

    package init(organizations: [OrganizationPlan]) { self.organizations = organizations }
}
