import Mapping
import ReconcileModel

/// Which fields pages decided when events were written, as the hashes in their marks prove: what a lost state knew.
enum DecidedFields {
    /// - Parameter isOwn: whether the marks of an event name the organization.
    /// - Returns: nil where no event proves anything: none is ours, or all were edited since.
    static func proven(by events: some Sequence<LiveEvent>, isOwn: (EventMarks) -> Bool) -> Set<EventField>? {
        var proven: Set<EventField>?
        for event in events where event.status == .live {
            guard let marks = event.marks, isOwn(marks), let content = event.event else { continue }
            let written = [marks.hash, marks.stored].compactMap(\.self)
            // What its template set is decided for this event alone.
            for fields in EventField.decisions
            where written.contains(ContentHash(of: content.limited(to: fields.union(marks.settingFields)))) {
                proven = (proven ?? []).union(fields.subtracting(marks.settingFields))
            }
        }
        return proven
    }
}
