package import Foundation
import JSON
package import ReconcileModel

/// What a PATCH changes of an event: the named fields and our marks, nothing of what belongs to people.
///
/// A PATCH merges objects, replaces scalars, deletes what is `null` and leaves absent fields alone
/// (<https://developers.google.com/workspace/calendar/api/guides/performance#patch>).
package struct EventPatch: Hashable, Sendable {
    private let json: JSON

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
        var members: JSON.Members = [:]
        members["status"] = revive ? "confirmed" : nil
        for field in Self.sent(fields, of: event).sorted() {
            members[field.googleKey] = field.patchJSON(event[field], zone: event.displayZone)
        }
        members["extendedProperties"] = clearsOtherMarks ? marks.clearingJSON : marks.patchJSON
        json = .object(members)
    }

    /// Takes all of our marks off an event; the properties of other programs stay.
    package static let withoutMarks = EventPatch(json: .object(["extendedProperties": EventMarks.noneJSON]))

    private init(json: JSON) { self.json = json }

    /// What has to be sent together, of a series: how a rule is to be read depends on the start, and start and end say in which zone it
    /// repeats. Nothing of that goes along with another field, for what people made of single occurrences may be lost by it.
    private static func sent(_ fields: Set<EventField>, of event: EventContent) -> Set<EventField> {
        guard event.recurrence != nil else { return fields }
        var all = fields
        if fields.contains(.start) { all.insert(.recurrence) }
        guard case .instant = event.start, all.contains(.recurrence) else { return all }
        return all.union([.start, .end])
    }

    /// The compact JSON that travels; equal patches have equal bytes.
    package var data: Data { Data(json.bytes(.compact)) }
}
