package import CalendarAPI
package import ReconcileModel

/// Calendars that may be an organization's although the state does not know what is in them.
package struct UnknownCalendars: Sendable {
    private let calendars: CalendarClient
    private let renames: Renames

    package init(calendars: CalendarClient, renames: Renames) { (self.calendars, self.renames) = (calendars, renames) }

    /// Whether there may be one: declared, linked, or with a mark that no organization is known to have. One request.
    ///
    /// - Parameter linked: the calendar that the state gives the organization, under whichever prefix.
    /// - Throws: where Google does not tell.
    package func mayHoldEvents(
        of organization: Organization,
        linked: CalendarID?
    ) async throws(CalendarError) -> Bool {
        if let named = organization.googleCalendar ?? linked {
            do throws(CalendarError) { _ = try await calendars.calendar(named) } catch {
                // What that means is for whoever looks as a run does.
                guard error.meansNotThere else { throw error }
            }
            return true
        }
        let known = renames.calendars(ofOthersThan: organization)
        return try await CalendarDirectory(calendars: calendars).marked().contains { !known.contains($0.id) }
    }
}
