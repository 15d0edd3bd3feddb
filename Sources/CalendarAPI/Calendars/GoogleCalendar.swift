package import ReconcileModel

/// The part of a calendar resource that we read.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/calendars>
package struct GoogleCalendar: Hashable, Decodable, Sendable {
    package var id: CalendarID
    package var etag: ETag?
    package var summary: String?
    package var description: String?
    /// An IANA name.
    package var timeZone: String?
    /// The e-mail of the account that owns the data: only that one can delete the calendar. Absent on primary ones.
    package var dataOwner: String?
    /// `calendar#calendar`
    package var kind: String?

    /// Whether it is what Google answers to a write.
    var isResource: Bool { kind == "calendar#calendar" && !id.rawValue.isEmpty }

    static let fields = "kind,id,etag,summary,description,timeZone,dataOwner"

    /// Whether the account made it, as far as Google tells.
    package func isOwn(of account: String) -> Bool { dataOwner.mayBe(account) }
}

/// A calendar in the list of the account that asks.
///
/// Calendars that others shared with the account are usually not in it, and work by their id all the same.
/// <https://developers.google.com/workspace/calendar/api/v3/reference/calendarList>
package struct CalendarListEntry: Hashable, Decodable, Sendable {
    package var id: CalendarID
    package var summary: String?
    package var description: String?
    package var timeZone: String?
    /// `owner`, `writer`, `writerWithoutPrivateAccess`, `reader` or `freeBusyReader`.
    package var accessRole: String?
    package var dataOwner: String?
    /// Absent means false.
    package var hidden: Bool?

    static let fields = "id,summary,description,timeZone,accessRole,dataOwner,hidden"
}

extension CalendarListEntry {
    /// Whether the account made the calendar. Only then a mark in its description is ours: descriptions are public, and whoever
    /// copies one must not be given our events.
    package func isOwn(of account: String) -> Bool {
        accessRole == "owner" && dataOwner.mayBe(account)
    }
}

extension String? {
    /// Whether a `dataOwner` is an account, as far as Google tells: of a primary calendar it does not.
    fileprivate func mayBe(_ account: String) -> Bool { map { $0.lowercased() == account.lowercased() } ?? true }
}
