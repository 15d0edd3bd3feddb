/// An organization as the state remembers it.
package struct StoredOrganization: Sendable, Equatable {
    package var id: Int64
    package var prefix: String
    /// Prefixes that it had before.
    package var formerPrefixes: Set<String>
    package var name: String
    package var calendar: CalendarID?
    package var database: DatabaseID?
    /// The data source that its pages come from; nil: not known.
    package var dataSource: DataSourceID?
    package var isSyncEnabled: Bool
    /// The last run without errors, RFC 3339 in UTC.
    package var lastSync: String?
    /// The undo after which it is left alone until somebody releases it.
    package var hold: RunID?
    /// What the pages decided at the last apply; nil before the first.
    package var managedFields: Set<EventField>?
    /// Where these fields came from at the last apply; nil where that is not known.
    package var origins: FieldOrigins?
    /// By page.
    package var links: [StoredLink]

    package init(
        id: Int64,
        prefix: String,
        formerPrefixes: Set<String> = [],
        name: String,
        calendar: CalendarID? = nil,
        database: DatabaseID? = nil,
        dataSource: DataSourceID? = nil,
        isSyncEnabled: Bool,
        lastSync: String? = nil,
        hold: RunID? = nil,
        managedFields: Set<EventField>? = nil,
        origins: FieldOrigins? = nil,
        links: [StoredLink] = []
    ) {
        self.origins = origins
        (self.id, self.prefix, self.name, self.calendar) = (id, prefix, name, calendar)
        (self.formerPrefixes, self.dataSource) = (formerPrefixes, dataSource)
        (self.database, self.isSyncEnabled, self.lastSync) = (database, isSyncEnabled, lastSync)
        (self.hold, self.managedFields, self.links) = (hold, managedFields, links)
    }
}

extension StoredOrganization {
    /// The same under another prefix.
    package func renamed(_ prefix: String) -> StoredOrganization {
        var renamed = self
        renamed.formerPrefixes.insert(self.prefix)
        renamed.formerPrefixes.remove(prefix)
        renamed.prefix = prefix
        return renamed
    }
}
