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
