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
        event: EventContent,
        marks: EventMarks,
        sourceURL: String? = nil,
        revive: Bool = false
    ) {
        self.id = id
        let fields = event.fields.compactMap { field in
            event[field]?.json(zone: event.displayZone).map { JSONText.Member(key: field.googleKey, value: $0) }
        }
        json = .object(
            JSONText.members(of: ["id": .string(id.rawValue), "status": revive ? "confirmed" : nil])
                + fields
                + JSONText.members(of: [
                    "extendedProperties": marks.json,
                    "source": sourceURL.map { .object(of: ["url": .string($0), "title": .string(event.summary)]) },
                ])
        )
    }

    /// The compact JSON that travels; equal events have equal bytes.
    package var data: Data { json.data }
}
