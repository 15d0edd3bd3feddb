/// What would be done, for every organization that was asked for. Sorted, comparable, complete: apply decides nothing.
package struct Plan: Sendable, Equatable {
    package var organizations: [OrganizationPlan]

    package init(organizations: [OrganizationPlan]) { self.organizations = organizations }
}

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

/// One thing to do.
package enum Change: Sendable, Equatable {
    case createCalendar(CalendarCreation)
    case updateCalendar(CalendarUpdate)
    case createEvent(EventCreation)
    case updateEvent(EventUpdate)
    case deleteEvent(EventDeletion)
    /// The event is there and equal; only the link table learns of it. Not a change at Google.
    case adoptEvent(EventAdoption)
    /// An undo would change the event, but it is not as the run left it. Shown, never carried out.
    case keepEvent(EventRefusal)
}

/// Why a change is made; the words are part of the JSON format.
package enum Reason: String, Sendable {
    case newPage = "new_page"
    case edited, drift, duplicate, trashed, archived, undated, moved
    case filteredOut = "filtered_out"
    case gone
    case calendarMissing = "calendar_missing"
    case calendarSettings = "calendar_settings"
    case adopted, revived
    /// The organization has another prefix.
    case renamed
    /// The organization has another Notion database, or another data source.
    case databaseChanged = "database_changed"
    /// Takes back what a run did.
    case undone
}

package struct CalendarCreation: Sendable, Equatable {
    package var summary: String
    /// Ends with the mark.
    package var description: String
    package var timeZone: String
    package var mark: CalendarMark

    package init(summary: String, description: String, timeZone: String, mark: CalendarMark) {
        (self.summary, self.description, self.timeZone, self.mark) = (summary, description, timeZone, mark)
    }
}

package struct CalendarUpdate: Sendable, Equatable {
    package var calendar: LiveCalendar
    /// Nil: stays.
    package var summary: String?
    package var description: String?
    package var timeZone: String?
    package var reason: Reason

    package init(
        calendar: LiveCalendar,
        summary: String?,
        description: String?,
        timeZone: String?,
        reason: Reason = .calendarSettings
    ) {
        (self.calendar, self.summary, self.description, self.timeZone) = (calendar, summary, description, timeZone)
        self.reason = reason
    }
}

package struct EventCreation: Sendable, Equatable {
    package var desired: DesiredEvent
    package var id: EventID
    package var reason: Reason
    /// Set where a deleted event with this id is to be brought back instead of inserting one.
    package var tombstone: ETag?
    /// Marks to be restored; nil: those of `desired`.
    package var marks: EventMarks?
    /// Whether another id may be used where this one is burnt; not where the page has a live event of its own.
    package var mayTakeSuccessor: Bool

    package init(
        desired: DesiredEvent,
        id: EventID,
        reason: Reason,
        tombstone: ETag? = nil,
        marks: EventMarks? = nil,
        mayTakeSuccessor: Bool = true
    ) {
        (self.desired, self.id, self.reason) = (desired, id, reason)
        (self.tombstone, self.marks, self.mayTakeSuccessor) = (tombstone, marks, mayTakeSuccessor)
    }
}

package struct EventUpdate: Sendable, Equatable {
    package var desired: DesiredEvent
    /// The event as it was seen; its etag guards the write.
    package var live: LiveEvent
    /// The managed fields that differ; empty only where nothing but the mark is to change: the event gets another page.
    package var fields: [EventField]
    package var reason: Reason
    /// What made the content change, where that is known to be something else than an edit of the page: a clause.
    package var cause: String?
    /// Marks to be restored; nil: those of `desired`.
    package var marks: EventMarks?
    /// Held back by a limit; shown, never carried out.
    package var isBlocked: Bool

    package init(
        desired: DesiredEvent,
        live: LiveEvent,
        fields: [EventField],
        reason: Reason,
        cause: String? = nil,
        marks: EventMarks? = nil,
        isBlocked: Bool = false
    ) {
        (self.desired, self.live, self.fields) = (desired, live, fields)
        (self.reason, self.cause, self.marks, self.isBlocked) = (reason, cause, marks, isBlocked)
    }
}

extension EventUpdate {
    /// The page whose event it was, where it becomes that of another one.
    package var pageBefore: PageID? {
        guard let page = live.marks?.page, page != desired.page else { return nil }
        return page
    }
}

package struct EventDeletion: Sendable, Equatable {
    package var live: LiveEvent
    package var page: PageID
    package var reason: Reason
    /// Held back by a limit; shown, never carried out.
    package var isBlocked: Bool
    /// The link that the page had before the run that is undone.
    package var linkBefore: Link?

    package init(live: LiveEvent, page: PageID, reason: Reason, isBlocked: Bool = false, linkBefore: Link? = nil) {
        (self.live, self.page, self.reason) = (live, page, reason)
        (self.isBlocked, self.linkBefore) = (isBlocked, linkBefore)
    }
}

package struct EventAdoption: Sendable, Equatable {
    package var desired: DesiredEvent
    package var event: EventID
    package var etag: ETag
    /// Over what Google made of the content; nil: it is the same.
    package var storedHash: ContentHash?

    package init(desired: DesiredEvent, event: EventID, etag: ETag, storedHash: ContentHash? = nil) {
        (self.desired, self.event, self.etag, self.storedHash) = (desired, event, etag, storedHash)
    }
}

package struct EventRefusal: Sendable, Equatable {
    /// What the undo would have done.
    package var action: String
    package var page: PageID
    package var event: EventID
    /// As it stands now, as far as is known.
    package var content: CalendarEvent?
    /// Why it is left as it is.
    package var message: String

    package init(action: String, page: PageID, event: EventID, content: CalendarEvent?, message: String) {
        (self.action, self.page, self.event) = (action, page, event)
        (self.content, self.message) = (content, message)
    }
}

extension Change {
    package var isBlocked: Bool {
        switch self {
        case .deleteEvent(let deletion): deletion.isBlocked
        case .updateEvent(let update): update.isBlocked
        case .keepEvent: true
        case .createCalendar, .updateCalendar, .createEvent, .adoptEvent: false
        }
    }

    /// Whether carrying it out writes to Google.
    package var writes: Bool {
        switch self {
        case .createCalendar, .updateCalendar, .createEvent: true
        case .updateEvent(let update): !update.isBlocked
        case .deleteEvent(let deletion): !deletion.isBlocked
        case .adoptEvent, .keepEvent: false
        }
    }
}
