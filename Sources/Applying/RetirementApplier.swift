package import CalendarAPI
package import LinkStorage
package import Logging
package import ReconcileModel

/// Carries out the plan of an organization's leave, or the deletion of its calendar: who sees it, the events, and the calendar at last, so
/// that a run that is killed before is made up for by the next.
package struct RetirementApplier: Sendable {
    private let calendars: CalendarClient
    private let store: any StateSession
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let obstacle: @Sendable () -> String?

    /// - Parameters:
    ///   - clock: for waits until what was written can be read.
    ///   - obstacle: asked before each write: why nothing more may be written, which ends the run after what is in flight.
    package init(
        calendars: CalendarClient,
        store: any StateSession,
        clock: any Clock<Duration>,
        logger: Logger,
        obstacle: @escaping @Sendable () -> String?
    ) {
        (self.calendars, self.store, self.clock) = (calendars, store, clock)
        (self.logger, self.obstacle) = (logger, obstacle)
    }

    package func apply(_ plan: OrganizationPlan, in run: RunID) async -> OrganizationReport {
        var outcomes: [Int: Outcome] = [:]
        var failure: Failure?
        do throws(StateError) {
            failure = try await apply(plan, in: run, into: &outcomes)
        } catch {
            failure = error.failure
        }
        return OrganizationReport(plan: plan, failure: failure) { index, _ in
            outcomes[index] ?? .skipped(obstacle() ?? "an error came before it")
        }
    }

    private func apply(
        _ plan: OrganizationPlan,
        in run: RunID,
        into outcomes: inout [Int: Outcome]
    ) async throws(StateError) -> Failure? {
        guard let target = plan.target, let calendar = target.calendar else { return nil }
        let access = AccessApplier(
            calendars: calendars,
            store: store,
            run: run,
            organization: plan.organization,
            calendar: calendar,
            isFreshCalendar: false,
            pending: [],
            obstacle: obstacle
        )
        let shared = try await access.apply(plan.accessChanges)
        outcomes.merge(shared.outcomes) { _, new in new }
        if let failure = shared.failure { return failure }
        let events = EventApplier(
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
        let written = await events.apply(plan.eventChanges)
        outcomes.merge(written.outcomes) { _, new in new }
        if let failure = written.failure { return failure }
        let rest = plan.accessChanges.map(\.index) + plan.eventChanges.map(\.index)
        guard rest.allSatisfy({ outcomes[$0]?.isFulfilled == true }), obstacle() == nil else { return nil }
        for case (let index, .change(.calendar(let change))) in plan.lines.enumerated() {
            let applier = CalendarApplier(
                calendars: calendars,
                store: store,
                run: run,
                organization: plan.organization,
                clock: clock,
                logger: logger
            )
            outcomes[index] = try await applier.apply(change, target: target).outcome
        }
        return nil
    }
}
