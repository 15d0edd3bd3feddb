import Foundation
import HTTPTypes
import JSON
import ReconcileModel
import Transport

extension EventCall {
    /// What the call costs: <https://developers.google.com/workspace/calendar/api/v3/reference/events/patch>.
    var units: Int {
        switch self {
        case .patch: 3
        case .get, .insert, .update, .delete, .move: 1
        }
    }

    /// The request, as it stands inside a batch.
    func part(on calendar: CalendarID) -> BatchRequest.Part {
        // Nobody ever gets mail because of us.
        let silent: KeyValuePairs<String, String?> = ["sendUpdates": "none"]
        let answered: KeyValuePairs<String, String?> = ["sendUpdates": "none", "fields": GoogleEvent.fields]
        func path(_ id: EventID, _ query: KeyValuePairs<String, String?>) -> String {
            CalendarAddress.path("calendars", calendar.rawValue, "events", id.rawValue, query: query)
        }

        return switch self {
        case .get(let id, let etag):
            .init(method: .get, path: path(id, ["fields": GoogleEvent.fields]), ifNoneMatch: etag)
        case .insert(let body):
            .init(
                method: .post,
                path: CalendarAddress.path("calendars", calendar.rawValue, "events", query: answered),
                body: body.data
            )
        case .patch(let id, let patch, let etag):
            .init(method: .patch, path: path(id, answered), ifMatch: etag, body: patch.data)
        case .update(let id, let body, let etag):
            .init(method: .put, path: path(id, answered), ifMatch: etag, body: body.data)
        case .delete(let id, let etag):
            .init(method: .delete, path: path(id, silent), ifMatch: etag)
        case .move(let id, let destination):
            .init(
                method: .post,
                path: CalendarAddress.path(
                    "calendars",
                    calendar.rawValue,
                    "events",
                    id.rawValue,
                    "move",
                    query: [
                        "destination": destination.rawValue, "sendUpdates": "none", "fields": GoogleEvent.fields,
                    ]
                )
            )
        }
    }

    /// What an answer means for this call.
    ///
    /// - Parameter retryAfter: the wait that it asks for.
    func outcome(status: Int, body: Data, retryAfter: Duration? = nil) -> Result<EventAnswer, CalendarError> {
        switch (self, status) {
        // What else comes with success was not said by Google: a page of a proxy deletes nothing.
        case (.delete, 204) where body.isEmpty: .success(.deleted)
        case (.delete, 200..<300):
            .failure(.unconfirmed(reason: "a delete was answered \(status) and \(Self.words(body))"))
        case (.get, 304): .success(.notModified)
        case (.get, 200..<300): event(in: body)
        case (_, 200..<300): writtenEvent(in: body, status: status)
        default: .failure(CalendarError(status: status, body: body, retryAfter: retryAfter))
        }
    }

    /// The event as a write left it: only a whole resource with its version says that something was written.
    private func writtenEvent(in body: Data, status: Int) -> Result<EventAnswer, CalendarError> {
        guard let answer = try? JSONDecoder().decode(GoogleEvent.self, from: body), answer.isResource else {
            return .failure(.unconfirmed(reason: "it was answered \(status) and \(Self.words(body))"))
        }
        guard answer.id == event else { return .failure(.unconfirmed(reason: "the answer is about another event")) }
        return .success(.event(answer))
    }

    /// What a body is, for messages: what it says may be anybody's.
    private static func words(_ body: Data) -> String {
        guard !body.isEmpty else { return "nothing" }
        return (try? JSONDecoder().decode(JSON.self, from: body)) == nil ? "no JSON" : "JSON that is no event"
    }

    private func event(in body: Data) -> Result<EventAnswer, CalendarError> {
        guard let answer = try? ReceivedJSON.decode(GoogleEvent.self, from: body) else {
            return .failure(.malformedAnswer(reason: "no event in it"))
        }
        // Believing the answer to another call would link the wrong version.
        guard answer.id == event else { return .failure(.malformedAnswer(reason: "it is about another event")) }
        return .success(.event(answer))
    }
}
