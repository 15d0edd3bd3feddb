import GRDB
package import ReconcileModel

/// The table `journal`.
extension SQLiteSession {
    package func record(_ intents: [JournalIntent], in run: RunID) async throws(StateError) -> [Int] {
        let now = now().rfc3339()
        return try await write { db in
            var seq =
                try Int.fetchOne(db, sql: "SELECT max(seq) FROM journal WHERE run_id = ?", arguments: [run.rawValue])
                ?? 0
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO journal (run_id, seq, organization, resource, action, reason, notion_page_id, google_calendar_id,
                        google_calendar_event_id, intent, before_image, fields, allowed_by_name, intended_at, link_before,
                        access_scope, role_before, role_after)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (\(Link.asJSON)), ?, ?, ?)
                    """
            )
            return try intents.map { intent in
                seq += 1
                let subject = intent.subject
                try statement.execute(arguments: [
                    run.rawValue, seq, subject.organization, subject.resource.word, intent.action,
                    intent.reason.rawValue, subject.page?.rawValue, subject.calendar?.rawValue,
                    subject.event?.rawValue, intent.after.flatMap { EventImage($0).json() },
                    intent.before.flatMap { EventImage($0)?.json() }, EventField.text(of: intent.fields),
                    intent.isAllowedByName, now, subject.organization, subject.page?.rawValue,
                    subject.scope?.text, intent.access?.before?.rawValue, intent.access?.after?.rawValue,
                ])
                if let change = intent.access, change.isWidening, let role = change.after,
                    let calendar = subject.calendar
                {
                    try AccessGrant.open(change.scope, as: role, of: subject.organization, on: calendar, db)
                }
                return seq
            }
        }
    }

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
                        result.word, result.text, result.etag?.rawValue, now, result.event?.rawValue,
                        result.found.map { _ in "update" }, result.found.flatMap { EventImage($0.event)?.json() },
                        result.found.map { EventField.text(of: $0.fields) },
                        run.rawValue, result.seq,
                    ]
                )
                if let change = result.link { try change.apply(to: organization, at: now, db) }
                if let change = result.grant { try change.apply(to: organization, db) }
                if let calendar = result.goneCalendar { try Self.forget(calendar, of: organization, db) }
            }
            try Self.bumpSerial(db)
        }
    }

    package func hasOpenCalendarCreation(of prefix: String) async throws(StateError) -> Bool {
        let earliest = now().adding(seconds: -600).rfc3339()
        return try await read { db in
            let sql = """
                SELECT EXISTS (
                    SELECT 1 FROM journal
                    WHERE organization = ? AND resource = 'calendar' AND action = 'create' AND result IS NULL
                        AND intended_at > ?
                )
                """
            return try Bool.fetchOne(db, sql: sql, arguments: [prefix, earliest]) ?? false
        }
    }
}

extension JournalResult {
    /// What was so already was not written by this run: to every version that reads the journal that is a change that it left out.
    fileprivate var word: String? {
        guard !isUnclear else { return nil }
        return if case .unchanged(let reason) = outcome { Outcome.skipped(reason).word } else { outcome.word }
    }

    fileprivate var text: String? {
        switch outcome {
        case .applied: nil
        case .failed(let failure): failure.description
        case .unchanged(let reason), .skipped(let reason), .stale(let reason): reason
        }
    }
}

extension JournalRecord {
    init(_ row: Row) {
        let before = EventImage(json: row["before_image"])
        self.init(
            run: RunID(rawValue: row["run_id"]),
            seq: row["seq"],
            subject: Subject(
                organization: row["organization"],
                resource: Resource(word: row["resource"]),
                page: (row["notion_page_id"] as String?).map(PageID.init(rawValue:)),
                calendar: (row["google_calendar_id"] as String?).map(CalendarID.init(rawValue:)),
                event: (row["google_calendar_event_id"] as String?).map(EventID.init(rawValue:))
            ),
            intent: Intent(
                action: Action(rawValue: row["action"]),
                reason: row["reason"],
                fields: EventField.fields(in: row["fields"] ?? ""),
                after: EventImage(json: row["intent"])?.content
            ),
            before: Before(
                content: before?.content,
                marks: before?.marks,
                link: Link(json: row["link_before"], organization: row["organization"], page: row["notion_page_id"])
            ),
            end: End(
                result: (row["result"] as String?).flatMap(Result.init(rawValue:)),
                error: row["error"],
                etag: (row["etag_after"] as String?).map(ETag.init(rawValue:))
            ),
            intendedAt: row["intended_at"]
        )
        subject.scope = (row["access_scope"] as String?).flatMap { AccessScope($0) }
        intent.role = (row["role_after"] as String?).flatMap(CalendarRole.init(rawValue:))
        self.before.role = (row["role_before"] as String?).flatMap(CalendarRole.init(rawValue:))
    }

    /// In the order of their writing.
    static func of(_ run: RunID, _ db: Database) throws -> [JournalRecord] {
        let sql = "SELECT * FROM journal WHERE run_id = ? ORDER BY seq"
        return try Row.fetchAll(db, sql: sql, arguments: [run.rawValue]).map(JournalRecord.init)
    }

    static func all(from first: Int64, _ db: Database) throws -> [JournalRecord] {
        let sql = "SELECT * FROM journal WHERE run_id >= ? ORDER BY run_id, seq"
        return try Row.fetchAll(db, sql: sql, arguments: [first]).map(JournalRecord.init)
    }
}

extension RecentDeletes {
    /// - Parameter now: the end of the rolling day.
    init(_ db: Database, of prefix: String, now: Timestamp) throws {
        self.init(
            counted: try Self.events(db, of: prefix, allowedByName: false, now: now),
            allowed: try Self.events(db, of: prefix, allowedByName: true, now: now)
        )
    }

    /// An intent without a result is of a run that was killed: its delete may have happened.
    private static func events(
        _ db: Database,
        of prefix: String,
        allowedByName: Bool,
        now: Timestamp
    ) throws -> Set<EventID> {
        let sql = """
            SELECT DISTINCT google_calendar_event_id FROM journal
            WHERE organization = ? AND resource = 'event' AND action = 'delete' AND allowed_by_name = ?
                AND (result = 'applied' AND finished_at > ? OR result IS NULL AND intended_at > ?)
            """
        let dayAgo = now.adding(seconds: -86_400).rfc3339()
        let events = try String.fetchAll(db, sql: sql, arguments: [prefix, allowedByName, dayAgo, dayAgo])
        return Set(events.map(EventID.init(rawValue:)))
    }
}
