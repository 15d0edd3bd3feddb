import ReconcileModel

/// Plans one organization: its calendar, then its events page by page, then the limits over all deletes.
struct OrganizationPlanner {
    let organization: Organization
    let state: OrganizationState

    func plan(allowedDeletes: Int?) -> OrganizationPlan {
        var events = EventPlanner(organization: organization, state: state).plan()
        events.warnings = state.warnings + events.warnings

        let verdict = DeleteLimits(
            maxPercent: organization.maxDeletePercent,
            recentDeletes: state.recentDeletes,
            managedEvents: events.managedCount,
            eventsWhenBlocked: state.eventsWhenBlocked
        ).verdict(deletes: events.deletions.count, creates: events.creations.count, allowed: allowedDeletes)
        if case .blocked = verdict {
            for index in events.deletions.indices { events.deletions[index].isBlocked = true }
        }
        let changes = [calendarChange(verdict)].compactMap(\.self) + sorted(events)
        return OrganizationPlan(
            organization: organization,
            status: status(changes: changes, verdict: verdict),
            message: message(verdict),
            hint: hint(verdict),
            warnings: events.warnings,
            changes: changes,
            unchanged: events.unchanged,
            target: target(events: events, deletesAllowed: allowedDeletes != nil)
        )
    }

    /// A calendar gets the mark of another database once the events of the first are gone, and not while that is blocked.
    private func calendarChange(_ verdict: DeleteLimits.Verdict) -> Change? {
        if state.databaseChange != nil, case .existing = state.calendar {
            guard case .allowed = verdict, state.listing == .complete else { return nil }
        }
        return CalendarPlanner(organization: organization, state: state).change()
    }

    private func target(events: EventPlanner.Result, deletesAllowed: Bool) -> OrganizationPlan.Target {
        var id: CalendarID?
        if case .existing(let calendar) = state.calendar { id = calendar.id }
        return OrganizationPlan.Target(
            database: state.database,
            dataSource: state.dataSource,
            calendar: id,
            renamedFrom: state.renamedFrom,
            databaseChange: state.databaseChange,
            managedFields: state.managedFields,
            ownership: state.ownership,
            staleLinks: events.staleLinks,
            deletesAreAllowedByName: deletesAllowed,
            managedEvents: events.managedCount
        )
    }

    /// By start, so that a plan reads like a calendar; ties by page and event, so that it is always the same.
    private func sorted(_ events: EventPlanner.Result) -> [Change] {
        let keyed: [(EventOrder, Change)] =
            events.creations.map { (EventOrder($0.desired.event, $0.desired.page, $0.id), .createEvent($0)) }
            + events.updates.map { (EventOrder($0.desired.event, $0.desired.page, $0.live.id), .updateEvent($0)) }
            + events.deletions.map { (EventOrder($0.live.event, $0.page, $0.live.id), .deleteEvent($0)) }
            + events.adoptions.map { (EventOrder($0.desired.event, $0.desired.page, $0.event), .adoptEvent($0)) }
        return keyed.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func status(changes: [Change], verdict: DeleteLimits.Verdict) -> OrganizationPlan.Status {
        if case .incomplete = state.listing { return .error }
        if case .blocked = verdict { return .blocked }
        return changes.contains(where: \.writes) ? .changes : .noChanges
    }

    private func message(_ verdict: DeleteLimits.Verdict) -> String? {
        if case .incomplete(let failure) = state.listing { return failure.message }
        if case .blocked(let message, _) = verdict { return message }
        return nil
    }

    private func hint(_ verdict: DeleteLimits.Verdict) -> String? {
        if case .incomplete(let failure) = state.listing { return failure.hint }
        guard case .blocked(_, let deletes) = verdict else { return nil }
        return "If that is right, allow it for one run: --allow-deletes \(organization.prefix):\(deletes)."
    }
}

/// Sorts events as people read calendars.
private struct EventOrder: Comparable {
    let start: Int
    let page: PageID
    let event: EventID

    init(_ event: CalendarEvent?, _ page: PageID, _ id: EventID) {
        start = event?.start.order ?? Int.min
        (self.page, self.event) = (page, id)
    }

    static func < (left: EventOrder, right: EventOrder) -> Bool {
        (left.start, left.page, left.event) < (right.start, right.page, right.event)
    }
}
