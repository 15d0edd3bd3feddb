import GRDB
package import ReconcileModel

/// All that a plan needs of the state, read in one transaction.
package struct StateSnapshot: Sendable {
    /// The service account that wrote last; nil before the first apply.
    package var serviceAccount: String?
    package var organizations: [String: OrganizationRecord]
    /// The end of the rolling day in which deletes are counted.
    package var readAt: Timestamp?

    package init(
        serviceAccount: String? = nil,
        organizations: [String: OrganizationRecord] = [:],
        readAt: Timestamp? = nil
    ) {
        (self.serviceAccount, self.organizations, self.readAt) = (serviceAccount, organizations, readAt)
    }

    /// What an overview tells; links are none of it.
    package init(_ overview: StateOverview) {
        self.init(
            organizations: overview.organizations.mapValues { stored in
                OrganizationRecord(
                    id: stored.id,
                    formerPrefixes: stored.formerPrefixes,
                    calendar: stored.calendar,
                    database: stored.database,
                    dataSource: stored.dataSource,
                    lastSync: stored.lastSync,
                    managedFields: stored.managedFields,
                    origins: stored.origins,
                    hold: stored.hold
                )
            }
        )
    }

    /// The beginning of that day.
    package var dayAgo: Timestamp? { readAt?.adding(seconds: -86_400) }

    /// - Parameters:
    ///   - path: a state file that need not exist.
    ///   - now: the end of the rolling day in which deletes are counted.
    package static func read(path: String, now: Timestamp) async throws(StateError) -> StateSnapshot {
        try StateFile.read(path) { try StateSnapshot($0, now: now) } ?? StateSnapshot(readAt: now)
    }

    init(_ db: Database, now: Timestamp) throws {
        serviceAccount = try String.fetchOne(db, sql: "SELECT service_account FROM meta")
        organizations = [:]
        let former = try FormerPrefixes.read(db)
        readAt = now
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

/// What is remembered of one organization.
package struct OrganizationRecord: Sendable {
    /// `organization_id` of the public endpoints.
    package var id: Int64
    /// Prefixes that it had before.
    package var formerPrefixes: Set<String>
    package var calendar: CalendarID?
    /// The calendar that a declaration gave by its id; it stays a person's calendar when the id is no longer declared.
    package var givenCalendar: CalendarID?
    /// The Notion database of the last apply.
    package var database: DatabaseID?
    /// The data source that its pages come from; nil before the first apply of a version that remembers it.
    package var dataSource: DataSourceID?
    /// The last run without errors, RFC 3339 in UTC.
    package var lastSync: String?
    package var links: [PageID: Link]
    /// Events deleted within the last day without an allowance; some perhaps only meant to be, by a run that was killed.
    package var recentDeletes: Set<EventID>
    /// Events deleted within the last day with one.
    package var allowedDeletes: Set<EventID>
    /// How many events there were when the deletes began to be blocked; nil while none are.
    package var eventsWhenBlocked: Int?
    /// What the pages decided at the last apply; nil before the first.
    package var managedFields: Set<EventField>?
    /// Where these came from; nil before the first apply of a version that remembers it.
    package var origins: FieldOrigins?
    /// Pages that were looked at alone and whose events stayed.
    package var held: [PageID: HeldAbsence]
    /// When its calendar became known here: of what was deleted before, this state knows nothing. Nil with a calendar: longer
    /// than states remember it.
    package var knownSince: Timestamp?
    /// The undo after which it is left alone until somebody releases it.
    package var hold: RunID?

    package init(
        id: Int64,
        formerPrefixes: Set<String> = [],
        calendar: CalendarID? = nil,
        givenCalendar: CalendarID? = nil,
        database: DatabaseID? = nil,
        dataSource: DataSourceID? = nil,
        lastSync: String? = nil,
        links: [PageID: Link] = [:],
        recentDeletes: Set<EventID> = [],
        allowedDeletes: Set<EventID> = [],
        eventsWhenBlocked: Int? = nil,
        managedFields: Set<EventField>? = nil,
        origins: FieldOrigins? = nil,
        held: [PageID: HeldAbsence] = [:],
        knownSince: Timestamp? = nil,
        hold: RunID? = nil
    ) {
        self.allowedDeletes = allowedDeletes
        (self.origins, self.held, self.knownSince) = (origins, held, knownSince)
        (self.givenCalendar, self.database, self.dataSource) = (givenCalendar, database, dataSource)
        (self.id, self.calendar, self.lastSync, self.links) = (id, calendar, lastSync, links)
        self.formerPrefixes = formerPrefixes
        (self.recentDeletes, self.eventsWhenBlocked) = (recentDeletes, eventsWhenBlocked)
        (self.managedFields, self.hold) = (managedFields, hold)
    }

    /// How many deletes of the last day are to be counted.
    ///
    /// An event that is alive was not deleted by the killed run that meant to, or was brought back: it counts only when it is
    /// deleted now. Counted twice, what a killed run left undone would be blocked for a day.
    ///
    /// - Parameter forgotten: those that the state knows nothing of.
    package func countedDeletes(without alive: (EventID) -> Bool, and forgotten: Set<EventID> = []) -> Int {
        recentDeletes.union(forgotten).count { !alive($0) }
    }
}

extension EventField {
    /// The form in which the state keeps a set of fields: names with commas between them.
    static func text(of fields: Set<EventField>) -> String { fields.sorted().map(\.rawValue).joined(separator: ",") }

    static func fields(in text: String) -> Set<EventField> {
        Set(text.split(separator: ",").compactMap { EventField(rawValue: String($0)) })
    }
}
