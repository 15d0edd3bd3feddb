/// Counts of a plan: what is to be done, or of a report: what was done. Changes that a limit holds back are neither.
package struct Summary: Sendable, Equatable {
    package var calendarsToCreate = 0
    package var calendarsToUpdate = 0
    package var eventsToCreate = 0
    package var eventsToUpdate = 0
    package var eventsToDelete = 0
    package var eventsToAdopt = 0
    package var eventsUnchanged = 0
    /// Deletes and updates that a limit holds back, and what an undo leaves because it was edited since.
    package var eventsBlocked = 0
    /// What carrying it out costs of Google's quota of units per minute: an update, as a PATCH, costs three.
    package var googleUnits = 0
    package var total = 0
    package var changed = 0
    package var unchanged = 0
    /// Those that nobody looked at: held and disabled ones.
    package var skipped = 0
    /// Of the skipped ones, those that an undo put on hold.
    package var held = 0
    /// Of the skipped ones, those that are declared not to be written.
    package var disabled = 0
    package var blocked = 0
    package var failed = 0
    package var warnings = 0

    package init(_ plan: Plan) {
        for organization in plan.organizations { add(organization) }
    }

    /// What was done. What was so already counts as unchanged, and organizations that failed on the way count as failed.
    package init(_ report: Report) {
        for organization in report.organizations {
            var plan = organization.plan
            if organization.failure != nil { plan.status = .error }
            let outcomes = zip(plan.changes, organization.outcomes)
            plan.changes = outcomes.filter { $0.isBlocked || $1 == .applied }.map(\.0)
            plan.unchanged += outcomes.count { change, outcome in
                if case .unchanged = outcome { change.resource == "event" && change.action != "delete" } else { false }
            }
            add(plan)
        }
    }

    /// Whether applying would write to Google.
    package var hasChanges: Bool {
        calendarsToCreate + calendarsToUpdate + eventsToCreate + eventsToUpdate + eventsToDelete > 0
    }

    /// Whether an organization is blocked or in error.
    package var hasErrors: Bool { blocked + failed > 0 }

    private mutating func add(_ organization: OrganizationPlan) {
        total += 1
        eventsUnchanged += organization.unchanged
        warnings += organization.warnings.count
        switch organization.status {
        case .changes: changed += 1
        case .noChanges: unchanged += 1
        case .skipped:
            skipped += 1
            if organization.organization.isEnabled { held += 1 } else { disabled += 1 }
        case .blocked: blocked += 1
        case .error: failed += 1
        }
        // On a calendar that may not be written nothing is to be done.
        let isRefused = organization.status == .error && organization.target == nil
        for change in organization.changes where !isRefused || change.isBlocked { add(change) }
    }

    private mutating func add(_ change: Change) {
        googleUnits += change.googleUnits
        switch change {
        case .createCalendar: calendarsToCreate += 1
        case .updateCalendar: calendarsToUpdate += 1
        case .createEvent: eventsToCreate += 1
        case .updateEvent(let update) where update.isBlocked: eventsBlocked += 1
        case .updateEvent: eventsToUpdate += 1
        case .deleteEvent(let deletion) where deletion.isBlocked: eventsBlocked += 1
        case .deleteEvent: eventsToDelete += 1
        case .adoptEvent: eventsToAdopt += 1
        case .keepEvent: eventsBlocked += 1
        }
    }
}

extension Change {
    /// <https://developers.google.com/workspace/calendar/api/guides/quota>
    fileprivate var googleUnits: Int {
        switch self {
        case .createCalendar: 1
        case .createEvent(let creation): creation.tombstone == nil ? 1 : 3
        case .updateCalendar: 3
        case .updateEvent(let update): update.isBlocked ? 0 : 3
        case .deleteEvent(let deletion): deletion.isBlocked ? 0 : 1
        case .adoptEvent, .keepEvent: 0
        }
    }
}
