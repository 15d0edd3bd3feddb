import GRDB
package import ReconcileModel

/// A part of the history of runs.
package struct RunHistory: Sendable, Equatable {
    /// The latest first.
    package var runs: [RunRecord]
    /// Whether there are older ones that were asked for as well.
    package var isCut: Bool

    package init(runs: [RunRecord], isCut: Bool) { (self.runs, self.isCut) = (runs, isCut) }

    /// Which runs are asked for.
    package struct Request: Sendable {
        /// Only those that wrote to it, with what they did there; nil: to any.
        package var organization: String?
        /// Also runs that had nothing to write.
        package var isComplete: Bool
        /// Nil: all.
        package var limit: Int?

        package init(organization: String? = nil, isComplete: Bool = false, limit: Int? = nil) {
            (self.organization, self.isComplete, self.limit) = (organization, isComplete, limit)
        }
    }

    /// Reads a state file and leaves no trace; of the journal only the entries of the runs that are returned are counted.
    ///
    /// - Returns: nil where there is no file, or it knows nothing of the organization.
    package static func read(path: String, _ request: Request) throws(StateError) -> RunHistory? {
        try StateFile.read(path) { db -> RunHistory? in
            guard try isKnown(request.organization, db) else { return nil }
            var runs = try RunRecord.latest(request.limit.map { $0 + 1 } ?? -1, request, db)
            let isCut = request.limit.map { runs.count > $0 } ?? false
            if isCut { runs.removeLast() }
            return RunHistory(runs: runs, isCut: isCut)
        } ?? nil
    }

    /// One run, with what it wrote; nil where there is none of this number.
    package static func read(_ run: RunID, path: String) throws(StateError) -> (RunRecord, [JournalRecord])? {
        let found: (RunRecord, [JournalRecord])?? = try StateFile.read(path) { db in
            guard let record = try RunRecord.fetch(run, db) else { return nil }
            let sql = "SELECT * FROM journal WHERE run_id = ? ORDER BY seq"
            return (record, try Row.fetchAll(db, sql: sql, arguments: [run.rawValue]).map(JournalRecord.init))
        }
        return found ?? nil
    }

    private static func isKnown(_ organization: String?, _ db: Database) throws -> Bool {
        guard let organization else { return true }
        let sql = """
            SELECT EXISTS (SELECT 1 FROM organizations WHERE prefix = ?1)
                OR EXISTS (SELECT 1 FROM journal WHERE organization = ?1)
            """
        return try Bool.fetchOne(db, sql: sql, arguments: [organization]) ?? false
    }
}

/// Whose pages are these?
package enum PageOwners {
    /// The prefixes of the organizations that have links to one of the pages; reads nothing but those links.
    package static func prefixes(of pages: Set<PageID>, path: String) throws(StateError) -> Set<String> {
        guard !pages.isEmpty else { return [] }
        return try StateFile.read(path) { db in
            let statement = try db.makeStatement(sql: query)
            return try pages.reduce(into: []) { prefixes, page in
                prefixes.formUnion(try String.fetchAll(statement, arguments: [page.rawValue]))
            }
        } ?? []
    }

    static let query = """
        SELECT o.prefix FROM calendar_event_links l JOIN organizations o ON o.id = l.organization_id
        WHERE l.notion_page_id = ?
        """
}
