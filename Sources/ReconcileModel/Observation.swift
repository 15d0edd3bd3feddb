/// Everything a plan is made from: what is declared, what Notion and Google hold, what we remember.
package struct Observation: Sendable, Equatable {
    package var organizations: [OrganizationObservation]
    package var allowances: Allowances

    package init(organizations: [OrganizationObservation], allowances: Allowances = Allowances()) {
        (self.organizations, self.allowances) = (organizations, allowances)
    }
}

/// What a person allowed for this one run, each by naming the organization.
package struct Allowances: Sendable, Equatable {
    /// Upper bounds of deletes, by prefix.
    package var deletes: [String: Int]
    /// Upper bounds of updates that a limit would hold back, by prefix.
    package var updates: [String: Int]
    /// Organizations whose vanished calendar may be created anew.
    package var recreations: Set<String>
    /// Organizations that may go on with another Notion database, or another data source.
    package var databaseChanges: Set<String>
    /// Whether another service account than the remembered one may take over.
    package var accountChange: Bool

    /// Organizations whose hold ends.
    package var releases: Set<String>

    package init(
        deletes: [String: Int] = [:],
        updates: [String: Int] = [:],
        recreations: Set<String> = [],
        databaseChanges: Set<String> = [],
        accountChange: Bool = false,
        releases: Set<String> = []
    ) {
        (self.deletes, self.updates, self.recreations) = (deletes, updates, recreations)
        self.databaseChanges = databaseChanges
        (self.accountChange, self.releases) = (accountChange, releases)
    }
}

extension Allowances {
    /// The command line that applies one organization with what is allowed of it: as it can be typed.
    package func command(for prefix: String) -> String {
        var words = ["reconcile apply \(prefix)"]
        if releases.contains(prefix) { words.append("--release \(prefix)") }
        if accountChange { words.append("--allow-account-change") }
        if recreations.contains(prefix) { words.append("--allow-recreate \(prefix)") }
        if databaseChanges.contains(prefix) { words.append("--allow-database-change \(prefix)") }
        if let number = deletes[prefix] { words.append("--allow-deletes \(prefix):\(number)") }
        if let number = updates[prefix] { words.append("--allow-updates \(prefix):\(number)") }
        return words.joined(separator: " ")
    }
}

/// What was seen of one organization.
package struct OrganizationObservation: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// Nothing was read, and nothing will be done, for the reason given.
        case skipped(String)
        case failed(Failure)
        case observed(OrganizationState)
    }

    package var organization: Organization
    package var content: Content

    package init(organization: Organization, content: Content) {
        (self.organization, self.content) = (organization, content)
    }
}

/// The three sides of one organization: what its pages ask for, what its calendar holds, what the link table says.
package struct OrganizationState: Sendable, Equatable {
    /// The database the pages live in, also where a data source was declared.
    package var database: DatabaseID
    /// Nil: not known, which only tests leave it.
    package var dataSource: DataSourceID?
    /// The prefix under which the state still has it, or its calendar.
    package var renamedFrom: String?
    /// Where its events came from so far, where a person allowed that they come from another database from now on.
    package var databaseChange: DatabaseChange?
    package var listing: ListingState
    package var desired: [PageID: DesiredEvent]
    /// Listed pages whose date cannot be read: their events stay as they are.
    package var invalid: Set<PageID>
    /// Pages that no longer ask for an event, each with the proof; and those that were looked at without finding one.
    package var absences: [PageID: Absence]
    /// Pages of our database whose events carry the mark of an organization that is not declared any more.
    package var recognized: Set<PageID>
    /// Those of the absences that were not looked at in this run, with the time when they were.
    package var remembered: [PageID: String]
    /// Fields that the pages decide; the others are left alone.
    package var managedFields: Set<EventField>
    /// Where these fields come from, and where they came from at the last run that wrote them.
    package var origins: FieldOrigins
    package var rememberedOrigins: FieldOrigins?
    package var calendar: CalendarObservation
    /// All events of the calendar, tombstones and strangers' events among them.
    package var events: [EventID: LiveEvent]
    package var links: [PageID: Link]
    /// Whose the events are.
    package var ownership: EventOwnership
    /// Whether the state remembers a run of this organization without errors.
    package var wasSynced: Bool
    /// Distinct events deleted within the last day without an allowance.
    package var recentDeletes: Int
    /// How many events there were when the deletes began to be blocked; nil while none are.
    package var eventsWhenBlocked: Int?
    package var warnings: [Warning]
    /// When the absences were proven; nil where nothing was looked at.
    package var provenAt: Timestamp?
    /// What is worth knowing once.
    package var notes: [String]

    package init(
        database: DatabaseID,
        dataSource: DataSourceID? = nil,
        renamedFrom: String? = nil,
        databaseChange: DatabaseChange? = nil,
        listing: ListingState = .complete,
        desired: [PageID: DesiredEvent] = [:],
        invalid: Set<PageID> = [],
        absences: [PageID: Absence] = [:],
        recognized: Set<PageID> = [],
        remembered: [PageID: String] = [:],
        managedFields: Set<EventField> = Set(EventField.allCases),
        origins: FieldOrigins = FieldOrigins(),
        rememberedOrigins: FieldOrigins? = nil,
        calendar: CalendarObservation,
        events: [EventID: LiveEvent] = [:],
        links: [PageID: Link] = [:],
        ownership: EventOwnership,
        wasSynced: Bool = false,
        recentDeletes: Int = 0,
        eventsWhenBlocked: Int? = nil,
        warnings: [Warning] = [],
        notes: [String] = []
    ) {
        self.remembered = remembered
        (self.origins, self.rememberedOrigins, self.notes) = (origins, rememberedOrigins, notes)
        (self.database, self.listing, self.desired, self.invalid) = (database, listing, desired, invalid)
        (self.dataSource, self.renamedFrom, self.databaseChange) = (dataSource, renamedFrom, databaseChange)
        (self.absences, self.recognized) = (absences, recognized)
        (self.managedFields, self.calendar) = (managedFields, calendar)
        (self.events, self.links, self.ownership) = (events, links, ownership)
        (self.wasSynced, self.recentDeletes) = (wasSynced, recentDeletes)
        (self.eventsWhenBlocked, self.warnings) = (eventsWhenBlocked, warnings)
    }
}

/// Where the events of an organization came from before they come from another database or data source.
package struct DatabaseChange: Sendable, Equatable {
    package var database: DatabaseID
    /// Nil: not known.
    package var dataSource: DataSourceID?

    package init(database: DatabaseID, dataSource: DataSourceID? = nil) {
        (self.database, self.dataSource) = (database, dataSource)
    }
}

/// Whether a listing of pages is known to hold them all. Only a complete one can prove that a page is not there.
package enum ListingState: Sendable, Equatable {
    case complete
    case incomplete(Failure)
}

/// What looking at a page alone told, after a complete listing did not have it (or had it without a date).
package enum Absence: Sendable, Equatable {
    case trashed, archived, undated, moved, filteredOut
    /// 404, while its data source is readable and completely listed, of a page that was seen there once.
    case gone
    /// Its database is not the organization's any more, and a person allowed that its event is replaced.
    case replaced
    /// 404, of a page that was never seen: it may always have been somewhere else.
    case neverSeen
    /// Alive, dated and in its data source: the listing should have had it, so nothing follows.
    case present
    /// It could not be looked at.
    case unknown(String)
}

/// The calendar of an organization.
package enum CalendarObservation: Sendable, Equatable {
    case existing(LiveCalendar)
    /// None is linked, declared or found by its mark; or a vanished one may be created anew.
    case missing

    /// Nil where there is none.
    package var id: CalendarID? {
        guard case .existing(let calendar) = self else { return nil }
        return calendar.id
    }

    /// Nil also where there is none.
    package var mark: CalendarMark? {
        guard case .existing(let calendar) = self else { return nil }
        return calendar.mark
    }
}

/// A calendar as it stands in Google.
package struct LiveCalendar: Sendable, Equatable {
    package var id: CalendarID
    package var etag: ETag?
    package var summary: String
    package var description: String?
    package var timeZone: String?
    /// Whether we created it: then its name, zone and mark are ours to keep right.
    package var isCreatedByUs: Bool
    /// What our account may do with it; nil where Google did not say.
    package var access: CalendarAccess?

    package init(
        id: CalendarID,
        etag: ETag? = nil,
        summary: String,
        description: String? = nil,
        timeZone: String? = nil,
        isCreatedByUs: Bool,
        access: CalendarAccess? = nil
    ) {
        (self.id, self.etag, self.summary, self.description) = (id, etag, summary, description)
        (self.timeZone, self.isCreatedByUs, self.access) = (timeZone, isCreatedByUs, access)
    }

    /// Whom its description says that it belongs to.
    package var mark: CalendarMark? { CalendarMark(in: description ?? "") }
}
