import GRDB
package import ReconcileModel

/// What is left of calendars and organizations that are gone.
extension SQLiteSession {
    package func lastCalendarDeletion(of prefix: String) async throws(StateError) -> CalendarID? {
        try await read { db in
            let sql = """
                SELECT action, google_calendar_id FROM journal
                WHERE organization = ? AND resource = 'calendar' AND action IN ('create', 'delete')
                    AND (result IS NULL OR result = 'applied' OR action = 'delete' AND result = 'skipped')
                ORDER BY run_id DESC, seq DESC LIMIT 1
                """
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [prefix]), row["action"] == "delete" else {
                return nil
            }
            return (row["google_calendar_id"] as String?).map(CalendarID.init(rawValue:))
        }
    }

    static func forget(_ calendar: CalendarID, of prefix: String, _ db: Database) throws {
        for table in ["calendar_event_links", "access_grants"] {
            let sql = """
                DELETE FROM \(table) WHERE google_calendar_id = ?
                    AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """
            try db.execute(sql: sql, arguments: [calendar.rawValue, prefix])
        }
        let sql = """
            UPDATE organizations SET google_calendar_id = NULL, last_sync_at = NULL, held_absences = NULL,
                events_when_blocked = NULL
            WHERE prefix = ? AND google_calendar_id = ?
            """
        try db.execute(sql: sql, arguments: [prefix, calendar.rawValue])
    }

    package func retire(_ prefix: String, in run: RunID) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            for table in ["calendar_event_links", "access_grants", "published_events"] {
                let sql = "DELETE FROM \(table) WHERE organization_id = (SELECT id FROM organizations WHERE prefix = ?)"
                try db.execute(sql: sql, arguments: [prefix])
            }
            try db.execute(
                sql: """
                    UPDATE organizations SET google_calendar_id = NULL, given_calendar_id = NULL, leaving_calendar_id = NULL,
                        notion_database_id = NULL, data_source_id = NULL, last_sync_at = NULL, known_since = NULL, managed_fields = NULL,
                        field_origins = NULL, held_absences = NULL, events_when_blocked = NULL, hold_run_id = NULL,
                        calendar_sync_enabled = 0, service_account = NULL, google_key_variable = NULL, impersonated = NULL,
                        pages_refused_at = NULL, pages_refused = NULL
                    WHERE prefix = ?
                    """,
                arguments: [prefix]
            )
            try db.execute(
                sql: """
                    INSERT INTO journal (run_id, seq, organization, resource, action, reason, allowed_by_name, intended_at,
                        result, finished_at)
                    SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, 'delete', ?4, 1, ?5, 'applied', ?5
                    FROM journal WHERE run_id = ?1
                    """,
                arguments: [
                    run.rawValue, prefix, JournalRecord.Resource.organization.word, Reason.retired.rawValue, now,
                ]
            )
            try Self.bumpSerial(db)
        }
    }

    /// Whether somebody took leave of an organization by its prefix.
    static let isRetired = """
        EXISTS (
            SELECT 1 FROM journal WHERE organization = o.prefix AND resource = 'organization' AND action = 'delete'
                AND result = 'applied'
        )
        """
}
