import Foundation
import GRDB
package import ReconcileModel

extension StateContents {
    /// How much of a state is read.
    package enum Extent: Sendable {
        case everything
        /// Neither runs nor journal, which grow for ever.
        case organizations
        /// The runs and the journal from this run on; no links.
        case since(RunID)
    }

    /// Reads a state file and leaves no trace; nil where there is none.
    package static func read(
        _ extent: Extent = .everything,
        path: String
    ) throws(StateError) -> StateContents? {
        try StateFile.read(path) { try StateContents($0, extent) }
    }

    init(_ db: Database, _ extent: Extent = .everything) throws {
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
        let sql = "SELECT * FROM journal WHERE run_id >= ? ORDER BY run_id, seq"
        journal = try Row.fetchAll(db, sql: sql, arguments: [first]).map(JournalRecord.init)
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
            managedFields: (row["managed_fields"] as String?).map(EventField.fields(in:)),
            origins: FieldOrigins(json: row["field_origins"])
        )
    }
}

extension RunRecord {
    /// The latest first, counted in the journal: a run that was killed never wrote its own numbers.
    ///
    /// - Parameters:
    ///   - limit: negative: all.
    ///   - request: which of them; its limit does not count here.
    ///   - first: none before this one.
    static func latest(
        _ limit: Int,
        _ request: RunHistory.Request,
        from first: Int64 = .min,
        _ db: Database
    ) throws -> [RunRecord] {
        // Adoptions are no writes and have no entries, and what was skipped was not tried. An undo counts whatever came of it, as
        // it puts organizations on hold; but it is not known which, so not where one is asked for.
        let sql = """
            SELECT runs.*, \(countColumns)
            FROM (
                SELECT * FROM runs WHERE id >= :first AND (
                    :complete OR (undoes_run_id IS NOT NULL AND :organization IS NULL)
                    OR EXISTS (
                        SELECT 1 FROM journal WHERE run_id = runs.id AND result IS NOT 'skipped'
                            AND (:organization IS NULL OR organization = :organization)
                    )
                )
                ORDER BY id DESC LIMIT :limit
            ) AS runs LEFT JOIN journal
                ON journal.run_id = runs.id AND (:organization IS NULL OR journal.organization = :organization)
            GROUP BY runs.id ORDER BY runs.id DESC
            """
        let arguments: StatementArguments = [
            "first": first, "complete": request.isComplete, "organization": request.organization, "limit": limit,
        ]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map(RunRecord.init)
    }

    static func fetch(_ run: RunID, _ db: Database) throws -> RunRecord? {
        let sql = """
            SELECT runs.*, \(countColumns) FROM runs LEFT JOIN journal ON journal.run_id = runs.id
            WHERE runs.id = ? GROUP BY runs.id
            """
        return try Row.fetchOne(db, sql: sql, arguments: [run.rawValue]).map(RunRecord.init)
    }

    private static let countColumns = """
        coalesce(sum(result = 'applied' AND action = 'create'), 0) AS created,
        coalesce(sum(result = 'applied' AND action = 'update'), 0) AS updated,
        coalesce(sum(result = 'applied' AND action = 'delete'), 0) AS deleted,
        coalesce(sum(result IN ('failed', 'stale')), 0) AS troubled,
        coalesce(sum(seq IS NOT NULL AND result IS NULL), 0) AS unknown
        """

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
            after: EventImage(json: row["intent"])?.content,
            before: before?.content,
            marksBefore: before?.marks,
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
