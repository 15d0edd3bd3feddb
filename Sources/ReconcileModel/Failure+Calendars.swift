extension Failure {
    /// Several calendars carry the mark of one organization: runs that knew nothing of each other each made one. Which of them
    /// people subscribed to, only people know.
    ///
    /// - Parameter kept: the one to suggest.
    package static func severalCalendars(
        of organization: Organization,
        _ calendars: Set<CalendarID>,
        keeping kept: CalendarID? = nil
    ) -> Failure {
        let ids = calendars.sorted()
        let line = "google_calendar_id: \((kept ?? ids.first)?.rawValue ?? "…")"
        return Failure(
            code: "calendar_ambiguous",
            message: "Several calendars are marked for \(organization.prefix): "
                + "\(ids.map(\.rawValue).joined(separator: ", ")). No event is written, and no calendar is deleted.",
            hint: "Name the one to keep in \(organization.source.file): `\(line)`."
        )
    }

    /// Another account does not see the calendar of the first, and would create it anew.
    package static func accountChanged(
        of organization: Organization,
        from known: String,
        to account: String
    ) -> Failure {
        Failure(
            .accountChanged,
            message:
                "\(organization.prefix) was written by the Google account \(known), but now the account is \(account).",
            hint:
                "Use the first account's key, or `--allow-account-change \(organization.prefix)` if the calendar was shared with the new "
                + "one."
        )
    }
}
