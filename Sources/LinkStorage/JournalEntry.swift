import Foundation
package import ReconcileModel

/// What is about to be written to Google, recorded before the request goes out.
package struct JournalIntent: Sendable {
    package var organization: String
    package var resource: String
    package var action: String
    package var reason: Reason
    package var page: PageID?
    package var calendar: CalendarID?
    package var event: EventID?
    /// The fields that an update writes.
    package var fields: Set<EventField> = []
    /// The content that is to stand there afterwards.
    package var after: EventImage?
    /// The content that stood there before.
    package var before: EventImage?
    package var isAllowedByName: Bool

    package init(
        change: Change,
        organization: String,
        calendar: CalendarID?,
        isAllowedByName: Bool
    ) {
        (self.organization, self.calendar, self.isAllowedByName) = (organization, calendar, isAllowedByName)
        (resource, action, reason) = (change.resource.rawValue, change.action.rawValue, change.reason)
        (page, event) = (change.page, change.eventID)
        switch change {
        case .event(.create(let creation)): after = EventImage(creation.desired.event)
        case .event(.update(let update)):
            after = EventImage(update.desired.event)
            before = EventImage(update.live)
            fields = Set(update.fields)
        case .event(.delete(let deletion)): before = EventImage(deletion.live)
        case .calendar, .adopt: break
        }
    }
}

/// What became of an intent, with what the link table learns from it.
package struct JournalResult: Sendable {
    package enum LinkChange: Sendable {
        case set(Link)
        case remove(PageID)
        /// Only where it is the link to this event.
        case removeLink(of: PageID, to: EventID)
    }

    package var seq: Int
    package var outcome: Outcome
    package var etag: ETag?
    /// The id that was used in the end; a taken one makes way for a successor.
    package var event: EventID?
    package var link: LinkChange?
    /// It failed, and yet nobody knows whether it was carried out: no result is recorded, as if there had been no answer.
    package var isUnclear = false
    /// What was meant to be created stood there already and was changed: so it is an update of this, in these fields.
    package var found: (event: LiveEvent, fields: Set<EventField>)?

    package init(seq: Int, outcome: Outcome, etag: ETag? = nil, event: EventID? = nil, link: LinkChange? = nil) {
        (self.seq, self.outcome, self.etag, self.event, self.link) = (seq, outcome, etag, event, link)
    }
}
