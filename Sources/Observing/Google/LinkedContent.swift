package import CalendarAPI
package import ReconcileModel

/// The events of a calendar that pages are linked to, for those whose content is not known otherwise.
package struct LinkedContent: Sendable {
    private let calendars: CalendarClient

    package init(calendars: CalendarClient) { self.calendars = calendars }

    /// - Parameter events: by page.
    /// - Returns: what the events say that are there, in the fields that pages decide.
    package func read(
        _ events: [PageID: EventID],
        on calendar: CalendarID,
        fields: Set<EventField>
    ) async throws(Failure) -> [PageID: EventContent] {
        let reader = LinkedEventReader(calendars: calendars, calendar: calendar, role: nil)
        var contents: [PageID: EventContent] = [:]
        for live in try await reader.read(events.values.sorted()) where live.status == .live {
            guard let page = live.marks?.page, events[page] == live.id, let event = live.event else { continue }
            contents[page] = event.limited(to: fields)
        }
        return contents
    }
}
