import ReconcileModel

/// Whether an organization's events are to go to another calendar, by its declaration and by what the state remembers.
struct CalendarMoves {
    let organization: Organization
    let record: OrganizationRecord?
    let mayMove: Bool

    /// The calendar that the events leave, and whether a person allowed that; nil: they stay where they are.
    ///
    /// - Throws: where an earlier move is not complete, and the declaration names a third calendar.
    func current() throws(Failure) -> (from: CalendarID, isAllowed: Bool)? {
        let (linked, leaving) = (record?.calendar.id, record?.calendar.leaving)
        guard let declared = organization.googleCalendar ?? linked else { return nil }
        guard let linked, linked != declared else {
            // The state remembers that somebody allowed it, and any run completes it.
            return leaving.flatMap { $0 == declared ? nil : ($0, true) }
        }
        if let leaving, leaving != declared { throw incomplete(from: leaving, to: linked) }
        return (linked, mayMove)
    }

    /// What those are told who ask for the calendar alone.
    func notAllowed(from former: CalendarID) -> Failure {
        let prefix = organization.prefix
        return Failure(
            code: "calendar_move_not_allowed",
            message:
                "google_calendar_id names another calendar than \(former), where the events of \(prefix) are, and nobody allowed "
                + "that they move.",
            hint:
                "`reconcile plan \(prefix)` shows what would; `reconcile apply \(prefix) --allow-move \(prefix)` carries it out."
        )
    }

    private func incomplete(from former: CalendarID, to calendar: CalendarID) -> Failure {
        Failure(
            code: "calendar_move_incomplete",
            message: "The events of \(organization.prefix) still move from the calendar \(former) to \(calendar).",
            hint: "Write `google_calendar_id: \(calendar)` again and apply; then name the other calendar."
        )
    }
}

extension Failure {
    /// What is still in the calendar that is left can be neither moved nor deleted any more.
    static func moveCannotGoOn(_ organization: Organization, _ move: CalendarMove) -> Failure {
        let prefix = organization.prefix
        let why =
            switch move.reach {
            case .unreachable(let failure): failure.message
            case .readOnly(let access): "\(access.account) may only read it (as \(access.role.rawValue))."
            case .writable: ""
            }
        return Failure(
            code: "calendar_move_incomplete",
            message:
                "The events of \(prefix) still move from the calendar \(move.from), and that cannot be written any more: \(why)",
            hint:
                "Give the right back; or `reconcile apply \(prefix) --allow-move \(prefix)` makes the rest anew, without guests and changed "
                + "occurrences."
        )
    }

    /// Half of the events are in a calendar that is not there, and another one is not created for them.
    static func moveWithoutTarget(
        _ organization: Organization,
        from former: CalendarID,
        to calendar: CalendarID?
    ) -> Failure {
        let prefix = organization.prefix
        return Failure(
            code: "calendar_move_incomplete",
            message:
                "The events of \(prefix) still move from the calendar \(former), and \(calendar?.rawValue ?? "the other one") is not there "
                + "any more.",
            hint:
                "Name one of them in \(organization.source.file): `google_calendar_id: \(former)` and `reconcile apply \(prefix) "
                + "--allow-move \(prefix)` take back what is left."
        )
    }

    /// What is in the calendar that is left would be forgotten there.
    static func moving(_ organization: Organization, from former: CalendarID) -> Failure {
        let prefix = organization.prefix
        return Failure(
            code: "calendar_move_incomplete",
            message: "The events of \(prefix) still move away from the calendar \(former); nothing was changed.",
            hint:
                "Declare \(prefix) with sync_enabled, run `reconcile apply \(prefix)` until its plan is empty and warns of no private "
                + "event, then try again."
        )
    }
}
