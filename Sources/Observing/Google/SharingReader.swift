package import CalendarAPI
package import ReconcileModel

/// Reads who may do what with a calendar.
package struct SharingReader: Sendable {
    private let calendars: CalendarClient

    package init(calendars: CalendarClient) { self.calendars = calendars }

    package func read(_ calendar: CalendarID) async -> SharingObservation {
        do throws(CalendarError) {
            return .read(try await calendars.accessRules(of: calendar).compactMap(\.live))
        } catch {
            return .unreadable(unreadable(error, calendar))
        }
    }

    private func unreadable(_ error: CalendarError, _ calendar: CalendarID) -> Failure {
        let failure = error.failure(on: calendar, account: calendars.account)
        return Failure(
            code: "sharing_unreadable",
            message: "Who can see the calendar could not be read, so its sharing stays as it is: \(failure.message)",
            // To read it less would do, and to change it that is needed.
            hint: failure.code == .calendarForbidden
                ? CalendarAccess.hint(.owner, for: calendars.account) : failure.hint
        )
    }
}
