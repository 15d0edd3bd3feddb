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
    var json: JSONText {
        .object(of: [
            "private": .object(of: [
                MarkKey.page: .string(page.rawValue),
                MarkKey.organization: organization.map { .string($0) },
                MarkKey.database: database.map { .string($0.rawValue) },
                MarkKey.hash: hash.map { .string($0.rawValue) },
                MarkKey.stored: stored.map { .string($0.rawValue) },
                MarkKey.event: event.map { .string($0.rawValue) },
            ])
        ])
    }

    /// The same for a PATCH: what Google made of an earlier content must not stay beside another one.
    var patchJSON: JSONText {
        .object(of: [
            "private": .object(of: [
                MarkKey.page: .string(page.rawValue),
                MarkKey.organization: organization.map { .string($0) },
                MarkKey.database: database.map { .string($0.rawValue) },
                MarkKey.hash: hash.map { .string($0.rawValue) },
                MarkKey.stored: stored.map { .string($0.rawValue) } ?? .null,
            ])
        ])
    }

    /// The same for a PATCH that leaves none of our other marks.
    var clearingJSON: JSONText {
        .object(of: [
            "private": .object(of: [
                MarkKey.page: .string(page.rawValue),
                MarkKey.organization: organization.map { .string($0) } ?? .null,
                MarkKey.database: database.map { .string($0.rawValue) } ?? .null,
                MarkKey.hash: hash.map { .string($0.rawValue) } ?? .null,
                MarkKey.stored: stored.map { .string($0.rawValue) } ?? .null,
                MarkKey.event: event.map { .string($0.rawValue) } ?? .null,
            ])
        ])
    }
}
