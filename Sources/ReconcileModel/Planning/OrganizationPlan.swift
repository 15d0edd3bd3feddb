/// What would be done for one organization.
package struct OrganizationPlan: Sendable, Equatable {
    package enum Status: String, Sendable {
        case changes
        case noChanges = "no_changes"
        case skipped, blocked, error
    }

    package var organization: Organization
    package var status: Status
    /// Why it is skipped, blocked or in error.
    package var message: String?
    package var hint: String?
    package var warnings: [Warning]
    /// What is worth knowing once and needs nobody's hand.
    package var notes: [String]
    /// The calendar first, then events by start.
    package var changes: [Change]
    /// Events that are already as their pages want them.
    package var unchanged: Int
    /// What the changes apply to; nil where nothing could be observed.
    package var target: Target?
    /// What is not done because it was not shown, or is not to be done any more; empty in a plan that is shown.
    package var leftOut: [LeftOut] = []

    /// A change that is left out, and why.
    package struct LeftOut: Sendable, Equatable {
        package var change: Change
        package var reason: String

        package init(_ change: Change, _ reason: String) { (self.change, self.reason) = (change, reason) }
    }

    /// Whether there is something to tell those who want to hear of failures and changes only.
    package var isUrgent: Bool { warnings.contains(where: \.isUrgent) }

    /// Message and hint as one text.
    package var explanation: String? {
        guard let message else { return nil }
        return hint.map { "\(message) \($0)" } ?? message
    }

    /// Where an organization's changes go, and what links need to say.
    package struct Target: Sendable, Equatable {
        package var database: DatabaseID
        package var dataSource: DataSourceID?
        /// The prefix under which the state still has the organization, or its calendar; the first thing that apply does is to
        /// rename it in the state.
        package var renamedFrom: String?
        /// What the state goes on to remember until everything is done, where the pages come from another database now.
        package var databaseChange: DatabaseChange?
        /// Nil: the first change creates it.
        package var calendar: CalendarID?
        /// Fields that the pages decide; a write touches no others.
        package var managedFields: Set<EventField>
        /// Whose the events of the calendar are.
        package var ownership: EventOwnership
        /// Links whose page and event are both gone; apply forgets them.
        package var staleLinks: [PageID]
        /// Deletes that a person allowed by name do not count against the limit of the next day.
        package var deletesAreAllowedByName: Bool
        /// Our events in the calendar as it was observed: what the limits are a share of.
        package var managedEvents: Int
        /// When it was seen that the pages of deleted events ask for none; nil: nothing was looked at, or nobody has to.
        package var provenAt: Timestamp?
        /// Where the managed fields come from; nil where that is not to be remembered.
        package var origins: FieldOrigins?
        /// Pages that were looked at alone and whose events stay.
        package var held: [PageID: HeldAbsence]

        package init(
            database: DatabaseID,
            dataSource: DataSourceID? = nil,
            calendar: CalendarID?,
            renamedFrom: String? = nil,
            databaseChange: DatabaseChange? = nil,
            managedFields: Set<EventField> = Set(EventField.allCases),
            ownership: EventOwnership,
            staleLinks: [PageID] = [],
            deletesAreAllowedByName: Bool = false,
            managedEvents: Int = 0,
            provenAt: Timestamp? = nil,
            origins: FieldOrigins? = nil,
            held: [PageID: HeldAbsence] = [:]
        ) {
            self.provenAt = provenAt
            (self.database, self.dataSource, self.calendar) = (database, dataSource, calendar)
            (self.renamedFrom, self.databaseChange) = (renamedFrom, databaseChange)
            (self.managedFields, self.managedEvents) = (managedFields, managedEvents)
            self.ownership = ownership
            (self.staleLinks, self.deletesAreAllowedByName) = (staleLinks, deletesAreAllowedByName)
            (self.origins, self.held) = (origins, held)
        }
    }

    package init(
        organization: Organization,
        status: Status,
        message: String? = nil,
        hint: String? = nil,
        warnings: [Warning] = [],
        notes: [String] = [],
        changes: [Change] = [],
        unchanged: Int = 0,
        target: Target? = nil
    ) {
        self.notes = notes
        (self.organization, self.status, self.message, self.hint) = (organization, status, message, hint)
        (self.warnings, self.changes, self.unchanged, self.target) = (warnings, changes, unchanged, target)
    }
}
