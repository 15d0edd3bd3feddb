import CalendarAPI
package import LinkStorage
package import Observing
package import ReconcileModel

/// Carries out the plan of an undo: events, links and access rules. It is no sync, so freshness and limits learn nothing from it.
package struct UndoApplier: Sendable {
    private let clients: @Sendable (Organization) throws(Failure) -> ServiceClients
    private let store: any StateSession
    private let clock: any Clock<Duration>
    private let obstacle: @Sendable () -> String?

    /// - Parameters:
    ///   - clients: as an organization reaches the services.
    ///   - clock: for waits until what was written can be read.
    ///   - obstacle: asked before each write: why nothing more may be written, which ends the run after what is in flight.
    package init(
        clients: @escaping @Sendable (Organization) throws(Failure) -> ServiceClients,
        store: any StateSession,
        clock: any Clock<Duration>,
        obstacle: @escaping @Sendable () -> String?
    ) {
        (self.clients, self.store, self.clock, self.obstacle) = (clients, store, clock, obstacle)
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
        let calendars: CalendarClient
        do throws(Failure) { calendars = try clients(plan.organization).calendars } catch {
            return OrganizationReport(plan: plan, failure: error) { _, _ in .skipped("an error came before it") }
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
        var (outcomes, failure) = (result.outcomes, result.failure)
        if failure == nil {
            do throws(StateError) {
                let shared = try await share(plan, calendar, calendars, in: run)
                outcomes.merge(shared.outcomes) { _, new in new }
                failure = shared.failure
            } catch {
                failure = error.failure
            }
        }
        return OrganizationReport(plan: plan, failure: failure) { index, line in
            if case .refused(let refusal) = line { return .stale(refusal.message) }
            return outcomes[index] ?? .skipped(obstacle() ?? "an error came before it")
        }
    }

    private func share(
        _ plan: OrganizationPlan,
        _ calendar: CalendarID,
        _ calendars: CalendarClient,
        in run: RunID
    ) async throws(StateError) -> AccessApplier.Result {
        let applier = AccessApplier(
            calendars: calendars,
            store: store,
            run: run,
            organization: plan.organization,
            calendar: calendar,
            isFreshCalendar: false,
            pending: [],
            obstacle: obstacle
        )
        return try await applier.apply(plan.accessChanges)
    }
}
