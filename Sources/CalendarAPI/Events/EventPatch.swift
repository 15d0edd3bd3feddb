package import Foundation
package import ReconcileModel

/// What a PATCH changes of an event: the named fields and our marks, nothing of what belongs to people.
///
/// A PATCH merges objects, replaces scalars, deletes what is `null` and leaves absent fields alone
/// (<https://developers.google.com/workspace/calendar/api/guides/performance#patch>).
package struct EventPatch: Hashable, Sendable {
    private let json: JSONText

    /// - Parameters:
    ///   - fields: those whose value is taken from `event`; one that has no value there is deleted.
    ///   - clearsOtherMarks: those of our marks that have no value are deleted, not left alone.
    ///   - revive: says `status: confirmed`, which brings a deleted event back; send all fields with it.
    package init(
        fields: Set<EventField>,
        event: CalendarEvent,
        marks: EventMarks,
        clearsOtherMarks: Bool = false,
        revive: Bool = false
    ) {
        func value(_ field: EventField) -> JSONText? {
            guard fields.contains(field) else { return nil }
            return switch field {
            case .summary: .string(event.summary)
            case .description: event.description.map { .string($0) } ?? .null
            case .location: event.location.map { .string($0) } ?? .null
            case .start: event.start.patchJSON(zone: event.displayZone)
            case .end: event.end.patchJSON(zone: event.displayZone)
            }
        }
        json = .object(of: [
            "status": revive ? "confirmed" : nil,
            "summary": value(.summary),
            "description": value(.description),
            "location": value(.location),
            "start": value(.start),
            "end": value(.end),
            "extendedProperties": clearsOtherMarks ? marks.clearingJSON : marks.patchJSON,
        ])
    }

    /// The compact JSON that travels; equal patches have equal bytes.
    package var data: Data { json.data }
}
