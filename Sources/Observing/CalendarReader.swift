package import CalendarAPI
package import ReconcileModel

/// Reads the events of one calendar.
package struct CalendarReader: Sendable {
    private let calendars: CalendarClient

    package init(calendars: CalendarClient) { self.calendars = calendars }

    /// All events, deleted ones with their id, version and marks alone among them.
    package func events(of id: CalendarID) async throws(Failure) -> [EventID: LiveEvent] {
        var events: [EventID: LiveEvent] = [:]
        do throws(CalendarError) {
            _ = try await calendars.events(of: id, showDeleted: true) { event in
                var live = event.liveEvent()
                // Of a deleted event only the id, the version and the marks matter.
                if live.status == .cancelled { live.event = nil }
                events[live.id] = live
            }
        } catch {
            throw error.failure(on: id, account: calendars.account)
        }
        return events
    }
}
