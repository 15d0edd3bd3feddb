import GRDB
import ReconcileModel

/// The table `access_grants`.
extension AccessGrant {
    /// By the number of the organization.
    static func all(_ db: Database) throws -> [Int64: [AccessGrant]] {
        var grants: [Int64: [AccessGrant]] = [:]
        let sql = "SELECT * FROM access_grants ORDER BY organization_id, google_calendar_id, scope"
        for row in try Row.fetchAll(db, sql: sql) {
            guard let grant = AccessGrant(row) else { continue }
            grants[row["organization_id"], default: []].append(grant)
        }
        return grants
    }

    private init?(_ row: Row) {
        guard let scope = AccessScope(row["scope"]) else { return nil }
        let calendar: String = row["google_calendar_id"]
        self.init(
            scope,
            made: (row["role"] as String?).flatMap(CalendarRole.init(rawValue:)),
            pending: (row["pending_role"] as String?).flatMap(CalendarRole.init(rawValue:)),
            isOpen: row["is_open"],
            calendar: calendar.isEmpty ? nil : CalendarID(rawValue: calendar)
        )
    }

    /// Puts grants in the place of all that the organization had on their calendar, and of those on one that was to be created.
    static func replace(
        of prefix: String,
        on calendar: CalendarID?,
        with grants: [AccessGrant],
        _ db: Database
    ) throws {
        let sql = """
            DELETE FROM access_grants WHERE google_calendar_id IN ('', ?)
                AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
            """
        try db.execute(sql: sql, arguments: [calendar?.rawValue ?? "", prefix])
        for grant in grants { try grant.insert(of: prefix, on: calendar, db) }
    }

    fileprivate func insert(of prefix: String, on calendar: CalendarID?, _ db: Database) throws {
        let sql = """
            INSERT OR REPLACE INTO access_grants
                (organization_id, google_calendar_id, scope, role, pending_role, is_open)
            SELECT id, ?, ?, ?, ?, ? FROM organizations WHERE prefix = ?
            """
        try db.execute(
            sql: sql,
            arguments: [calendar?.rawValue ?? "", scope.text, made?.rawValue, pending?.rawValue, isOpen, prefix]
        )
    }

    /// Notes that a rule is about to be made.
    static func open(
        _ scope: AccessScope,
        as role: CalendarRole,
        of prefix: String,
        on calendar: CalendarID,
        _ db: Database
    ) throws {
        let sql = """
            INSERT INTO access_grants (organization_id, google_calendar_id, scope, pending_role, is_open)
            SELECT id, ?, ?, ?, 1 FROM organizations WHERE prefix = ?
            ON CONFLICT DO UPDATE SET pending_role = excluded.pending_role, is_open = 1
            """
        try db.execute(sql: sql, arguments: [calendar.rawValue, scope.text, role.rawValue, prefix])
    }
}

extension JournalResult.GrantChange {
    func apply(to prefix: String, _ db: Database) throws {
        switch self {
        case .set(let grant): try grant.insert(of: prefix, on: grant.calendar, db)
        case .remove(let scope, let calendar):
            let sql = """
                DELETE FROM access_grants WHERE google_calendar_id = ? AND scope = ?
                    AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """
            try db.execute(sql: sql, arguments: [calendar.rawValue, scope.text, prefix])
        case .close(let scope, let calendar, let keepsPending):
            let sql = """
                UPDATE access_grants SET is_open = 0, pending_role = CASE WHEN ? THEN pending_role END
                WHERE google_calendar_id = ? AND scope = ?
                    AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """
            try db.execute(sql: sql, arguments: [keepsPending, calendar.rawValue, scope.text, prefix])
            try db.execute(sql: "DELETE FROM access_grants WHERE role IS NULL AND pending_role IS NULL")
        }
    }
}
