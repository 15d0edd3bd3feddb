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

    /// Whether a run has written it, as far as the state knows: then its history, its hold and what was allowed are there, too.
    package var isWritten: Bool { calendar != nil || managedFields != nil }

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
