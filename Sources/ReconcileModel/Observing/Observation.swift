/// Everything a plan is made from: what is declared, what Notion and Google hold, what we remember.
package struct Observation: Sendable, Equatable {
    package var organizations: [OrganizationObservation]
    package var allowances: Allowances

    package init(organizations: [OrganizationObservation], allowances: Allowances = Allowances()) {
        (self.organizations, self.allowances) = (organizations, allowances)
    }
}
