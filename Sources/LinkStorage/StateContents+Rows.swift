import Foundation
import GRDB
package import ReconcileModel

extension StateContents {
    /// Reads a whole state file and leaves no trace; nil where there is none.
    package static func read(path: String) throws(StateError) -> StateContents? {
        try StateFile.read(path) { try StateContents($0) }
    }

    init(_ db: Database) throws {
        let meta = try Row.fetchOne(db, sql: "SELECT * FROM meta")
        self.init(
            schemaVersion: meta?["schema_version"] ?? 0,
            lineage: meta?["lineage"] ?? "",
            serial: meta?["serial"] ?? 0,
            serviceAccount: meta?["service_account"]
        )
        organizations = try Self.organizations(db)
        runs = try RunRecord.latest(-1, db)
        journal = try Row.fetchAll(db, sql: "SELECT * FROM journal ORDER BY run_id, seq").map(JournalRecord.init)
    }

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
        return try Row.fetchAll(db, sql: "SELECT * FROM organizations ORDER BY prefix").map { row in
            var organization = StoredOrganization(row, former: former)
            organization.links = links[row["id"]] ?? []
            return organization
        }
    }
}

extension StoredOrganization {
    /// Without links.
    init(_ row: Row, former: [Int64: Set<String>]) {
        self.init(
            id: row["id"],
            prefix: row["prefix"],
            formerPrefixes: former[row["id"]] ?? [],
            name: row["name"],
            calendar: (row["google_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
            database: (row["notion_database_id"] as String?).map(DatabaseID.init(rawValue:)),
            dataSource: (row["data_source_id"] as String?).map(DataSourceID.init(rawValue:)),
            isSyncEnabled: row["calendar_sync_enabled"],
            lastSync: row["last_sync_at"],
            hold: (row["hold_run_id"] as Int64?).map(RunID.init(rawValue:)),
            managedFields: (row["managed_fields"] as String?).map(EventField.fields(in:))
        )
    }
}

extension RunRecord {
    /// The latest first, counted in the journal: a run that was killed never wrote its own numbers.
    ///
    /// - Parameter limit: negative: all.
    static func latest(_ limit: Int, _ db: Database) throws -> [RunRecord] {
        let sql = """
            SELECT runs.*,
                coalesce(sum(result = 'applied' AND action = 'create'), 0) AS created,
                coalesce(sum(result = 'applied' AND action = 'update'), 0) AS updated,
                coalesce(sum(result = 'applied' AND action = 'delete'), 0) AS deleted,
                coalesce(sum(result IN ('failed', 'stale')), 0) AS troubled,
                coalesce(sum(seq IS NOT NULL AND result IS NULL), 0) AS unknown
            FROM (SELECT * FROM runs ORDER BY id DESC LIMIT ?) AS runs LEFT JOIN journal ON journal.run_id = runs.id
            GROUP BY runs.id ORDER BY runs.id DESC
            """
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map(RunRecord.init)
    }

    init(_ row: Row) {
        var counts = Counts()
        (counts.created, counts.updated, counts.deleted) = (row["created"], row["updated"], row["deleted"])
        (counts.failed, counts.unknown) = (row["troubled"], row["unknown"])
        self.init(
            id: RunID(rawValue: row["id"]),
            kind: row["kind"],
            startedAt: row["started_at"],
            finishedAt: row["finished_at"],
            outcome: row["outcome"],
            who: row["who"],
            gitRevision: row["git_revision"],
            undoes: (row["undoes_run_id"] as Int64?).map(RunID.init(rawValue:)),
            counts: counts
        )
    }
}

extension JournalRecord {
    init(_ row: Row) {
        let before = EventImage(json: row["before_image"])
        self.init(
            run: RunID(rawValue: row["run_id"]),
            seq: row["seq"],
            organization: row["organization"],
            resource: row["resource"],
            action: Action(rawValue: row["action"]),
            reason: row["reason"],
            page: (row["notion_page_id"] as String?).map(PageID.init(rawValue:)),
            calendar: (row["google_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
            event: (row["google_calendar_event_id"] as String?).map(EventID.init(rawValue:)),
            fields: EventField.fields(in: row["fields"] ?? ""),
            after: EventImage(json: row["intent"])?.event,
            before: before?.event,
            marksBefore: before?.eventMarks,
            linkBefore: Link(json: row["link_before"], organization: row["organization"], page: row["notion_page_id"]),
            intendedAt: row["intended_at"],
            result: (row["result"] as String?).flatMap(Result.init(rawValue:)),
            error: row["error"],
            etagAfter: (row["etag_after"] as String?).map(ETag.init(rawValue:))
        )
    }
}

extension Link {
    init(_ row: Row, organization: String) {
        self.init(
            organization: organization,
            page: PageID(rawValue: row["notion_page_id"]),
            event: EventID(rawValue: row["google_calendar_event_id"]),
            database: DatabaseID(rawValue: row["notion_database_id"]),
            calendar: CalendarID(rawValue: row["google_calendar_id"]),
            hash: ContentHash(rawValue: row["content_hash"]),
            etag: ETag(rawValue: row["google_etag"]),
            lastEdited: row["notion_last_edited_at"],
            storedHash: (row["stored_hash"] as String?).map(ContentHash.init(rawValue:))
        )
    }

    /// As `LinkStore.record` keeps the link that an entry is about to change; its keys are the table's columns.
    init?(json: String?, organization: String, page: String?) {
        guard let json, let page,
            let members = try? JSONDecoder().decode([String: String?].self, from: Data(json.utf8)),
            let event = members["google_calendar_event_id"] ?? nil, let database = members["notion_database_id"] ?? nil,
            let calendar = members["google_calendar_id"] ?? nil, let hash = members["content_hash"] ?? nil,
            let etag = members["google_etag"] ?? nil
        else { return nil }
        self.init(
            organization: organization,
            page: PageID(rawValue: page),
            event: EventID(rawValue: event),
            database: DatabaseID(rawValue: database),
            calendar: CalendarID(rawValue: calendar),
            hash: ContentHash(rawValue: hash),
            etag: ETag(rawValue: etag),
            lastEdited: members["notion_last_edited_at"] ?? nil,
            storedHash: (members["stored_hash"] ?? nil).map(ContentHash.init(rawValue:))
        )
    }
}
