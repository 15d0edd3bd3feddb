import GRDB
package import ReconcileModel

extension StateSnapshot {
    /// - Parameters:
    ///   - path: a state file that need not exist.
    ///   - now: the end of the rolling day in which deletes are counted.
    package static func read(path: String, now: Timestamp) async throws(StateError) -> StateSnapshot {
        try StateFile.read(path) { try StateSnapshot($0, now: now) } ?? StateSnapshot(readAt: now)
    }

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
                links: try Self.links(db, organization: id, prefix: prefix),
                recentDeletes: try Self.deletes(db, prefix: prefix, allowedByName: false, now: now),
                allowedDeletes: try Self.deletes(db, prefix: prefix, allowedByName: true, now: now),
                eventsWhenBlocked: row["events_when_blocked"],
                managedFields: (row["managed_fields"] as String?).map(EventField.fields(in:)),
                origins: FieldOrigins(json: row["field_origins"]),
                held: HeldAbsence.all(json: row["held_absences"]),
                knownSince: (row["known_since"] as String?).flatMap { Timestamp(rfc3339: $0) },
                hold: (row["hold_run_id"] as Int64?).map(RunID.init(rawValue:))
            )
        }
    }

    private static func links(_ db: Database, organization: Int64, prefix: String) throws -> [PageID: Link] {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT * FROM calendar_event_links WHERE organization_id = ?",
            arguments: [organization]
        )
        var links: [PageID: Link] = [:]
        while let row = try rows.next() {
            let link = Link(row, organization: prefix)
            links[link.page] = link
        }
        return links
    }

    /// An intent without a result is of a run that was killed: its delete may have happened.
    private static func deletes(
        _ db: Database,
        prefix: String,
        allowedByName: Bool,
        now: Timestamp
    ) throws -> Set<EventID> {
        let sql = """
            SELECT DISTINCT google_calendar_event_id FROM journal
            WHERE organization = ? AND action = 'delete' AND allowed_by_name = ?
                AND (result = 'applied' AND finished_at > ? OR result IS NULL AND intended_at > ?)
            """
        let dayAgo = now.adding(seconds: -86_400).rfc3339()
        return Set(
            try String.fetchAll(db, sql: sql, arguments: [prefix, allowedByName, dayAgo, dayAgo]).map(
                EventID.init(rawValue:)
            )
        )
    }
}

extension EventField {
    /// The form in which the state keeps a set of fields: names with commas between them.
    static func text(of fields: Set<EventField>) -> String { fields.sorted().map(\.rawValue).joined(separator: ",") }

    static func fields(in text: String) -> Set<EventField> {
        Set(text.split(separator: ",").compactMap { EventField(rawValue: String($0)) })
    }
}
