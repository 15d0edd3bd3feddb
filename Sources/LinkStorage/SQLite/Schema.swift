import GRDB

/// The tables, built up by migrations. The first columns of the first two are the predecessor's.
struct Schema: Sendable {
    /// Each brings the tables from the version before to its own, which is its place in the list, counted from 1.
    var migrations: [@Sendable (Database) throws -> Void]

    static let current = Schema(migrations: [first, second, third, fourth, fifth])

    /// A file with a larger number is refused.
    var version: Int { migrations.count }
    /// "rcnl" in the header of the file tells our databases from those of other programs.
    static let applicationID = 0x7263_6E6C

    var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (version, migration) in zip(1..., migrations) {
            migrator.registerMigration(String(version)) { db in
                try migration(db)
                try db.execute(sql: "UPDATE meta SET schema_version = ?", arguments: [version])
            }
        }
        return migrator
    }

    @Sendable private static func first(_ db: Database) throws {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(
            sql: """
                CREATE TABLE organizations (
                    id INTEGER PRIMARY KEY,
                    prefix TEXT NOT NULL UNIQUE,
                    name TEXT NOT NULL,
                    google_calendar_id TEXT,
                    given_calendar_id TEXT,
                    notion_database_id TEXT,
                    calendar_sync_enabled INTEGER NOT NULL DEFAULT 0,
                    last_sync_at TEXT,
                    events_when_blocked INTEGER,
                    managed_fields TEXT,
                    hold_run_id INTEGER REFERENCES runs(id)
                ) STRICT;

                CREATE TABLE calendar_event_links (
                    organization_id INTEGER NOT NULL REFERENCES organizations(id),
                    notion_page_id TEXT NOT NULL,
                    google_calendar_event_id TEXT NOT NULL,
                    notion_database_id TEXT NOT NULL,
                    google_calendar_id TEXT NOT NULL,
                    content_hash TEXT NOT NULL,
                    google_etag TEXT NOT NULL,
                    notion_last_edited_at TEXT,
                    applied_at TEXT NOT NULL,
                    PRIMARY KEY (organization_id, notion_page_id),
                    UNIQUE (google_calendar_id, google_calendar_event_id)
                ) STRICT;

                CREATE TABLE runs (
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL,
                    started_at TEXT NOT NULL,
                    finished_at TEXT,
                    outcome TEXT,
                    who TEXT,
                    git_revision TEXT,
                    undoes_run_id INTEGER REFERENCES runs(id),
                    applied INTEGER NOT NULL DEFAULT 0,
                    failed INTEGER NOT NULL DEFAULT 0
                ) STRICT;

                CREATE TABLE journal (
                    run_id INTEGER NOT NULL REFERENCES runs(id),
                    seq INTEGER NOT NULL,
                    organization TEXT NOT NULL,
                    resource TEXT NOT NULL,
                    action TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    notion_page_id TEXT,
                    google_calendar_id TEXT,
                    google_calendar_event_id TEXT,
                    intent TEXT,
                    before_image TEXT,
                    fields TEXT,
                    link_before TEXT,
                    allowed_by_name INTEGER NOT NULL DEFAULT 0,
                    intended_at TEXT NOT NULL,
                    result TEXT,
                    error TEXT,
                    etag_after TEXT,
                    finished_at TEXT,
                    PRIMARY KEY (run_id, seq)
                ) STRICT;

                CREATE INDEX journal_deletes ON journal (organization, finished_at) WHERE action = 'delete';

                CREATE TABLE meta (
                    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                    lineage TEXT NOT NULL,
                    serial INTEGER NOT NULL,
                    schema_version INTEGER NOT NULL,
                    service_account TEXT
                ) STRICT;

                INSERT INTO meta VALUES (1, lower(hex(randomblob(16))), 0, 1, NULL);
                """
        )
    }

    /// Which data source an organization has and which prefixes it had, which columns gave its fields, since when its
    /// calendar is known, which pages were looked at alone while their events stay, what Google made of what we wrote, and what subscribers were shown, page
    /// by page.
    @Sendable private static func second(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE organizations ADD COLUMN data_source_id TEXT;
                ALTER TABLE organizations ADD COLUMN field_origins TEXT;
                ALTER TABLE organizations ADD COLUMN held_absences TEXT;
                ALTER TABLE organizations ADD COLUMN known_since TEXT;

                ALTER TABLE calendar_event_links ADD COLUMN stored_hash TEXT;

                CREATE INDEX links_by_page ON calendar_event_links (notion_page_id);

                CREATE TABLE former_prefixes (
                    prefix TEXT PRIMARY KEY,
                    organization_id INTEGER NOT NULL REFERENCES organizations(id)
                ) STRICT;

                CREATE TABLE published_events (
                    organization_id INTEGER NOT NULL REFERENCES organizations(id),
                    notion_page_id TEXT NOT NULL,
                    content TEXT NOT NULL,
                    content_hash TEXT NOT NULL,
                    sequence INTEGER NOT NULL,
                    changed_at TEXT NOT NULL,
                    PRIMARY KEY (organization_id, notion_page_id)
                ) STRICT;
                """
        )
    }

    /// Which access rules of calendars are ours. The calendar is '' while it is being created.
    @Sendable private static func third(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE access_grants (
                    organization_id INTEGER NOT NULL REFERENCES organizations(id),
                    google_calendar_id TEXT NOT NULL,
                    scope TEXT NOT NULL,
                    role TEXT,
                    pending_role TEXT,
                    is_open INTEGER NOT NULL DEFAULT 0,
                    PRIMARY KEY (organization_id, google_calendar_id, scope)
                ) STRICT;

                ALTER TABLE journal ADD COLUMN access_scope TEXT;
                ALTER TABLE journal ADD COLUMN role_before TEXT;
                ALTER TABLE journal ADD COLUMN role_after TEXT;
                """
        )
    }

    /// Which account wrote each organization: that of the state so far, wherever there is a calendar.
    @Sendable private static func fourth(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE organizations ADD COLUMN service_account TEXT;

                UPDATE organizations SET service_account = (SELECT service_account FROM meta)
                    WHERE google_calendar_id IS NOT NULL;
                """
        )
    }

    /// The calendar that an organization's events leave, until all of them are in the other one. By which variable, and as whom,
    /// its account was reached: names, which are no secrets. And when Notion refused to have pages written.
    @Sendable private static func fifth(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE organizations ADD COLUMN leaving_calendar_id TEXT;
                ALTER TABLE organizations ADD COLUMN google_key_variable TEXT;
                ALTER TABLE organizations ADD COLUMN impersonated TEXT;
                ALTER TABLE organizations ADD COLUMN pages_refused_at TEXT;
                ALTER TABLE organizations ADD COLUMN pages_refused TEXT;
                """
        )
    }
}
