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
        event: EventContent,
        marks: EventMarks,
        clearsOtherMarks: Bool = false,
        revive: Bool = false
    ) {
        let values = fields.sorted().map { field in
            JSONText.Member(
                key: field.googleKey,
                value: (event[field] ?? .empty).patchJSON(zone: event.displayZone)
            )
        }
        json = .object(
            JSONText.members(of: ["status": revive ? "confirmed" : nil])
                + values
                + JSONText.members(of: [
                    "extendedProperties": clearsOtherMarks ? marks.clearingJSON : marks.patchJSON
                ])
        )
    }

    /// The compact JSON that travels; equal patches have equal bytes.
    package var data: Data { json.data }
}
