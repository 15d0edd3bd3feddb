/// What is remembered of one organization, beside its links.
package struct OrganizationRecord: Sendable, Equatable {
    /// `organization_id` of the public endpoints.
    package var id: Int64
    package var prefix: String
    package var name: String
    /// Prefixes that it had before.
    package var formerPrefixes: Set<String>
    package var isSyncEnabled: Bool
    /// The Google account that wrote it last; nil: none did.
    package var account: String?
    /// How that account was reached.
    package var access = Access()
    package var calendar = Calendar()
    package var source = Source()
    package var fields = Fields()
    /// The last run without errors, RFC 3339 in UTC.
    package var lastSync: String?
    /// How many events there were when the deletes began to be blocked; nil while none are.
    package var eventsWhenBlocked: Int?
    /// Nil where Notion takes what pages are told, as far as is known.
    package var refusedPages: RefusedPages?
    /// Pages that were looked at alone and whose events stayed.
    package var held: [PageID: HeldAbsence] = [:]
    /// The access rules that are ours, or may become it.
    package var grants: [AccessGrant] = []
    /// The undo after which it is left alone until somebody releases it.
    package var hold: RunID?
    /// Whether somebody took leave of it, and no run wrote it since.
    package var isRetired = false

    package init(
        id: Int64,
        prefix: String,
        name: String,
        formerPrefixes: Set<String> = [],
        isSyncEnabled: Bool
    ) {
        self.id = id
        self.prefix = prefix
        self.name = name
        self.formerPrefixes = formerPrefixes
        self.isSyncEnabled = isSyncEnabled
    }

    /// What its declaration named to reach Google with; nothing of it is a secret, and without it nobody could take leave of an
    /// organization whose declaration is gone.
    package struct Access: Sendable, Equatable {
        /// The variable that has the key; nil: that of all.
        package var keyVariable: String?
        /// The person to act for; nil: that of all, if any.
        package var person: String?

        package init(keyVariable: String? = nil, person: String? = nil) {
            (self.keyVariable, self.person) = (keyVariable, person)
        }

        package init(_ credentials: Credentials) {
            self.init(keyVariable: credentials.google?.name, person: credentials.impersonate)
        }
    }

    /// That Notion did not let pages be written.
    package struct RefusedPages: Sendable, Equatable {
        package var at: Timestamp
        /// `writeBackWay` of the organization: with another one it is tried again.
        package var way: String

        package init(at: Timestamp, way: String) { (self.at, self.way) = (at, way) }
    }

    /// Its calendar, as far as the state knows.
    package struct Calendar: Sendable, Equatable {
        package var id: CalendarID?
        /// The calendar that a declaration gave by its id; it stays a person's calendar when the id is no longer declared.
        package var given: CalendarID?
        /// The calendar that its events leave, where somebody allowed that and it is not complete.
        package var leaving: CalendarID?
        /// When its calendar became known here: of what was deleted before, this state knows nothing. Nil with a calendar: longer
        /// than states remember it.
        package var knownSince: Timestamp?

        package init(
            id: CalendarID? = nil,
            given: CalendarID? = nil,
            leaving: CalendarID? = nil,
            knownSince: Timestamp? = nil
        ) {
            self.id = id
            self.given = given
            self.leaving = leaving
            self.knownSince = knownSince
        }
    }

    /// Where its pages came from at the last apply.
    package struct Source: Sendable, Equatable {
        package var database: DatabaseID?
        /// Nil before the first apply of a version that remembers it.
        package var dataSource: DataSourceID?

        package init(database: DatabaseID? = nil, dataSource: DataSourceID? = nil) {
            self.database = database
            self.dataSource = dataSource
        }
    }

    /// What the pages decided at the last apply.
    package struct Fields: Sendable, Equatable {
        /// Nil before the first.
        package var managed: Set<EventField>?
        /// Where these came from; nil before the first apply of a version that remembers it.
        package var origins: FieldOrigins?

        package init(managed: Set<EventField>? = nil, origins: FieldOrigins? = nil) {
            self.managed = managed
            self.origins = origins
        }
    }
}

extension OrganizationRecord {
    /// Whether a run has written it, as far as the state knows: then its history, its hold and what was allowed are there, too.
    package var isWritten: Bool { calendar.id != nil || fields.managed != nil }

    /// The same under another prefix.
    package func renamed(_ prefix: String) -> OrganizationRecord {
        var renamed = self
        renamed.formerPrefixes.insert(self.prefix)
        renamed.formerPrefixes.remove(prefix)
        renamed.prefix = prefix
        return renamed
    }
}
