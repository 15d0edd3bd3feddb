import JSON
import ReconcileModel

/// The names of our marks among an event's private extended properties.
///
/// <https://developers.google.com/workspace/calendar/api/guides/extended-properties>
enum MarkKey {
    static let page = "notionPageId"
    static let organization = "reconcileOrg"
    static let database = "reconcileDatabase"
    static let hash = "reconcileHash"
    static let stored = "reconcileStored"
    static let event = "reconcileEvent"
}

extension EventMarks {
    /// The value of `extendedProperties`. Google merges it in a PATCH: other people's properties stay.
    var json: JSON { json { _ in nil } }

    /// The same for a PATCH: what Google made of an earlier content must not stay beside another one.
    var patchJSON: JSON { json { $0 == MarkKey.stored ? .null : nil } }

    /// The same for a PATCH that leaves none of our other marks.
    var clearingJSON: JSON { json { _ in .null } }

    /// - Parameter absent: what stands for a mark that has no value: nothing, which leaves it alone, or `null`, which deletes it.
    private func json(absent: (String) -> JSON?) -> JSON {
        func value(_ key: String, _ text: String?) -> JSON? { text.map { .string($0) } ?? absent(key) }
        return .object(of: [
            "private": .object(of: [
                MarkKey.page: .string(page.rawValue),
                MarkKey.organization: value(MarkKey.organization, organization),
                MarkKey.database: value(MarkKey.database, database?.rawValue),
                MarkKey.hash: value(MarkKey.hash, hash?.rawValue),
                MarkKey.stored: value(MarkKey.stored, stored?.rawValue),
                MarkKey.event: value(MarkKey.event, event?.rawValue),
            ])
        ])
    }
}
