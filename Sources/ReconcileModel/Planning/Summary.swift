/// Counts of a plan: what is to be done, or of a report: what was done. Changes that a limit holds back are neither.
package struct Summary: Hashable, Sendable {
    package var calendarsToCreate = 0
    package var calendarsToUpdate = 0
    package var calendarsToDelete = 0
    package var rulesToCreate = 0
    package var rulesToUpdate = 0
    package var rulesToDelete = 0
    package var eventsToCreate = 0
    package var eventsToUpdate = 0
    package var eventsToDelete = 0
    package var eventsToAdopt = 0
    package var eventsUnchanged = 0
    /// Pages that are told what became of their events.
    package var pagesToUpdate = 0
    /// Deletes and updates that a limit holds back, and what an undo leaves because it was edited since.
    package var eventsBlocked = 0
    /// Deletes that wait for a person's yes.
    package var eventsPending = 0
    /// Pages of which many would lose what people wrote: likewise.
    package var pagesPending = 0
    /// What needs somebody's allowance.
    package var rulesBlocked = 0
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
    /// Those that nobody declares any more.
    package var orphaned = 0
    package var blocked = 0
    package var failed = 0
    package var warnings = 0

    package init(_ plan: Plan) {
        for organization in plan.organizations {
            add(organization, failed: false)
            // On a calendar that may not be written nothing is to be done.
            let isRefused = organization.status == .error && organization.target == nil
            for line in organization.lines where !isRefused || line.isHeld { add(line) }
        }
    }

    /// What was done. What was so already counts as unchanged, and organizations that failed on the way count as failed.
    package init(_ report: Report) {
        for organization in report.organizations {
            let (plan, done) = (organization.plan, organization.done)
            add(plan, failed: organization.failure != nil)
            eventsUnchanged += done.count { one in
                guard case .unchanged = one.outcome else { return false }
                return one.line.resource == .event && one.line.action != .delete
            }
            for one in done where one.line.isHeld || one.outcome == .applied { add(one.line) }
        }
    }

    /// Whether applying would write to Google or Notion.
    package var hasChanges: Bool {
        calendarsToCreate + calendarsToUpdate + calendarsToDelete + rulesToChange + eventsToCreate + eventsToUpdate
            + eventsToDelete + pagesToUpdate > 0
    }

    /// Access rules of calendars.
    package var rulesToChange: Int { rulesToCreate + rulesToUpdate + rulesToDelete }

    /// Those that nobody looked at.
    package var leftAlone: Int { skipped + orphaned }

    /// Whether something waits for a person's yes.
    package var isWaiting: Bool { eventsPending + pagesPending > 0 }

    /// Whether an organization is blocked or in error.
    package var hasErrors: Bool { blocked + failed > 0 }

    private mutating func add(_ organization: OrganizationPlan, failed hasFailed: Bool) {
        total += 1
        eventsUnchanged += organization.unchanged
        warnings += organization.warnings.count
        switch hasFailed ? .error : organization.status {
        case .changes: changed += 1
        case .noChanges: unchanged += 1
        case .skipped:
            skipped += 1
            if organization.organization.isEnabled { held += 1 } else { disabled += 1 }
        case .orphaned: orphaned += 1
        case .blocked: blocked += 1
        case .error: failed += 1
        }
    }

    private mutating func add(_ line: PlanLine) {
        guard let change = line.todo else {
            guard line.awaited == nil else {
                switch line.resource {
                case .event: eventsPending += 1
                case .page: pagesPending += 1
                case .calendar, .accessRule: break
                }
                return
            }
            switch line.resource {
            case .event: eventsBlocked += 1
            case .accessRule: rulesBlocked += 1
            case .calendar, .page: break
            }
            return
        }
        googleUnits += change.googleUnits
        switch change {
        case .calendar(.create): calendarsToCreate += 1
        case .calendar(.update): calendarsToUpdate += 1
        case .calendar(.delete): calendarsToDelete += 1
        case .access(let change):
            switch change.action {
            case .create: rulesToCreate += 1
            case .update: rulesToUpdate += 1
            case .delete: rulesToDelete += 1
            case .adopt: break
            }
        case .event(.create): eventsToCreate += 1
        case .event(.update), .event(.move), .event(.release): eventsToUpdate += 1
        case .event(.delete): eventsToDelete += 1
        case .adopt: eventsToAdopt += 1
        case .page: pagesToUpdate += 1
        }
    }
}

extension Change {
    /// <https://developers.google.com/workspace/calendar/api/guides/quota>
    fileprivate var googleUnits: Int {
        switch self {
        case .calendar(.create), .calendar(.delete): 1
        case .calendar(.update): 3
        case .access(let change): change.action == .update ? 3 : 1
        case .event(.create(let creation)): creation.tombstone == nil ? 1 : 3
        case .event(.update), .event(.release): 3
        case .event(.delete), .event(.move): 1
        case .adopt, .page: 0
        }
    }
}
