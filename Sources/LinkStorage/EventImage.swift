import Foundation
package import ReconcileModel

/// The managed content of an event, and our marks on it, as the journal keeps them.
package struct EventImage: Codable, Hashable, Sendable {
    package var summary: String
    package var description: String?
    package var location: String?
    /// `yyyy-mm-dd`, or RFC 3339 in UTC.
    package var start: String
    package var end: String
    package var displayZone: String?
    /// Nil: of content that is yet to be written.
    package var marks: Marks?

    package struct Marks: Codable, Hashable, Sendable {
        package var page: String
        package var organization: String?
        package var database: String?
        package var hash: String?
        package var stored: String?
        package var event: String?
    }

    package init(_ event: CalendarEvent) {
        (summary, description, location) = (event.summary, event.description, event.location)
        (start, end, displayZone) = (event.start.description, event.end.description, event.displayZone)
    }

    /// Nil where Google gave no content.
    package init?(_ live: LiveEvent) {
        guard let event = live.event else { return nil }
        self.init(event)
        marks = live.marks.map {
            Marks(
                page: $0.page.rawValue,
                organization: $0.organization,
                database: $0.database?.rawValue,
                hash: $0.hash?.rawValue,
                stored: $0.stored?.rawValue,
                event: $0.event?.rawValue
            )
        }
    }

    /// Nil where there is none, or one that cannot be read.
    init?(json: String?) {
        guard let json, let image = try? JSONDecoder().decode(EventImage.self, from: Data(json.utf8)) else {
            return nil
        }
        self = image
    }

    func json() -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The event in the words of the model; nil where the times are none.
    var event: CalendarEvent? {
        guard let start = EventTime(text: start), let end = EventTime(text: end) else { return nil }
        return CalendarEvent(
            summary: summary,
            description: description,
            location: location,
            start: start,
            end: end,
            displayZone: displayZone
        )
    }

    var eventMarks: EventMarks? {
        marks.map {
            EventMarks(
                page: PageID(rawValue: $0.page),
                organization: $0.organization,
                database: $0.database.map(DatabaseID.init(rawValue:)),
                hash: $0.hash.map(ContentHash.init(rawValue:)),
                stored: $0.stored.map(ContentHash.init(rawValue:)),
                event: $0.event.map(EventID.init(rawValue:))
            )
        }
    }
}

extension EventTime {
    fileprivate init?(text: String) {
        if let date = CivilDate(text) {
            self = .date(date)
        } else if let instant = Timestamp(rfc3339: text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }
}
