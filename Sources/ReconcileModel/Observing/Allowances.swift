/// What a person allowed for this one run, each by naming the organization.
package struct Allowances: Hashable, Codable, Sendable {
    /// Upper bounds of deletes, by prefix.
    package var deletes: [String: Int]
    /// Upper bounds of updates that a limit would hold back, by prefix.
    package var updates: [String: Int]
    /// Organizations whose vanished calendar may be created anew.
    package var recreations: Set<String>
    /// Organizations that may go on with another Notion database, or another data source.
    package var databaseChanges: Set<String>
    /// Organizations that another account than the remembered one may take over.
    package var accountChanges: Set<String>

    /// Organizations whose calendar may be shown to more people.
    package var sharing: Set<String> = []

    /// Organizations whose events may move to another calendar.
    package var moves: Set<String> = []

    /// Organizations whose hold ends.
    package var releases: Set<String>

    package init(
        deletes: [String: Int] = [:],
        updates: [String: Int] = [:],
        recreations: Set<String> = [],
        databaseChanges: Set<String> = [],
        accountChanges: Set<String> = [],
        releases: Set<String> = []
    ) {
        (self.deletes, self.updates, self.recreations) = (deletes, updates, recreations)
        self.databaseChanges = databaseChanges
        (self.accountChanges, self.releases) = (accountChanges, releases)
    }
}

extension Allowances {
    /// - Throws: where another account wrote an organization before, and nobody allowed the change.
    package func check(
        _ account: String,
        against record: OrganizationRecord?,
        of organization: Organization
    ) throws(Failure) {
        guard let known = record?.account, known != account, !accountChanges.contains(organization.prefix) else {
            return
        }
        throw .accountChanged(of: organization, from: known, to: account)
    }

    /// The command line that applies one organization with what is allowed of it: as it can be typed.
    package func command(for prefix: String) -> String {
        var words = ["reconcile apply \(prefix)"]
        if releases.contains(prefix) { words.append("--release \(prefix)") }
        if accountChanges.contains(prefix) { words.append("--allow-account-change \(prefix)") }
        if recreations.contains(prefix) { words.append("--allow-recreate \(prefix)") }
        if databaseChanges.contains(prefix) { words.append("--allow-database-change \(prefix)") }
        if moves.contains(prefix) { words.append("--allow-move \(prefix)") }
        if sharing.contains(prefix) { words.append("--allow-sharing \(prefix)") }
        if let number = deletes[prefix] { words.append("--allow-deletes \(prefix):\(number)") }
        if let number = updates[prefix] { words.append("--allow-updates \(prefix):\(number)") }
        return words.joined(separator: " ")
    }
}
