/// When an event starts or ends: a day, or an instant.
package enum EventTime: Hashable, Sendable {
    case date(CivilDate)
    case instant(Timestamp)
}

extension EventTime {
    /// Sorts events as people read calendars: seconds since 1970, a day at its beginning in UTC. Never compared for equality.
    package var order: Int {
        switch self {
        case .date(let date): date.daysSince1970 * 86_400
        case .instant(let timestamp): timestamp.secondsSince1970
        }
    }
}

extension EventTime: CustomStringConvertible {
    package var description: String {
        switch self {
        case .date(let date): date.description
        case .instant(let timestamp): timestamp.description
        }
    }
}

/// What we manage of an event. Everything else on an event belongs to people.
package struct CalendarEvent: Hashable, Sendable {
    package var summary: String
    /// Nil where the page has none.
    package var description: String?
    package var location: String?
    package var start: EventTime
    /// Exclusive, as Google has it: an all-day event of one day ends on the next.
    package var end: EventTime
    /// The IANA zone in which Google shows a timed event; never compared.
    package var displayZone: String?

    package init(
        summary: String,
        description: String? = nil,
        location: String? = nil,
        start: EventTime,
        end: EventTime,
        displayZone: String? = nil
    ) {
        (self.summary, self.description, self.location) = (summary, description, location)
        (self.start, self.end, self.displayZone) = (start, end, displayZone)
    }
}

/// A field of an event that a page decides.
package enum EventField: String, CaseIterable, Codable, Comparable, Sendable {
    case summary, start, end, location, description

    package static func < (left: EventField, right: EventField) -> Bool { left.order < right.order }

    private var order: Int { EventField.allCases.firstIndex(of: self) ?? 0 }
}

/// An event that a Notion page asks for.
package struct DesiredEvent: Hashable, Sendable {
    package var page: PageID
    package var event: CalendarEvent
    /// Over the managed fields of `event`; written as a mark and into the link table.
    package var hash: ContentHash
    /// What `hash` would be with the texts that earlier versions of this program made of the same page; nil where equal.
    package var formerHash: ContentHash?
    /// `last_edited_time` as Notion writes it; rounded down to the minute, never compared for equality of content.
    package var lastEdited: String?

    package init(
        page: PageID,
        event: CalendarEvent,
        hash: ContentHash,
        formerHash: ContentHash? = nil,
        lastEdited: String? = nil
    ) {
        (self.page, self.event, self.hash) = (page, event, hash)
        (self.formerHash, self.lastEdited) = (formerHash, lastEdited)
    }
}

/// What we write into an event's private extended properties to know it again.
package struct EventMarks: Hashable, Sendable {
    /// `notionPageId`: the key the predecessor wrote, so that its events are recognized.
    package var page: PageID
    /// `reconcileOrg`: the organization's prefix; absent on events of the predecessor.
    package var organization: String?
    /// `reconcileDatabase`: the Notion database of the page; absent on events written by older versions.
    package var database: DatabaseID?
    /// `reconcileHash`: the content we last wrote.
    package var hash: ContentHash?
    /// `reconcileStored`: what Google answered to that, where it is not what was written.
    package var stored: ContentHash?
    /// `reconcileEvent`: the event that was written. Another one with this mark is a copy that somebody made.
    package var event: EventID?

    package init(
        page: PageID,
        organization: String? = nil,
        database: DatabaseID? = nil,
        hash: ContentHash? = nil,
        stored: ContentHash? = nil,
        event: EventID? = nil
    ) {
        (self.page, self.organization, self.database) = (page, organization, database)
        (self.hash, self.stored, self.event) = (hash, stored, event)
    }
}

/// An event as it stands in Google Calendar.
package struct LiveEvent: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        /// Confirmed or tentative.
        case live
        /// Deleted; Google keeps the id and often the details for a while.
        case cancelled
    }

    package var id: EventID
    package var etag: ETag
    package var status: Status
    /// Nil: nobody marked it, it is not ours.
    package var marks: EventMarks?
    /// Nil where Google gave no usable times (a tombstone of which only the id is left).
    package var event: CalendarEvent?
    /// Set on instances of a series; these are never duplicates of their master.
    package var recurringEvent: EventID?
    /// Whether somebody made a series of it. One that was split ("this and following events") leaves a second series with
    /// the same marks: also no duplicate.
    package var isSeries: Bool
    /// Whether its content is still what its mark says we wrote; nil where no hash is marked, or nobody looked.
    package var isAsWritten: Bool?
    /// When it was made, as Google writes it (UTC, comparable as text); nil where unknown.
    package var created: String?
    /// When it was last changed; of a deleted one, when it was deleted. As `created`.
    package var updated: String?
    /// Google shows its times and not its content: what it is, and whether it is ours, cannot be seen.
    package var isHidden: Bool
    /// Whether people invited somebody to it.
    package var hasGuests: Bool
    /// Over the managed fields as Google has them; only where they are not as the page wants them.
    package var contentHash: ContentHash?

    /// Whether it is there and no instance of a series: those carry the marks of their master and are its parts.
    package var standsAlone: Bool { status == .live && recurringEvent == nil }

    /// Whether its mark says that it is a copy of another event.
    package var isCopy: Bool { marks?.event.map { $0 != id } ?? false }

    package init(
        id: EventID,
        etag: ETag,
        status: Status = .live,
        marks: EventMarks? = nil,
        event: CalendarEvent? = nil,
        recurringEvent: EventID? = nil,
        isSeries: Bool = false,
        created: String? = nil,
        updated: String? = nil,
        isHidden: Bool = false,
        hasGuests: Bool = false,
        contentHash: ContentHash? = nil
    ) {
        (self.updated, self.isHidden, self.contentHash) = (updated, isHidden, contentHash)
        self.hasGuests = hasGuests
        (self.id, self.etag, self.status, self.marks) = (id, etag, status, marks)
        (self.event, self.recurringEvent, self.isSeries, self.created) = (event, recurringEvent, isSeries, created)
    }
}
