package import ReconcileModel

extension StateSnapshot {
    /// Whose the events of an organization's calendar are, by all that is declared and remembered.
    ///
    /// - Parameters:
    ///   - database: the organization's.
    ///   - dataSource: the organization's; nil: not known.
    ///   - former: what the state still has under a prefix that the organization had before.
    ///   - calendar: nil: it has none yet.
    package func ownership(
        of organization: Organization,
        database: DatabaseID,
        _ dataSource: DataSourceID?,
        formerly former: Renames.Former? = nil,
        among declared: DeclaredOrganizations,
        on calendar: CalendarID?
    ) -> EventOwnership {
        let renames = Renames(state: self, declared: declared)
        let others = renames.declared.filter { $0.prefix != organization.prefix }
        var ownership = EventOwnership(
            prefixes: renames.formerPrefixes(of: organization, former).union([organization.prefix]),
            otherPrefixes: Set(others.flatMap { [$0.prefix] + $0.previously }),
            reusedPrefixes: renames.reusedPrefixes(for: database, dataSource)
        )
        guard let calendar else { return ownership }
        ownership.linkedElsewhere = linkedElsewhere(than: ownership.prefixes, in: calendar)
        return ownership
    }

    /// Events of a calendar that are linked with other organizations, each with that one's prefix.
    private func linkedElsewhere(than own: Set<String>, in calendar: CalendarID) -> [EventID: String] {
        var found: [EventID: String] = [:]
        for (other, links) in links where !own.contains(other) {
            for link in links.values where link.calendar == calendar { found[link.event] = other }
        }
        return found
    }

    /// Organizations that have a calendar by declaration or state, other than one: whoever is on it is not alone.
    func others(on calendar: CalendarID, than prefix: String, among declared: DeclaredOrganizations) -> [String] {
        let renames = Renames(state: self, declared: declared)
        return renames.declared.filter { $0.prefix != prefix && renames.isOn(calendar, $0) }.map(\.prefix).sorted()
    }
}
