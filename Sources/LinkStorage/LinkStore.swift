import GRDB
package import ReconcileModel

/// The link table, the journal and the history of runs, in one SQLite file.
///
/// Every method is one transaction: after a crash the file says either that something happened or that it did not.
package struct LinkStore: Sendable {
    private let database: DatabaseQueue
    private let path: String
    private let lock: RunLock?
    let now: @Sendable () -> Timestamp

    /// Opens the file for writing; creates and migrates it as needed.
    ///
    /// - Parameter lock: kept as long as the store, and looked at before every write.
    package init(
        path: String,
        lock: RunLock? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) throws(StateError) {
        database = try StateFile.openForWriting(path)
        (self.path, self.lock, self.now) = (path, lock, now)
    }

    package func snapshot() async throws(StateError) -> StateSnapshot {
        let now = now()
        return try await read { try StateSnapshot($0, now: now) }
    }

    // MARK: - Runs

    /// - Parameters:
    ///   - kind: the command, such as `apply`.
    ///   - who: the person or job, as far as the environment tells.
    ///   - undone: the run that this one takes back.
    package func beginRun(
        kind: String,
        who: String?,
        gitRevision: String?,
        undoes undone: RunID? = nil
    ) async throws(StateError) -> RunID {
        let now = now().rfc3339()
        return try await write { db in
            try db.execute(
                sql: "INSERT INTO runs (kind, started_at, who, git_revision, undoes_run_id) VALUES (?, ?, ?, ?, ?)",
                arguments: [kind, now, who, gitRevision, undone?.rawValue]
            )
            return RunID(rawValue: db.lastInsertedRowID)
        }
    }

    package func finishRun(_ run: RunID, outcome: String) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            let sql = """
                UPDATE runs SET finished_at = ?, outcome = ?,
                    applied = (SELECT count(*) FROM journal WHERE run_id = runs.id AND result = 'applied'),
                    failed = (SELECT count(*) FROM journal WHERE run_id = runs.id AND result IN ('failed', 'stale'))
                WHERE id = ?
                """
            try db.execute(sql: sql, arguments: [now, outcome, run.rawValue])
        }
    }

    // MARK: - Journal

    /// Records what is about to be written.
    ///
    /// - Returns: the number of each intent in the run, in the order given.
    package func record(_ intents: [JournalIntent], in run: RunID) async throws(StateError) -> [Int] {
        let now = now().rfc3339()
        return try await write { db in
            var seq =
                try Int.fetchOne(db, sql: "SELECT max(seq) FROM journal WHERE run_id = ?", arguments: [run.rawValue])
                ?? 0
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO journal (run_id, seq, organization, resource, action, reason, notion_page_id, google_calendar_id,
                        google_calendar_event_id, intent, before_image, fields, allowed_by_name, intended_at, link_before)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (\(Self.linkAsJSON)))
                    """
            )
            return try intents.map { intent in
                seq += 1
                try statement.execute(arguments: [
                    run.rawValue, seq, intent.organization, intent.resource, intent.action, intent.reason.rawValue,
                    intent.page?.rawValue, intent.calendar?.rawValue, intent.event?.rawValue, intent.after?.json(),
                    intent.before?.json(), EventField.text(of: intent.fields),
                    intent.isAllowedByName, now, intent.organization, intent.page?.rawValue,
                ])
                return seq
            }
        }
    }

    /// Records what became of intents, and the links that follow, in one transaction.
    package func record(_ results: [JournalResult], in run: RunID, organization: String) async throws(StateError) {
        guard !results.isEmpty else { return }
        let now = now().rfc3339()
        try await write { db in
            for result in results {
                try db.execute(
                    sql: """
                        UPDATE journal SET result = ?, error = ?, etag_after = ?, finished_at = ?,
                            google_calendar_event_id = coalesce(?, google_calendar_event_id),
                            action = coalesce(?, action), before_image = coalesce(?, before_image),
                            fields = coalesce(?, fields)
                        WHERE run_id = ? AND seq = ?
                        """,
                    arguments: [
                        result.isUnclear ? nil : Self.word(result.outcome), Self.text(result.outcome),
                        result.etag?.rawValue, now, result.event?.rawValue,
                        result.found.map { _ in "update" }, result.found.flatMap { EventImage($0.event)?.json() },
                        result.found.map { EventField.text(of: $0.fields) },
                        run.rawValue, result.seq,
                    ]
                )
                if let change = result.link { try Self.apply(change, organization: organization, at: now, db) }
            }
            try Self.bumpSerial(db)
        }
    }

    /// Changes links without a write to Google: adoptions, and links whose page and event are both gone.
    package func update(links: [JournalResult.LinkChange], organization: String) async throws(StateError) {
        guard !links.isEmpty else { return }
        let now = now().rfc3339()
        try await write { db in
            for change in links { try Self.apply(change, organization: organization, at: now, db) }
            try Self.bumpSerial(db)
        }
    }

    // MARK: - Organizations and meta

    /// Remembers an organization and, where known, its data source and calendar. Links to another calendar are forgotten: their
    /// events live where nobody looks any more.
    ///
    /// - Parameter former: a prefix that it had before, as its calendar tells.
    package func remember(
        _ organization: Organization,
        database databaseID: DatabaseID,
        dataSource: DataSourceID? = nil,
        calendar: CalendarID?,
        formerly former: String? = nil
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
                    DELETE FROM calendar_event_links WHERE google_calendar_id <> ?
                        AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                    """
                try db.execute(sql: forget, arguments: [calendar.rawValue, organization.prefix])
                changes += db.changesCount
            }
            if changes > 0 { try Self.bumpSerial(db) }
        }
    }

    /// Gives organizations that are not known yet an id, in the order given.
    package func register(_ organizations: [Organization]) async throws(StateError) {
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

    /// Notes how many events there were when deletes began to be blocked, so that what is created meanwhile makes no room for
    /// them; nil: none are blocked any more.
    package func remember(eventsWhenBlocked count: Int?, of prefix: String) async throws(StateError) {
        try await write { db in
            let sql = """
                UPDATE organizations SET events_when_blocked = CASE WHEN ? IS NULL THEN NULL
                    ELSE min(?, coalesce(events_when_blocked, ?)) END WHERE prefix = ?
                """
            try db.execute(sql: sql, arguments: [count, count, count, prefix])
        }
    }

    /// Remembers what the pages of an organization decide, so that a property that vanishes is missed.
    package func remember(managedFields fields: Set<EventField>, of prefix: String) async throws(StateError) {
        let text = EventField.text(of: fields)
        try await write { db in
            try db.execute(
                sql: "UPDATE organizations SET managed_fields = ? WHERE prefix = ? AND managed_fields IS NOT ?",
                arguments: [text, prefix, text]
            )
        }
    }

    /// Remembers where these fields come from, so that a later run can say what changed.
    package func remember(_ origins: FieldOrigins, of prefix: String) async throws(StateError) {
        let text = origins.json()
        try await write { db in
            try db.execute(
                sql: "UPDATE organizations SET field_origins = ? WHERE prefix = ? AND field_origins IS NOT ?",
                arguments: [text, prefix, text]
            )
        }
    }

    /// Remembers pages that were looked at alone and whose events stay; others are forgotten.
    package func remember(_ held: [PageID: HeldAbsence], of prefix: String) async throws(StateError) {
        let text = HeldAbsence.json(held, at: now().rfc3339())
        try await write { db in
            try db.execute(
                sql: "UPDATE organizations SET held_absences = ? WHERE prefix = ? AND held_absences IS NOT ?",
                arguments: [text, prefix, text]
            )
        }
    }

    /// Notes a run of this organization that ended without errors.
    package func markSynced(_ prefix: String) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            try db.execute(sql: "UPDATE organizations SET last_sync_at = ? WHERE prefix = ?", arguments: [now, prefix])
        }
    }

    /// Remembers which account writes, so that another one is noticed.
    package func remember(serviceAccount: String) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: "UPDATE meta SET service_account = ? WHERE service_account IS NOT ?",
                arguments: [serviceAccount, serviceAccount]
            )
            if db.changesCount > 0 { try Self.bumpSerial(db) }
        }
    }

    // MARK: - Helpers

    /// The link of a page as it is before a write, so that it can be taken back with it.
    private static let linkAsJSON = """
        SELECT json_object('google_calendar_event_id', google_calendar_event_id, 'notion_database_id', l.notion_database_id,
            'google_calendar_id', l.google_calendar_id, 'content_hash', content_hash, 'google_etag', google_etag,
            'notion_last_edited_at', notion_last_edited_at, 'stored_hash', stored_hash)
        FROM calendar_event_links l JOIN organizations o ON o.id = l.organization_id
        WHERE o.prefix = ? AND notion_page_id = ?
        """

    func read<T: Sendable>(_ query: @escaping @Sendable (Database) throws -> T) async throws(StateError) -> T {
        do {
            return try await database.read(query)
        } catch {
            throw StateError(error, path: path)
        }
    }

    func write<T: Sendable>(_ updates: @escaping @Sendable (Database) throws -> T) async throws(StateError) -> T {
        try lock?.check()
        do {
            // In a task of its own: where a run is ended early, what is known is recorded all the same.
            return try await Task { [database] in try await database.write(updates) }.value
        } catch {
            throw StateError(error, path: path)
        }
    }

    static func apply(
        _ change: JournalResult.LinkChange,
        organization: String,
        at now: String,
        _ db: Database
    ) throws {
        switch change {
        case .remove(let page):
            try db.execute(
                sql: """
                    DELETE FROM calendar_event_links WHERE notion_page_id = ?
                        AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                    """,
                arguments: [page.rawValue, organization]
            )
        case .removeLink(let page, let event):
            try db.execute(
                sql: """
                    DELETE FROM calendar_event_links WHERE notion_page_id = ? AND google_calendar_event_id = ?
                        AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                    """,
                arguments: [page.rawValue, event.rawValue, organization]
            )
        case .set(let link):
            // REPLACE also drops a link of another page to the same event: an event belongs to one page.
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO calendar_event_links (organization_id, notion_page_id, google_calendar_event_id,
                        notion_database_id, google_calendar_id, content_hash, google_etag, notion_last_edited_at, applied_at,
                        stored_hash)
                    SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM organizations WHERE prefix = ?
                    """,
                arguments: [
                    link.page.rawValue, link.event.rawValue, link.database.rawValue, link.calendar.rawValue,
                    link.hash.rawValue, link.etag.rawValue, link.lastEdited, now, link.storedHash?.rawValue,
                    organization,
                ]
            )
        }
    }

    static func bumpSerial(_ db: Database) throws {
        try db.execute(sql: "UPDATE meta SET serial = serial + 1")
    }

    /// What was so already was not written by this run: to every version that reads the journal that is a change that it left out.
    private static func word(_ outcome: Outcome) -> String {
        if case .unchanged(let reason) = outcome { Outcome.skipped(reason).word } else { outcome.word }
    }

    private static func text(_ outcome: Outcome) -> String? {
        switch outcome {
        case .applied: nil
        case .failed(let failure): failure.description
        case .unchanged(let reason), .skipped(let reason), .stale(let reason): reason
        }
    }
}
