import Foundation
package import ReconcileModel

extension CalendarClient {
    /// Reads all events of a calendar; series are not expanded.
    ///
    /// - Parameters:
    ///   - showDeleted: also the deleted ones that Google still has.
    ///   - receive: called for each event as its page arrives; at most one page is in memory. Only once this function
    ///     returns is it known that none was missing.
    /// - Throws: where any page could not be read.
    package func events(
        of calendar: CalendarID,
        showDeleted: Bool,
        isFreshCalendar: Bool = false,
        receive: (GoogleEvent) -> Void
    ) async throws(CalendarError) -> ListedEvents {
        try await list(
            calendar,
            showDeleted: showDeleted,
            since: nil,
            isFreshCalendar: isFreshCalendar,
            receive: receive
        )
    }

    /// Reads what changed since the listing that brought `syncToken`, deleted events included.
    ///
    /// <https://developers.google.com/workspace/calendar/api/guides/sync>
    /// - Parameter showDeleted: as in that listing: with other parameters the result is undefined.
    package func changes(
        of calendar: CalendarID,
        since syncToken: String,
        showDeleted: Bool = true
    ) async throws(CalendarError) -> EventChanges {
        var events: [GoogleEvent] = []
        do {
            let listing = try await list(calendar, showDeleted: showDeleted, since: syncToken) { events.append($0) }
            return .changes(events, nextSyncToken: listing.nextSyncToken)
        } catch {
            if case .gone = error { return .fullSyncRequired }
            throw error
        }
    }

    private func list(
        _ calendar: CalendarID,
        showDeleted: Bool,
        since syncToken: String?,
        isFreshCalendar: Bool = false,
        receive: (GoogleEvent) -> Void
    ) async throws(CalendarError) -> ListedEvents {
        var listing = ListedEvents()
        try await pages(of: GoogleEvent.self, kind: "calendar#events", isFreshCalendar: isFreshCalendar) { token in
            CalendarAddress.path(
                "calendars",
                calendar.rawValue,
                "events",
                query: [
                    "maxResults": "1000",
                    "singleEvents": "false",
                    // Saying "false" is not allowed beside a sync token; it is the default.
                    "showDeleted": showDeleted ? "true" : nil,
                    "prettyPrint": "false",
                    "syncToken": syncToken,
                    "pageToken": token,
                    "fields": "kind,timeZone,accessRole,nextPageToken,nextSyncToken,items(\(GoogleEvent.fields))",
                ]
            )
        } receive: { page, items in
            listing.timeZone = page.timeZone ?? listing.timeZone
            listing.accessRole = page.accessRole ?? listing.accessRole
            listing.nextSyncToken = page.nextSyncToken
            items.forEach(receive)
        }
        return listing
    }
}
