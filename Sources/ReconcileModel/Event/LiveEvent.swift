/// An event as it stands in Google Calendar.
package struct LiveEvent: Hashable, Codable, Sendable {
    package enum Status: Hashable, Codable, Sendable {
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
    package var event: EventContent?
    /// Set on instances of a series; these are never duplicates of their master.
    package var recurringEvent: EventID?
    /// Of such an instance, when it takes place by the rule; nil where Google did not say.
    package var originalStart: EventTime?
    /// Whether somebody made a series of it. One that was split ("this and following events") leaves a second series with
    /// the same marks: also no duplicate.
    package var isSeries = false
    /// Whether its content is still what its mark says we wrote; nil where no hash is marked, or nobody looked.
    package var isAsWritten: Bool?
    /// When it was made, as Google writes it (UTC, comparable as text); nil where unknown.
    package var created: String?
    /// When it was last changed; of a deleted one, when it was deleted. As `created`.
    package var updated: String?
    /// Google shows its times and not its content: what it is, and whether it is ours, cannot be seen.
    package var isHidden = false
    /// Whether people invited somebody to it.
    package var hasGuests = false
    /// Where people find it.
    package var address: String?
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
        event: EventContent? = nil,
        recurringEvent: EventID? = nil,
        created: String? = nil
    ) {
        self.id = id
        self.etag = etag
        self.status = status
        self.marks = marks
        self.event = event
        self.recurringEvent = recurringEvent
        self.created = created
    }
}
