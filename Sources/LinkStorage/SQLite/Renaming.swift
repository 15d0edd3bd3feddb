import GRDB

extension SQLiteSession {
    package func rename(_ old: String, to new: String) async throws(StateError) {
        try await write { db in
            guard old != new,
                let id = try Int64.fetchOne(db, sql: "SELECT id FROM organizations WHERE prefix = ?", arguments: [old])
            else { return }
            guard try Self.makeRoom(for: new, db) else { return }
            try db.execute(sql: "UPDATE organizations SET prefix = ? WHERE id = ?", arguments: [new, id])
            try db.execute(sql: "UPDATE journal SET organization = ? WHERE organization = ?", arguments: [new, old])
            try db.execute(sql: "DELETE FROM former_prefixes WHERE prefix = ?", arguments: [new])
            let sql = "INSERT OR REPLACE INTO former_prefixes (prefix, organization_id) VALUES (?, ?)"
            try db.execute(sql: sql, arguments: [old, id])
            try Self.bumpSerial(db)
        }
    }

    /// Notes that an organization had a prefix before.
    ///
    /// - Returns: how much that changed.
    static func note(_ former: String, of prefix: String, _ db: Database) throws -> Int {
        let sql = """
            INSERT INTO former_prefixes (prefix, organization_id) SELECT ?, id FROM organizations WHERE prefix = ?
            ON CONFLICT (prefix) DO UPDATE SET organization_id = excluded.organization_id
            WHERE organization_id <> excluded.organization_id
            """
        try db.execute(sql: sql, arguments: [former, prefix])
        let changes = db.changesCount
        try db.execute(sql: "DELETE FROM former_prefixes WHERE prefix = ?", arguments: [prefix])
        return changes + db.changesCount
    }

    /// Removes what stands under a prefix, where that is no more than a number.
    ///
    /// - Returns: whether nothing stands there now.
    private static func makeRoom(for prefix: String, _ db: Database) throws -> Bool {
        let sql = """
            SELECT id, google_calendar_id IS NULL AND hold_run_id IS NULL AND data_source_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM calendar_event_links WHERE organization_id = organizations.id) AS is_idle
            FROM organizations WHERE prefix = ?
            """
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [prefix]) else { return true }
        guard row["is_idle"] as Bool else { return false }
        let id: Int64 = row["id"]
        for table in ["former_prefixes", "published_events", "access_grants"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE organization_id = ?", arguments: [id])
        }
        try db.execute(sql: "DELETE FROM organizations WHERE id = ?", arguments: [id])
        return true
    }
}
