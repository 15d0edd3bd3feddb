import CalendarAPI
import ReconcileModel

/// Reads linked events that a listing did not have, each by itself: a list may lag behind what it lists, and an event that is
/// there must not be made a second time.
struct LinkedEventReader: Sendable {
    let calendars: CalendarClient
    let calendar: CalendarID
    /// What the account may do with it; nil where Google did not say.
    let role: CalendarRole?

    /// - Returns: those that Google knows, deleted ones among them.
    /// - Throws: where one could not be looked at.
    func read(_ ids: [EventID]) async throws(Failure) -> [LiveEvent] {
        var events: [LiveEvent] = []
        for result in await calendars.perform(ids.map { .get($0) }, on: calendar) {
            switch result.outcome {
            case .success(.event(let event)): events.append(event.liveEvent(role: role))
            case .success(.deleted), .success(.notModified), .failure(.notFound), .failure(.gone): break
            case .failure(let error): throw error.failure(on: calendar, account: calendars.account)
            }
        }
        return events
    }
}
