/// What was seen of one organization.
package struct OrganizationObservation: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// Nothing was read, and nothing will be done.
        case leftAlone(Standing)
        case failed(Failure)
        /// Its declaration has mistakes: nothing was read, and nothing will be done.
        case misdeclared([Diagnostic])
        case observed(OrganizationState)
    }

    package var organization: Organization
    package var content: Content

    package init(organization: Organization, content: Content) {
        (self.organization, self.content) = (organization, content)
    }
}
