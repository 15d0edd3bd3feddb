package import ReconcileModel

/// Which organizations a run is about.
package struct RunScope: Sendable {
    /// Those that are looked at.
    package var organizations: [Organization]
    /// Those whose declarations have mistakes: they are told, and left alone.
    package var mistaken: [OrganizationObservation]

    package init(_ organizations: [Organization], mistaken: [OrganizationObservation] = []) {
        (self.organizations, self.mistaken) = (organizations, mistaken)
    }

    /// - Parameter prefixes: empty: all.
    package init(_ declared: DeclaredOrganizations, only prefixes: Set<String> = []) {
        let isMeant: (Organization) -> Bool = { prefixes.isEmpty || prefixes.contains($0.prefix) }
        organizations = declared.sound.filter(isMeant)
        mistaken = declared.mistaken.filter { isMeant($0.organization) }.map { organization, mistakes in
            OrganizationObservation(organization: organization, content: .misdeclared(mistakes))
        }
    }

    /// As plans call them.
    package var prefixes: [String] { (organizations + mistaken.map(\.organization)).map(\.prefix).sorted() }
}
