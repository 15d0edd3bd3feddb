import Foundation

/// One page of any of the lists.
struct Page<Item: Decodable & Sendable>: Decodable, Sendable {
    /// What the answer calls itself, such as `calendar#events`.
    var kind: String?
    /// Nil where the answer has no such key.
    var items: [Item]?
    var nextPageToken: String?
    var nextSyncToken: String?
    var timeZone: String?
    var accessRole: String?

    /// Nil where the answer is no such list, or says nothing of its items: absent is not empty.
    func items(of kind: String) -> [Item]? { self.kind == nil || self.kind == kind ? items : nil }
}

/// What a complete listing says beside its events.
package struct ListedEvents: Hashable, Sendable {
    /// The calendar's zone, an IANA name.
    package var timeZone: String?
    /// What the account may do with the calendar: `owner`, `writer`, `reader` …
    package var accessRole: String?
    /// With it the next listing brings only what changed since. Google leaves it out of some listings.
    package var nextSyncToken: String?

    package init(timeZone: String? = nil, accessRole: String? = nil, nextSyncToken: String? = nil) {
        (self.timeZone, self.accessRole, self.nextSyncToken) = (timeZone, accessRole, nextSyncToken)
    }
}

/// What changed since a listing.
package enum EventChanges: Sendable {
    /// Deleted events are among them, sometimes with nothing but their id.
    case changes([GoogleEvent], nextSyncToken: String?)
    /// Google no longer knows the token: list everything anew. What is missing then was deleted.
    case fullSyncRequired
}
