package import Foundation
import JSON
package import ReconcileModel

/// A whole event, as an insert or an update sends it.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>
package struct EventBody: Hashable, Sendable {
    package let id: EventID
    private let json: JSON

    /// - Parameters:
    ///   - sourceURL: the address that `source` points to. Only the creator of an event may set it, so it is written
    ///     when an event is made and never compared.
    ///   - revive: says `status: confirmed`, which brings a deleted event back.
    package init(
        id: EventID,
        event: EventContent,
        marks: EventMarks,
        sourceURL: String? = nil,
        revive: Bool = false
    ) {
        self.id = id
        var members: JSON.Members = ["id": .string(id.rawValue)]
        members["status"] = revive ? "confirmed" : nil
        for field in event.fields { members[field.googleKey] = field.json(event[field], zone: event.displayZone) }
        members["extendedProperties"] = marks.json
        members["source"] = sourceURL.map { ["url": .string($0), "title": .string(event.summary)] }
        json = .object(members)
    }

    /// The compact JSON that travels; equal events have equal bytes.
    package var data: Data { Data(json.bytes(.compact)) }
}
