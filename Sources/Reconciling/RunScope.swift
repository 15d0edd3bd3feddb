package import ReconcileModel

/// Which organizations a run is about.
package struct RunScope: Sendable {
    /// Those that are looked at.
    package var organizations: [Organization]
    /// Those whose declarations have mistakes: they are told, and left alone.
    package var mistaken: [OrganizationObservation]
    /// Of those that nobody declares any more, the ones to be told.
    package var orphans = Orphans.none

    package enum Orphans: Equatable, Sendable {
        case none, all
        case named(Set<String>)

        func contains(_ prefix: String) -> Bool {
            switch self {
            case .none: false
            case .all: true
            case .named(let prefixes): prefixes.contains(prefix)
            }
        }
    }

    /// - Parameter prefixes: of what is declared; empty: all that there is, also what nobody declares any more.
    package init(_ declared: DeclaredOrganizations, only prefixes: Set<String> = []) {
        let isMeant: (Organization) -> Bool = { prefixes.isEmpty || prefixes.contains($0.prefix) }
        organizations = declared.sound.filter(isMeant)
        mistaken = declared.mistaken.filter { isMeant($0.organization) }.map { organization, mistakes in
            OrganizationObservation(organization: organization, content: .misdeclared(mistakes))
        }
        orphans = prefixes.isEmpty ? .all : .none
    }

    /// Those that are declared, as plans call them.
    package var prefixes: [String] { (organizations + mistaken.map(\.organization)).map(\.prefix).sorted() }
}
