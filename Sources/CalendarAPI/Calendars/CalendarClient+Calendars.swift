import Foundation
import HTTPTypes
import JSON
package import ReconcileModel
import Transport

extension CalendarClient {
    /// - Throws: also where Google knows the calendar by another id: what is ours is told by exact ids, and the same calendar must
    ///   not go by two of them.
    package func calendar(
        _ id: CalendarID,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> GoogleCalendar {
        let calendar = try await resource(
            GoogleCalendar.self,
            .get,
            CalendarAddress.path("calendars", id.rawValue, query: ["fields": GoogleCalendar.fields]),
            isFreshCalendar: isFreshCalendar
        )
        // Byte by byte: equal strings may be written differently.
        guard calendar.id.rawValue.utf8.elementsEqual(id.rawValue.utf8) else { throw .otherCalendar(calendar.id) }
        return calendar
    }

    /// Makes a calendar, which the account then owns for good.
    ///
    /// Google takes no id here, so nothing that was answered is repeated: whether the answer was lost (`isUnknownOutcome`) or a
    /// refusal, look for the calendar in `calendarList()` before making another (`creationRetry()`).
    /// - Parameter timeZone: an IANA name.
    package func insertCalendar(
        summary: String,
        description: String?,
        timeZone: String
    ) async throws(CalendarError) -> GoogleCalendar {
        let made = try await resource(
            GoogleCalendar.self,
            .post,
            CalendarAddress.path("calendars", query: ["fields": GoogleCalendar.fields]),
            body: .object(of: [
                "summary": .string(summary),
                "description": description.map { .string($0) },
                "timeZone": .string(timeZone),
            ]),
            repeatability: .once
        )
        guard made.isResource else { throw .unconfirmed(reason: "what was answered to its creation is no calendar") }
        return made
    }

    /// Changes what is not nil.
    package func patchCalendar(
        _ id: CalendarID,
        summary: String? = nil,
        description: String? = nil,
        timeZone: String? = nil,
        ifMatch: ETag? = nil,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> GoogleCalendar {
        let changed = try await resource(
            GoogleCalendar.self,
            .patch,
            CalendarAddress.path("calendars", id.rawValue, query: ["fields": GoogleCalendar.fields]),
            body: .object(of: [
                "summary": summary.map { .string($0) },
                "description": description.map { .string($0) },
                "timeZone": timeZone.map { .string($0) },
            ]),
            ifMatch: ifMatch,
            isFreshCalendar: isFreshCalendar
        )
        guard changed.isResource, changed.id == id else {
            throw .unconfirmed(reason: "what was answered to its change is not this calendar")
        }
        return changed
    }

    /// Deletes a calendar with all its events, for ever. Only its data owner can.
    package func deleteCalendar(_ id: CalendarID) async throws(CalendarError) {
        try await delete(CalendarAddress.path("calendars", id.rawValue))
    }

    /// All calendars in the account's list, hidden ones too: every calendar that the account made is in it.
    package func calendarList() async throws(CalendarError) -> [CalendarListEntry] {
        var entries: [CalendarListEntry] = []
        try await pages(of: CalendarListEntry.self, kind: "calendar#calendarList") { token in
            CalendarAddress.path(
                "users",
                "me",
                "calendarList",
                query: [
                    "maxResults": "250",
                    "showHidden": "true",
                    "pageToken": token,
                    "fields": "kind,nextPageToken,items(\(CalendarListEntry.fields))",
                ]
            )
        } receive: { page, items in
            entries += items
        }
        return entries
    }
}
