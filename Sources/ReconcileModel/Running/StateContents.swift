/// All that a state holds, for people to look at and for programs to take along.
package struct StateContents: Sendable, Equatable {
    package var schemaVersion: Int
    /// Tells states apart that were not copied from one another.
    package var lineage: String
    /// Grows with each write.
    package var serial: Int
    package var serviceAccount: String?
    /// By prefix.
    package var organizations: [OrganizationRecord] = []
    /// By the prefix of the organization; those of each by page.
    package var links: [String: [StoredLink]] = [:]
    /// The latest first.
    package var runs: [RunRecord] = []
    /// By run and number.
    package var journal: [JournalRecord] = []

    package init(schemaVersion: Int, lineage: String, serial: Int, serviceAccount: String? = nil) {
        self.schemaVersion = schemaVersion
        self.lineage = lineage
        self.serial = serial
        self.serviceAccount = serviceAccount
    }
}
