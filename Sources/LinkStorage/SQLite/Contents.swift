import GRDB
import ReconcileModel

extension StateContents {
    init(_ db: Database, _ extent: Extent) throws {
        let meta = try Row.fetchOne(db, sql: "SELECT * FROM meta")
        self.init(
            schemaVersion: meta?["schema_version"] ?? 0,
            lineage: meta?["lineage"] ?? "",
            serial: meta?["serial"] ?? 0,
            serviceAccount: meta?["service_account"]
        )
        organizations = try OrganizationRecord.all(db)
        switch extent {
        case .everything:
            links = try StoredLink.all(db)
            try readRuns(from: Int64.min, db)
        case .organizations: links = try StoredLink.all(db)
        case .since(let run): try readRuns(from: run.rawValue, db)
        }
    }

    private mutating func readRuns(from first: Int64, _ db: Database) throws {
        runs = try RunRecord.latest(-1, RunHistory.Request(isComplete: true), from: first, db)
        journal = try JournalRecord.all(from: first, db)
    }
}

extension StateOverview {
    /// - Parameter limit: of the runs.
    init(_ db: Database, runs limit: Int) throws {
        self.init(
            organizations: try OrganizationRecord.all(db).byPrefix,
            runs: try RunRecord.latest(limit, RunHistory.Request(isComplete: true), db)
        )
    }
}

extension StateSnapshot {
    /// - Parameter now: the end of the rolling day in which deletes are counted.
    init(_ db: Database, now: Timestamp) throws {
        self.init(
            organizations: try OrganizationRecord.all(db).byPrefix,
            readAt: now
        )
        for prefix in organizations.keys {
            links[prefix] = try Link.all(db, of: prefix)
            deletes[prefix] = try RecentDeletes(db, of: prefix, now: now)
        }
    }
}
