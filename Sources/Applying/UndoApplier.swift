package import CalendarAPI
package import LinkStorage
package import ReconcileModel

/// Carries out the plan of an undo: events and links only. It is no sync, so freshness and limits learn nothing from it.
package struct UndoApplier: Sendable {
    private let calendars: CalendarClient
    private let store: any StateSession
    private let clock: any Clock<Duration>
    private let obstacle: @Sendable () -> String?

    /// - Parameters:
    ///   - clock: for waits until what was written can be read.
    ///   - obstacle: asked before each write: why nothing more may be written, which ends the run after what is in flight.
    package init(
        calendars: CalendarClient,
        store: any StateSession,
        clock: any Clock<Duration>,
        obstacle: @escaping @Sendable () -> String?
    ) {
        (self.calendars, self.store, self.clock, self.obstacle) = (calendars, store, clock, obstacle)
    }

    package func apply(_ plan: Plan, in run: RunID) async -> [OrganizationReport] {
        var reports: [OrganizationReport] = []
        for organization in plan.organizations { reports.append(await apply(organization, in: run)) }
        return reports
    }

    private func apply(_ plan: OrganizationPlan, in run: RunID) async -> OrganizationReport {
        guard let target = plan.target, let calendar = target.calendar else {
            return OrganizationReport(plan: plan, done: [])
        }
        let applier = EventApplier(
            calendars: calendars,
            store: store,
            run: run,
            plan: plan,
            target: target,
            calendar: calendar,
            isFreshCalendar: false,
            obstacle: obstacle,
            clock: clock
        )
        let result = await applier.apply(plan.eventChanges)
        return OrganizationReport(plan: plan, failure: result.failure) { index, line in
            if case .refused(let refusal) = line { return .stale(refusal.message) }
            return result.outcomes[index] ?? .skipped(obstacle() ?? "an error came before it")
        }
    }
}
