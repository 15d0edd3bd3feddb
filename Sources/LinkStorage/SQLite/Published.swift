import GRDB
package import ReconcileModel

/// What subscribers were shown, page by page. It is no part of what plans are made from: the serial stays.
extension SQLiteSession {
    package func published(of prefix: String) async throws(StateError) -> [PageID: PublishedEvent] {
        try await read { try PublishedEvent.all($0, of: prefix) }
    }

    package func publish(
        _ contents: [PageID: (event: EventContent, hash: ContentHash)],
        of prefix: String
    ) async throws(StateError) -> [PageID: PublishedEvent] {
        try await publish(contents, of: prefix, over: nil)
    }

    func publish(
        _ contents: [PageID: (event: EventContent, hash: ContentHash)],
        of prefix: String,
        over known: [PageID: PublishedEvent]?
    ) async throws(StateError) -> [PageID: PublishedEvent] {
        let now = now()
        return try await write { db in
            let last = try PublishedEvent.all(db, of: prefix)
            if let known, known != last { return last }
            let next = PublishedEvent.revised(last, to: contents, at: now)
            try Self.replace(last, with: next, of: prefix, db)
            return next
        }
    }

    private static func replace(
        _ last: [PageID: PublishedEvent],
        with next: [PageID: PublishedEvent],
        of prefix: String,
        _ db: Database
    ) throws {
        guard last != next,
            let id = try Int64.fetchOne(db, sql: "SELECT id FROM organizations WHERE prefix = ?", arguments: [prefix])
        else { return }
        let delete = try db.cachedStatement(
            sql: "DELETE FROM published_events WHERE organization_id = ? AND notion_page_id = ?"
        )
        for page in last.keys where next[page] == nil { try delete.execute(arguments: [id, page.rawValue]) }
        let insert = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO published_events
                    (organization_id, notion_page_id, content, content_hash, sequence, changed_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        )
        for (page, event) in next where last[page] != event {
            try insert.execute(arguments: [
                id, page.rawValue, EventImage(event.event).json(), event.hash.rawValue, event.revision.sequence,
                event.revision.changedAt.rfc3339(),
            ])
        }
    }
}

extension PublishedEvent {
    static func all(_ db: Database, of prefix: String) throws -> [PageID: PublishedEvent] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT notion_page_id, content, content_hash, sequence, changed_at FROM published_events
                WHERE organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """,
            arguments: [prefix]
        )
        var published: [PageID: PublishedEvent] = [:]
        while let row = try rows.next() {
            // What cannot be read is as good as never published.
            guard let event = EventImage(json: row["content"])?.content,
                let time = Timestamp(rfc3339: row["changed_at"] as String)
            else { continue }
            published[PageID(rawValue: row["notion_page_id"])] = PublishedEvent(
                event: event,
                hash: ContentHash(rawValue: row["content_hash"]),
                revision: Revision(sequence: row["sequence"], changedAt: time)
            )
        }
        return published
    }
}
