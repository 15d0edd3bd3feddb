/// All that a state file holds, for people to look at and for programs to take along.
package struct StateContents: Sendable, Equatable {
    package var schemaVersion: Int
    /// Tells state files apart that were not copied from one another.
    package var lineage: String
    /// Grows with each write.
    package var serial: Int
    package var serviceAccount: String?
    /// By prefix.
    package var organizations: [StoredOrganization]
    /// The latest first.
    package var runs: [RunRecord]
    /// By run and number.
    package var journal: [JournalRecord]

    package init(
        schemaVersion: Int,
        lineage: String,
        serial: Int,
        serviceAccount: String? = nil,
        organizations: [StoredOrganization] = [],
        runs: [RunRecord] = [],
        journal: [JournalRecord] = []
    ) {
        (self.schemaVersion, self.lineage, self.serial) = (schemaVersion, lineage, serial)
        (self.serviceAccount, self.organizations) = (serviceAccount, organizations)
        (self.runs, self.journal) = (runs, journal)
    }
}
