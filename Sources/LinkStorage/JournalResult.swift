package import ReconcileModel

/// What became of an intent, with what the link table learns from it.
package struct JournalResult: Sendable {
    package enum LinkChange: Sendable {
        case set(Link)
        case remove(PageID)
        /// Only where it is the link to this event.
        case removeLink(of: PageID, to: EventID)
    }

    /// What the state learns of an access rule.
    package enum GrantChange: Sendable {
        case set(AccessGrant)
        case remove(AccessScope, on: CalendarID)
        /// It was not made.
        case close(AccessScope, on: CalendarID, keepsPending: Bool)
    }

    package var seq: Int
    package var outcome: Outcome
    package var etag: ETag?
    /// The id that was used in the end; a taken one makes way for a successor.
    package var event: EventID?
    package var link: LinkChange?
    package var grant: GrantChange?
    /// A calendar that is there no more: its links and access rules are forgotten, and that the organization had it.
    package var goneCalendar: CalendarID?
    /// It failed, and yet nobody knows whether it was carried out: no result is recorded, as if there had been no answer.
    package var isUnclear = false
    /// What was meant to be created stood there already and was changed: so it is an update of this, in these fields.
    package var found: (event: LiveEvent, fields: Set<EventField>)?

    package init(seq: Int, outcome: Outcome, etag: ETag? = nil, event: EventID? = nil, link: LinkChange? = nil) {
        self.seq = seq
        self.outcome = outcome
        self.etag = etag
        self.event = event
        self.link = link
    }
}
