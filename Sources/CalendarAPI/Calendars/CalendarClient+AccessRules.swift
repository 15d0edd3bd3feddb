import Foundation
import HTTPTypes
import JSON
package import ReconcileModel

/// Sharing. Nobody is sent mail about it.
extension CalendarClient {
    package func accessRules(
        of calendar: CalendarID,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> [GoogleAccessRule] {
        var rules: [GoogleAccessRule] = []
        try await pages(of: GoogleAccessRule.self, kind: "calendar#acl", isFreshCalendar: isFreshCalendar) { token in
            CalendarAddress.path(
                "calendars",
                calendar.rawValue,
                "acl",
                query: [
                    "maxResults": "250", "pageToken": token,
                    "fields": "kind,nextPageToken,items(\(GoogleAccessRule.fields))",
                ]
            )
        } receive: { page, items in
            rules += items
        }
        return rules
    }

    /// Gives a role to somebody who has none yet; look into `accessRules(of:)` first and patch what exists.
    package func insertAccessRule(
        _ role: String,
        for scope: GoogleAccessRule.Scope,
        on calendar: CalendarID,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> GoogleAccessRule {
        try await resource(
            GoogleAccessRule.self,
            .post,
            CalendarAddress.path("calendars", calendar.rawValue, "acl", query: Self.silently),
            body: .object(of: [
                "role": .string(role),
                "scope": .object(of: ["type": .string(scope.type), "value": scope.value.map { .string($0) }]),
            ]),
            isFreshCalendar: isFreshCalendar
        )
    }

    package func patchAccessRule(
        _ id: String,
        role: String,
        on calendar: CalendarID,
        ifMatch: ETag? = nil,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> GoogleAccessRule {
        try await resource(
            GoogleAccessRule.self,
            .patch,
            CalendarAddress.path("calendars", calendar.rawValue, "acl", id, query: Self.silently),
            body: .object(of: ["role": .string(role)]),
            ifMatch: ifMatch,
            isFreshCalendar: isFreshCalendar
        )
    }

    package func deleteAccessRule(
        _ id: String,
        on calendar: CalendarID,
        ifMatch: ETag? = nil
    ) async throws(CalendarError) {
        try await delete(CalendarAddress.path("calendars", calendar.rawValue, "acl", id), ifMatch: ifMatch)
    }

    private static var silently: KeyValuePairs<String, String?> {
        ["sendNotifications": "false", "fields": GoogleAccessRule.fields]
    }
}
