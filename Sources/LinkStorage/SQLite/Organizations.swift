import GRDB
package import ReconcileModel

/// The table `organizations`.
extension SQLiteSession {
    package func remember(
        _ organization: Organization,
        database databaseID: DatabaseID,
        dataSource: DataSourceID?,
        calendar: CalendarID?,
        formerly former: String?,
        grants: [AccessGrant]?
    ) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            let arguments: StatementArguments = [
                organization.prefix, organization.name, calendar?.rawValue, databaseID.rawValue,
                organization.isSyncEnabled,
            ]
            let sql = """
                INSERT INTO organizations (prefix, name, google_calendar_id, notion_database_id, calendar_sync_enabled)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (prefix) DO UPDATE SET name = excluded.name,
                    google_calendar_id = coalesce(excluded.google_calendar_id, google_calendar_id),
                    notion_database_id = excluded.notion_database_id, calendar_sync_enabled = excluded.calendar_sync_enabled
                WHERE name IS NOT excluded.name OR notion_database_id IS NOT excluded.notion_database_id
                    OR calendar_sync_enabled IS NOT excluded.calendar_sync_enabled
                    OR (excluded.google_calendar_id IS NOT NULL AND google_calendar_id IS NOT excluded.google_calendar_id)
                """
            try db.execute(sql: sql, arguments: arguments)
            var changes = db.changesCount
            if let dataSource {
                let sql = "UPDATE organizations SET data_source_id = ? WHERE prefix = ? AND data_source_id IS NOT ?"
                try db.execute(sql: sql, arguments: [dataSource.rawValue, organization.prefix, dataSource.rawValue])
                changes += db.changesCount
            }
            if let former { changes += try Self.note(former, of: organization.prefix, db) }
            if let given = organization.googleCalendar?.rawValue {
                let sql = "UPDATE organizations SET given_calendar_id = ? WHERE prefix = ?"
                try db.execute(sql: sql, arguments: [given, organization.prefix])
            }
            if let calendar {
                let known = """
                    UPDATE organizations SET known_since = ? WHERE prefix = ? AND known_since IS NULL AND last_sync_at IS NULL
                        AND managed_fields IS NULL
                    """
                try db.execute(sql: known, arguments: [now, organization.prefix])
                let forget = """
                    DELETE FROM calendar_event_links WHERE google_calendar_id <> ?1
                        AND organization_id = (SELECT id FROM organizations WHERE prefix = ?2)
                        AND google_calendar_id IS NOT (SELECT leaving_calendar_id FROM organizations WHERE prefix = ?2)
                    """
                try db.execute(sql: forget, arguments: [calendar.rawValue, organization.prefix])
                changes += db.changesCount
            }
            if let grants {
                try AccessGrant.replace(of: organization.prefix, on: calendar, with: grants, db)
            }
            if changes > 0 { try Self.bumpSerial(db) }
        }
    }

    func register(_ organizations: [Organization]) async throws(StateError) {
        try await write { db in
            for organization in organizations {
                let sql = "INSERT OR IGNORE INTO organizations (prefix, name, calendar_sync_enabled) VALUES (?, ?, ?)"
                try db.execute(
                    sql: sql,
                    arguments: [organization.prefix, organization.name, organization.isSyncEnabled]
                )
            }
        }
    }

    package func remember(managedFields fields: Set<EventField>, of prefix: String) async throws(StateError) {
        try await write { try Self.remember(managedFields: fields, of: prefix, $0) }
    }

    package func remember(_ findings: OrganizationFindings, of prefix: String) async throws(StateError) {
        let held = HeldAbsence.json(findings.held, at: now().rfc3339())
        try await write { db in
            try Self.remember(managedFields: findings.managedFields, of: prefix, db)
            if let origins = findings.origins { try Self.set("field_origins", to: origins.json(), of: prefix, db) }
            try Self.set("held_absences", to: held, of: prefix, db)
            let count = findings.eventsWhenBlocked
            let sql = """
                UPDATE organizations SET events_when_blocked = CASE WHEN ? IS NULL THEN NULL
                    ELSE min(?, coalesce(events_when_blocked, ?)) END WHERE prefix = ?
                """
            try db.execute(sql: sql, arguments: [count, count, count, prefix])
        }
    }

    package func remember(
        _ grants: [AccessGrant],
        of prefix: String,
        on calendar: CalendarID?
    ) async throws(StateError) {
        try await write { try AccessGrant.replace(of: prefix, on: calendar, with: grants, $0) }
    }

    package func remember(refusedPages way: String?, of prefix: String) async throws(StateError) {
        let refusedAt = way == nil ? nil : now().rfc3339()
        try await write { db in
            let sql = "UPDATE organizations SET pages_refused_at = ?, pages_refused = ? WHERE prefix = ?"
            try db.execute(sql: sql, arguments: [refusedAt, way, prefix])
        }
    }

    private static func remember(managedFields fields: Set<EventField>, of prefix: String, _ db: Database) throws {
        try set("managed_fields", to: EventField.text(of: fields), of: prefix, db)
    }

    private static func set(_ column: String, to text: String?, of prefix: String, _ db: Database) throws {
        let sql = "UPDATE organizations SET \(column) = ? WHERE prefix = ? AND \(column) IS NOT ?"
        try db.execute(sql: sql, arguments: [text, prefix, text])
    }

    package func beginMove(
        of organization: Organization,
        from former: CalendarID,
        to calendar: CalendarID
    ) async throws(StateError) {
        try await register([organization])
        try await write { db in
            let sql = """
                UPDATE organizations SET google_calendar_id = ?1, given_calendar_id = ?1, leaving_calendar_id = ?2
                WHERE prefix = ?3 AND (google_calendar_id IS NOT ?1 OR leaving_calendar_id IS NOT ?2)
                """
            try db.execute(sql: sql, arguments: [calendar.rawValue, former.rawValue, organization.prefix])
            if db.changesCount > 0 { try Self.bumpSerial(db) }
        }
    }

    package func finishMove(of prefix: String) async throws(StateError) {
        try await write { db in
            let forget = """
                DELETE FROM calendar_event_links WHERE organization_id = (SELECT id FROM organizations WHERE prefix = ?1)
                    AND google_calendar_id IS NOT (SELECT google_calendar_id FROM organizations WHERE prefix = ?1)
                """
            try db.execute(sql: forget, arguments: [prefix])
            let sql = "UPDATE organizations SET leaving_calendar_id = NULL WHERE prefix = ?"
            try db.execute(sql: sql, arguments: [prefix])
            try Self.bumpSerial(db)
        }
    }

    package func markSynced(_ prefix: String) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            try db.execute(sql: "UPDATE organizations SET last_sync_at = ? WHERE prefix = ?", arguments: [now, prefix])
        }
    }

    package func returnToDatabase(_ former: DatabaseID, _ prefix: String) async throws(StateError) {
        try await write { db in
            let sql = "UPDATE organizations SET data_source_id = NULL, notion_database_id = ? WHERE prefix = ?"
            try db.execute(sql: sql, arguments: [former.rawValue, prefix])
            try Self.bumpSerial(db)
        }
    }

    package func hold(_ prefixes: [String], after run: RunID) async throws(StateError) {
        try await setHold(run, of: prefixes)
    }

    package func release(_ prefixes: [String]) async throws(StateError) { try await setHold(nil, of: prefixes) }

    private func setHold(_ run: RunID?, of prefixes: [String]) async throws(StateError) {
        guard !prefixes.isEmpty else { return }
        try await write { db in
            for prefix in prefixes {
                let sql = "UPDATE organizations SET hold_run_id = ? WHERE prefix = ? AND hold_run_id IS NOT ?"
                try db.execute(sql: sql, arguments: [run?.rawValue, prefix, run?.rawValue])
            }
            try Self.bumpSerial(db)
        }
    }
}

extension OrganizationRecord {
    static func all(_ db: Database) throws -> [OrganizationRecord] {
        let (former, grants) = (try formerPrefixes(db), try AccessGrant.all(db))
        let sql = "SELECT o.*, \(SQLiteSession.isRetired) AS is_retired FROM organizations o ORDER BY prefix"
        return try Row.fetchAll(db, sql: sql).map { row in
            var record = OrganizationRecord(row, former: former)
            record.grants = grants[record.id] ?? []
            return record
        }
    }

    /// The prefixes that organizations had before, by the number of the organization.
    private static func formerPrefixes(_ db: Database) throws -> [Int64: Set<String>] {
        var prefixes: [Int64: Set<String>] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT prefix, organization_id FROM former_prefixes") {
            prefixes[row["organization_id"], default: []].insert(row["prefix"])
        }
        return prefixes
    }

    private init(_ row: Row, former: [Int64: Set<String>]) {
        self.init(
            id: row["id"],
            prefix: row["prefix"],
            name: row["name"],
            formerPrefixes: former[row["id"]] ?? [],
            isSyncEnabled: row["calendar_sync_enabled"]
        )
        calendar = Calendar(
            id: (row["google_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
            given: (row["given_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
            leaving: (row["leaving_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
            knownSince: (row["known_since"] as String?).flatMap { Timestamp(rfc3339: $0) }
        )
        source = Source(
            database: (row["notion_database_id"] as String?).map(DatabaseID.init(rawValue:)),
            dataSource: (row["data_source_id"] as String?).map(DataSourceID.init(rawValue:))
        )
        fields = Fields(
            managed: (row["managed_fields"] as String?).map(EventField.fields(in:)),
            origins: FieldOrigins(json: row["field_origins"])
        )
        account = row["service_account"]
        access = Access(keyVariable: row["google_key_variable"], person: row["impersonated"])
        if let at = (row["pages_refused_at"] as String?).flatMap({ Timestamp(rfc3339: $0) }) {
            refusedPages = RefusedPages(at: at, way: row["pages_refused"] ?? "")
        }
        lastSync = row["last_sync_at"]
        eventsWhenBlocked = row["events_when_blocked"]
        held = HeldAbsence.all(json: row["held_absences"])
        hold = (row["hold_run_id"] as Int64?).map(RunID.init(rawValue:))
        isRetired = row["is_retired"] && !isWritten
    }
}

extension [OrganizationRecord] {
    var byPrefix: [String: OrganizationRecord] {
        Dictionary(map { ($0.prefix, $0) }) { first, _ in first }
    }
}

extension EventField {
    /// The form in which the state keeps a set of fields: names with commas between them.
    static func text(of fields: Set<EventField>) -> String { fields.sorted().map(\.rawValue).joined(separator: ",") }

    static func fields(in text: String) -> Set<EventField> {
        Set(text.split(separator: ",").compactMap { EventField(rawValue: String($0)) })
    }
}
