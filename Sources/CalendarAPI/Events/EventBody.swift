package import Foundation
package import ReconcileModel

/// A whole event, as an insert or an update sends it.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>
package struct EventBody: Hashable, Sendable {
    package let id: EventID
    private let json: JSONText

    /// - Parameters:
    ///   - sourceURL: the address that `source` points to. Only the creator of an event may set it, so it is written
    ///     when an event is made and never compared.
    ///   - revive: says `status: confirmed`, which brings a deleted event back.
    package init(
        id: EventID,
        event: CalendarEvent,
        marks: EventMarks,
        sourceURL: String? = nil,
        revive: Bool = false
    ) {
        self.id = id
        json = .object(of: [
            "id": .string(id.rawValue),
            "status": revive ? "confirmed" : nil,
            "summary": .string(event.summary),
            "description": event.description.map { .string($0) },
            "location": event.location.map { .string($0) },
            "start": event.start.json(zone: event.displayZone),
            "end": event.end.json(zone: event.displayZone),
            "extendedProperties": marks.json,
            "source": sourceURL.map { .object(of: ["url": .string($0), "title": .string(event.summary)]) },
        ])
    }

    /// The compact JSON that travels; equal events have equal bytes.
    package var data: Data { json.data }
}
