/// Where an organization's changes go, and what the state is to remember of it.
package struct Target: Hashable, Codable, Sendable {
    package var database: DatabaseID
    package var dataSource: DataSourceID?
    /// The prefix under which the state still has the organization, or its calendar; the first thing that apply does is to
    /// rename it in the state.
    package var renamedFrom: String?
    /// What the state goes on to remember until everything is done, where the pages come from another database now.
    package var databaseChange: DatabaseChange?
    /// Nil: the first change creates it.
    package var calendar: CalendarID?
    /// Whose the events of the calendar are.
    package var ownership: EventOwnership
    /// Links whose page and event are both gone; apply forgets them.
    package var staleLinks: [PageID]
    /// Deletes that a person allowed by name do not count against the limit of the next day.
    package var deletesAreAllowedByName: Bool
    /// When it was seen that the pages of deleted events ask for none; nil: nothing was looked at, or nobody has to.
    package var provenAt: Timestamp?
    package var memory: Memory
    /// The calendar that the organization's events leave; nil: they stay where they are.
    package var leaves: CalendarID?
    /// Whether something of ours stays there after this run.
    package var leavesRest = false
    /// The properties that pages are told in what became of their events, by name.
    package var feedback: [FeedbackField: String] = [:]

    /// What a run remembers of an organization beside its links.
    package struct Memory: Hashable, Codable, Sendable {
        /// Fields that the pages decide.
        package var managedFields: Set<EventField>
        /// Where these come from; nil where that is not to be remembered.
        package var origins: FieldOrigins?
        /// Our events in the calendar as it was observed: what the limits are a share of.
        package var managedEvents: Int
        /// Pages that were looked at alone and whose events stay.
        package var held: [PageID: HeldAbsence]
        /// The access rules that are ours, or may become it by this plan; nil: as before.
        package var grants: [AccessGrant]?

        /// Forgets that these rules, or all, were about to be made.
        package mutating func withdraw(_ scopes: Set<AccessScope>? = nil) {
            grants = grants?.withdrawn(scopes)
        }

        package init(
            managedFields: Set<EventField> = EventField.all,
            origins: FieldOrigins? = nil,
            managedEvents: Int = 0,
            held: [PageID: HeldAbsence] = [:]
        ) {
            self.managedFields = managedFields
            self.origins = origins
            self.managedEvents = managedEvents
            self.held = held
        }
    }

    package init(
        database: DatabaseID,
        dataSource: DataSourceID? = nil,
        calendar: CalendarID?,
        ownership: EventOwnership,
        staleLinks: [PageID] = [],
        deletesAreAllowedByName: Bool = false,
        memory: Memory = Memory()
    ) {
        self.database = database
        self.dataSource = dataSource
        self.calendar = calendar
        self.ownership = ownership
        self.staleLinks = staleLinks
        self.deletesAreAllowedByName = deletesAreAllowedByName
        self.memory = memory
    }
}
