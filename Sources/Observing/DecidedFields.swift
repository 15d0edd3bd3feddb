import Mapping
import ReconcileModel

/// Which fields pages decided when events were written, as the hashes in their marks prove: what a lost state knew.
enum DecidedFields {
    private static let always: Set<EventField> = [.summary, .start, .end]
    private static let optional: [Set<EventField>] = [
        [.location, .description], [.location], [.description], [],
    ]

    /// - Parameter isOwn: whether the marks of an event name the organization.
    /// - Returns: nil where no event proves anything: none is ours, or all were edited since.
    static func proven(by events: some Sequence<LiveEvent>, isOwn: (EventMarks) -> Bool) -> Set<EventField>? {
        var proven: Set<EventField>?
        for event in events where event.status == .live {
            guard let marks = event.marks, isOwn(marks), let content = event.event else { continue }
            let written = [marks.hash, marks.stored].compactMap(\.self)
            for fields in optional.map(always.union)
            where written.contains(ContentHash(of: content, fields: fields)) {
                proven = (proven ?? []).union(fields)
            }
        }
        return proven
    }
}
