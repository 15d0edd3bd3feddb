/// An event, or the tombstone of one.
package struct GoogleEvent: Codable, Sendable {
    package let id: String
    /// Writable members as they are stored: without defaults, without empty strings, times in UTC.
    package var fields: [String: JSONValue]
    package var start: EventMoment
    package var end: EventMoment
    /// In milliseconds since 1970.
    package var created: Int
    /// In milliseconds since 1970; twice this in microseconds is the etag.
    package var updated: Int
    package var creator: String
    package var iCalUID: String
    package var sequence = 0
    /// A person emptied the trash: the id is burnt for ever.
    package var isPurged = false
    /// `reminders`, by the account that set them.
    package var reminders: [String: JSONValue] = [:]

    package var etag: String { "\"\(updated * 2000)\"" }
    package var isCancelled: Bool { fields["status"]?.string == "cancelled" }
    package var summary: String? { fields["summary"]?.string }
    package var isSeries: Bool { fields["recurrence"]?.array?.isEmpty == false }
    package var seriesID: String? { fields["recurringEventId"]?.string }
    /// The private extended properties.
    package var marks: [String: String] {
        (fields["extendedProperties"]?["private"]?.object ?? [:]).compactMapValues(\.string)
    }
}

/// When an event starts or ends.
package enum EventMoment: Codable, Hashable, Sendable {
    /// `yyyy-mm-dd`
    case day(String)
    /// Seconds since 1970, and the IANA zone it was written with.
    case instant(Int, zone: String)
}
