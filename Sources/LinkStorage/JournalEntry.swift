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
        (resource, action, reason) = (change.resource, change.action, change.reason)
        (page, event) = (change.page, change.eventID)
        switch change {
        case .createEvent(let creation): after = EventImage(creation.desired.event)
        case .updateEvent(let update):
            after = EventImage(update.desired.event)
            before = update.live.event.map(EventImage.init)
        case .deleteEvent(let deletion): before = deletion.live.event.map(EventImage.init)
        case .createCalendar, .updateCalendar, .adoptEvent: break
        }
    }
}

/// The managed content of an event as the journal keeps it.
package struct EventImage: Codable, Hashable, Sendable {
    package var summary: String
    package var description: String?
    package var location: String?
    /// `yyyy-mm-dd`, or RFC 3339 in UTC.
    package var start: String
    package var end: String
    package var displayZone: String?

    package init(_ event: CalendarEvent) {
        (summary, description, location) = (event.summary, event.description, event.location)
        (start, end, displayZone) = (event.start.description, event.end.description, event.displayZone)
    }

    func json() -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// What became of an intent, with what the link table learns from it.
package struct JournalResult: Sendable {
    package enum LinkChange: Sendable {
        case set(Link)
        case remove(PageID)
    }

    package var seq: Int
    package var outcome: Outcome
    package var etag: ETag?
    /// The id that was used in the end; a taken one makes way for a successor.
    package var event: EventID?
    package var link: LinkChange?

    package init(seq: Int, outcome: Outcome, etag: ETag? = nil, event: EventID? = nil, link: LinkChange? = nil) {
        (self.seq, self.outcome, self.etag, self.event, self.link) = (seq, outcome, etag, event, link)
    }
}
