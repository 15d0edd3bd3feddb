import Foundation
import GRDB
package import ReconcileModel

/// The table `calendar_event_links`.
extension SQLiteSession {
    package func links(of prefix: String) async throws(StateError) -> [PageID: Link] {
        try await read { try Link.all($0, of: prefix) }
    }

    package func update(links: [JournalResult.LinkChange], organization: String) async throws(StateError) {
        guard !links.isEmpty else { return }
        let now = now().rfc3339()
        try await write { db in
            for change in links { try change.apply(to: organization, at: now, db) }
            try Self.bumpSerial(db)
        }
    }

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

    package func replaceLinks(of prefix: String, with links: [Link]) async throws(StateError) {
        let now = now().rfc3339()
        try await write { db in
            let sql = """
                DELETE FROM calendar_event_links
                WHERE organization_id = (SELECT id FROM organizations WHERE prefix = ?)
                """
            try db.execute(sql: sql, arguments: [prefix])
            for link in links { try JournalResult.LinkChange.set(link).apply(to: prefix, at: now, db) }
            try Self.bumpSerial(db)
        }
    }
}

extension JournalResult.LinkChange {
    func apply(to organization: String, at now: String, _ db: Database) throws {
        switch self {
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
                    SELECT id, :page, :event, :database, :calendar, :hash, :etag, :last_edited, :now, :stored_hash
                    FROM organizations WHERE prefix = :organization
                    """,
                arguments: [
                    "page": link.page.rawValue, "event": link.event.rawValue, "database": link.database.rawValue,
                    "calendar": link.calendar.rawValue, "hash": link.written.hash.rawValue,
                    "etag": link.written.etag.rawValue, "last_edited": link.written.lastEdited, "now": now,
                    "stored_hash": link.written.storedHash?.rawValue, "organization": organization,
                ]
            )
        }
    }
}

extension Link {
    init(_ row: Row, organization: String) {
        self.init(
            organization: organization,
            page: PageID(rawValue: row["notion_page_id"]),
            event: EventID(rawValue: row["google_calendar_event_id"]),
            database: DatabaseID(rawValue: row["notion_database_id"]),
            calendar: CalendarID(rawValue: row["google_calendar_id"]),
            written: Written(
                hash: ContentHash(rawValue: row["content_hash"]),
                storedHash: (row["stored_hash"] as String?).map(ContentHash.init(rawValue:)),
                etag: ETag(rawValue: row["google_etag"]),
                lastEdited: row["notion_last_edited_at"]
            )
        )
    }

    /// As `asJSON` keeps the link that an entry is about to change; its keys are the table's columns.
    init?(json: String?, organization: String, page: String?) {
        guard let json, let page,
            let members = try? JSONDecoder().decode([String: String?].self, from: Data(json.utf8)),
            let event = members["google_calendar_event_id"] ?? nil, let database = members["notion_database_id"] ?? nil,
            let calendar = members["google_calendar_id"] ?? nil, let hash = members["content_hash"] ?? nil,
            let etag = members["google_etag"] ?? nil
        else { return nil }
        self.init(
            organization: organization,
            page: PageID(rawValue: page),
            event: EventID(rawValue: event),
            database: DatabaseID(rawValue: database),
            calendar: CalendarID(rawValue: calendar),
            written: Written(
                hash: ContentHash(rawValue: hash),
                storedHash: (members["stored_hash"] ?? nil).map(ContentHash.init(rawValue:)),
                etag: ETag(rawValue: etag),
                lastEdited: members["notion_last_edited_at"] ?? nil
            )
        )
    }

    /// The link of a page as it is before a write, so that it can be taken back with it.
    static let asJSON = """
        SELECT json_object('google_calendar_event_id', google_calendar_event_id, 'notion_database_id', l.notion_database_id,
            'google_calendar_id', l.google_calendar_id, 'content_hash', content_hash, 'google_etag', google_etag,
            'notion_last_edited_at', notion_last_edited_at, 'stored_hash', stored_hash)
        FROM calendar_event_links l JOIN organizations o ON o.id = l.organization_id
        WHERE o.prefix = ? AND notion_page_id = ?
        """

    static func all(_ db: Database, of prefix: String) throws -> [PageID: Link] {
        let sql = """
            SELECT * FROM calendar_event_links WHERE organization_id = (SELECT id FROM organizations WHERE prefix = ?)
            """
        let rows = try Row.fetchCursor(db, sql: sql, arguments: [prefix])
        var links: [PageID: Link] = [:]
        while let row = try rows.next() {
            let link = Link(row, organization: prefix)
            links[link.page] = link
        }
        return links
    }

    /// The prefixes of the organizations that have links to one of the pages.
    static func owners(of pages: Set<PageID>, _ db: Database) throws -> Set<String> {
        let statement = try db.makeStatement(sql: owners)
        return try pages.reduce(into: []) { prefixes, page in
            prefixes.formUnion(try String.fetchAll(statement, arguments: [page.rawValue]))
        }
    }

    static let owners = """
        SELECT o.prefix FROM calendar_event_links l JOIN organizations o ON o.id = l.organization_id
        WHERE l.notion_page_id = ?
        """
}

extension StoredLink {
    /// By the prefix of the organization.
    static func all(_ db: Database) throws -> [String: [StoredLink]] {
        let sql = """
            SELECT l.*, o.prefix FROM calendar_event_links l JOIN organizations o ON o.id = l.organization_id
            ORDER BY notion_page_id
            """
        let rows = try Row.fetchCursor(db, sql: sql)
        var links: [String: [StoredLink]] = [:]
        while let row = try rows.next() {
            let prefix: String = row["prefix"]
            let link = StoredLink(link: Link(row, organization: prefix), appliedAt: row["applied_at"])
            links[prefix, default: []].append(link)
        }
        return links
    }
}
