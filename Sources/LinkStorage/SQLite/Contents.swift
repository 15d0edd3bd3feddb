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
        switch extent {
        case .everything:
            organizations = try Self.organizations(db)
            try readRuns(from: Int64.min, db)
        case .organizations: organizations = try Self.organizations(db)
        case .since(let run):
            let former = try FormerPrefixes.read(db)
            organizations = try Row.fetchAll(db, sql: Self.organizationsByPrefix).map {
                StoredOrganization($0, former: former)
            }
            try readRuns(from: run.rawValue, db)
        }
    }

    private mutating func readRuns(from first: Int64, _ db: Database) throws {
        runs = try RunRecord.latest(-1, RunHistory.Request(isComplete: true), from: first, db)
        journal = try JournalRecord.all(from: first, db)
    }

    private static let organizationsByPrefix = "SELECT * FROM organizations ORDER BY prefix"

    private static func organizations(_ db: Database) throws -> [StoredOrganization] {
        var links: [Int64: [StoredLink]] = [:]
        let sql = """
            SELECT l.*, o.prefix FROM calendar_event_links l JOIN organizations o ON o.id = l.organization_id
            ORDER BY notion_page_id
            """
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next() {
            let link = StoredLink(link: Link(row, organization: row["prefix"]), appliedAt: row["applied_at"])
            links[row["organization_id"], default: []].append(link)
        }
        let former = try FormerPrefixes.read(db)
        return try Row.fetchAll(db, sql: organizationsByPrefix).map { row in
            var organization = StoredOrganization(row, former: former)
            organization.links = links[row["id"]] ?? []
            return organization
        }
    }
}

extension StateOverview {
    /// - Parameter limit: of the runs.
    init(_ db: Database, runs limit: Int) throws {
        let former = try FormerPrefixes.read(db)
        let organizations = try Row.fetchAll(db, sql: "SELECT * FROM organizations").map { row in
            (row["prefix"] as String, StoredOrganization(row, former: former))
        }
        self.init(
            organizations: Dictionary(organizations) { first, _ in first },
            runs: try RunRecord.latest(limit, RunHistory.Request(isComplete: true), db)
        )
    }
}

extension StateSnapshot {
    /// - Parameter now: the end of the rolling day in which deletes are counted.
    init(_ db: Database, now: Timestamp) throws {
        self.init(serviceAccount: try String.fetchOne(db, sql: "SELECT service_account FROM meta"), readAt: now)
        let former = try FormerPrefixes.read(db)
        for row in try Row.fetchAll(db, sql: "SELECT * FROM organizations") {
            let prefix: String = row["prefix"]
            let id: Int64 = row["id"]
            organizations[prefix] = OrganizationRecord(
                id: id,
                formerPrefixes: former[id] ?? [],
                calendar: (row["google_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
                givenCalendar: (row["given_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
                database: (row["notion_database_id"] as String?).map(DatabaseID.init(rawValue:)),
                dataSource: (row["data_source_id"] as String?).map(DataSourceID.init(rawValue:)),
                lastSync: row["last_sync_at"],
                links: try Link.all(db, of: prefix),
                recentDeletes: try JournalRecord.deletes(db, prefix: prefix, allowedByName: false, now: now),
                allowedDeletes: try JournalRecord.deletes(db, prefix: prefix, allowedByName: true, now: now),
                eventsWhenBlocked: row["events_when_blocked"],
                managedFields: (row["managed_fields"] as String?).map(EventField.fields(in:)),
                origins: FieldOrigins(json: row["field_origins"]),
                held: HeldAbsence.all(json: row["held_absences"]),
                knownSince: (row["known_since"] as String?).flatMap { Timestamp(rfc3339: $0) },
                hold: (row["hold_run_id"] as Int64?).map(RunID.init(rawValue:))
            )
        }
    }
}
