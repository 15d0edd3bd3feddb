import GRDB
package import ReconcileModel

/// What the `state` commands and `undo` change, beside the runs themselves.
extension LinkStore {
    /// Forgets links without touching Google: of one page, or all of an organization and which calendar it has.
    ///
    /// What was forgotten is recognized by its marks at the next run. Which fields the pages decide is a decision of people and
    /// stays.
    package func forget(_ page: PageID?, of prefix: String) async throws(StateError) {
        try await write { db in
            let sql = """
                DELETE FROM calendar_event_links WHERE (? IS NULL OR notion_page_id = ?)
                    AND organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """
            try db.execute(sql: sql, arguments: [page?.rawValue, page?.rawValue, prefix])
            // What is not linked now may be ours all the same: that all of it was linked is no longer so.
            try db.execute(sql: "UPDATE organizations SET last_sync_at = NULL WHERE prefix = ?", arguments: [prefix])
            if page == nil {
                let sql = "UPDATE organizations SET google_calendar_id = NULL WHERE prefix = ?"
                try db.execute(sql: sql, arguments: [prefix])
            }
            try Self.bumpSerial(db)
        }
    }

    /// Puts links in the place of all that an organization had.
    package func replaceLinks(of prefix: String, with links: [Link]) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            let sql = """
                DELETE FROM calendar_event_links
                WHERE organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """
            try db.execute(sql: sql, arguments: [prefix])
            for link in links { try Self.apply(.set(link), organization: prefix, at: now, db) }
            try Self.bumpSerial(db)
        }
    }

    /// After a run that went over to another database was taken back: its events come from the former one again, and which data source
    /// that was is not known. The next run needs to be allowed to go over as the first one did.
    package func returnToDatabase(_ former: DatabaseID, _ prefix: String) async throws(StateError) {
        try await write { db in
            let sql = "UPDATE organizations SET data_source_id = NULL, notion_database_id = ? WHERE prefix = ?"
            try db.execute(sql: sql, arguments: [former.rawValue, prefix])
            try Self.bumpSerial(db)
        }
    }

    /// Whether a run of the last ten minutes may have created the organization's calendar without knowing it: it was killed, or
    /// got no answer.
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

    /// From now on these are left alone, until released.
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
