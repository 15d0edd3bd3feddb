import CalendarAPI
import LinkStorage
import Logging
import NotionAPI
import ReconcileModel

/// Carries out the plan of one organization: its calendar, who can see it, then links that need no write, then its events; at last
/// pages are told what became of these.
struct OrganizationApplier: Sendable {
    let calendars: CalendarClient
    let notion: NotionClient
    let store: any StateSession
    let clock: any Clock<Duration>
    let run: RunID
    let plan: OrganizationPlan
    let target: Target
    let isPartial: Bool
    /// Why nothing more may be written; nil: it may.
    let obstacle: @Sendable () -> String?
    let proofs: ProofRenewal?
    let logger: Logger

    private var prefix: String { plan.organization.prefix }

    private var holdsBackDeletes: Bool {
        plan.lines.contains { if case .held(.event(.delete)) = $0 { true } else { false } }
    }

    func apply() async -> OrganizationReport {
        var outcomes: [Int: Outcome] = [:]
        var plan = plan
        var failure: Failure?
        var created: CalendarID?
        do throws(StateError) {
            failure = try await apply(into: &outcomes, warnings: &plan.warnings, created: &created)
        } catch {
            failure = error.failure
        }
        let reason = obstacle() ?? (Task.isCancelled ? Outcome.stopped : "an error came before it")
        var report = OrganizationReport(plan: plan, failure: failure) { index, line in
            outcomes[index] ?? .skipped(line.isHeld ? "blocked" : reason)
        }
        report.created = created
        guard report.isInStep, !isPartial else { return report }
        do throws(StateError) {
            let isWaiting = plan.lines.contains { $0.awaited != nil }
            if target.databaseChange != nil, !isWaiting { try await rememberDatabase() }
            try await store.markSynced(prefix)
        } catch {
            report.failure = error.failure
        }
        return report
    }

    private func apply(
        into outcomes: inout [Int: Outcome],
        warnings: inout [Warning],
        created: inout CalendarID?
    ) async throws(StateError) -> Failure? {
        guard obstacle() == nil else { return nil }
        if let former = target.leaves, let calendar = target.calendar {
            // Before the first event leaves: from then on every run completes it.
            try await store.beginMove(of: plan.organization, from: former, to: calendar)
        }
        // Before the calendar is made: a run that is killed after that has not forgotten who was to see it.
        try await store.remember(
            plan.organization,
            target,
            calendar: target.calendar,
            grants: target.memory.grants
        )
        try await store.remember(
            account: calendars.account,
            by: OrganizationRecord.Access(plan.organization.credentials),
            of: prefix
        )
        if !isPartial {
            let memory = target.memory
            let findings = OrganizationFindings(
                managedFields: memory.managedFields,
                // What was left out may be just what another column changed.
                origins: plan.leftOut.isEmpty ? memory.origins : nil,
                held: memory.held,
                eventsWhenBlocked: holdsBackDeletes ? memory.managedEvents : nil
            )
            try await store.remember(findings, of: prefix)
        }
        var calendar = target.calendar
        // An existing calendar gets the mark of another database last: a run that ends before leaves it recognizable.
        let isCalendarLast = target.databaseChange != nil && calendar != nil
        if !isCalendarLast {
            let (changed, failure) = try await applyCalendar(into: &outcomes)
            if target.calendar == nil { created = changed }
            if let failure { return failure }
            calendar = changed
        }
        let isFresh = target.calendar == nil
        guard let calendar else { return nil }
        if let failure = try await share(calendar, isFresh: isFresh, into: &outcomes) { return failure }
        var result = try await applyEvents(on: calendar, isFresh: isFresh, into: &outcomes)
        warnings += result.warnings
        let isDone = plan.eventChanges.allSatisfy { outcomes[$0.index]?.isFulfilled == true }
        if isCalendarLast, result.failure == nil, isDone {
            result.failure = try await applyCalendar(into: &outcomes).failure
        }
        let pages = PageApplier(notion: notion, plan: plan, columns: target.feedback, obstacle: obstacle)
        let told = await pages.apply(after: outcomes, result.addresses)
        outcomes.merge(told.outcomes) { _, new in new }
        warnings += told.warnings
        if let isRefused = told.isRefused {
            try await store.remember(refusedPages: isRefused ? plan.organization.writeBackWay : nil, of: prefix)
        }
        if result.failure == nil { try await finishMove(into: &outcomes) }
        return result.failure
    }

    /// Events that go to another calendar first, then what is done to them there, then what is left in the other one.
    private func applyEvents(
        on calendar: CalendarID,
        isFresh: Bool,
        into outcomes: inout [Int: Outcome]
    ) async throws(StateError) -> CalendarMoveApplier.Result {
        var result = CalendarMoveApplier.Result()
        var plan = plan
        if let former = target.leaves {
            let mover = CalendarMoveApplier(applier: { applier(on: $0) }, plan: plan, from: former, to: calendar)
            result = await mover.apply()
            outcomes.merge(result.outcomes) { _, new in new }
            guard result.failure == nil else { return result }
            plan = plan.following(result)
        }
        try await adopt(plan.lines, without: result.missing, on: calendar, into: &outcomes)
        let missing = result.missing
        let changes = plan.eventChanges.filter { outcomes[$0.index] == nil && !$0.change.isMove }
        for case (let index, .update(let update)) in changes where missing.contains(update.live.id) {
            outcomes[index] = .skipped("it could not be moved")
        }
        let here = changes.filter { outcomes[$0.index] == nil && $0.change.formerCalendar == nil }
        result.take(await applier(on: calendar, isFresh: isFresh).apply(here))
        outcomes.merge(result.outcomes) { _, new in new }
        guard let former = target.leaves, result.failure == nil else { return result }
        // What is not in the other calendar stays where it is.
        let unmade = Set(here.filter { outcomes[$0.index]?.isFulfilled != true }.map(\.change.page))
        let there = changes.filter { $0.change.formerCalendar == former && !unmade.contains($0.change.page) }
        result.take(await applier(on: former).apply(there))
        outcomes.merge(result.outcomes) { _, new in new }
        return result
    }

    private func applier(on calendar: CalendarID, isFresh: Bool = false) -> EventApplier {
        EventApplier(
            calendars: calendars,
            store: store,
            run: run,
            plan: plan,
            target: target,
            calendar: calendar,
            isFreshCalendar: isFresh,
            obstacle: obstacle,
            proofs: proofs,
            clock: clock
        )
    }

    /// Once nothing of ours is left in the former calendar: it loses our mark, and is forgotten.
    private func finishMove(into outcomes: inout [Int: Outcome]) async throws(StateError) {
        guard let former = target.leaves, !target.leavesRest, !isPartial, plan.leftOut.isEmpty else { return }
        let isLeft = plan.lines.enumerated().contains { index, line in
            guard case .event(let change) = line.change else { return false }
            let isThere = line.isMove || change.formerCalendar != nil || change.reason == .calendarMoved
            return isThere && outcomes[index]?.isFulfilled != true
        }
        guard !isLeft else { return }
        for case (let index, .change(.calendar(.update(let update)))) in plan.lines.enumerated()
        where update.calendar.id == former {
            outcomes[index] = try await applied(.update(update)).outcome
            guard outcomes[index]?.isFulfilled == true else { return }
        }
        try await store.finishMove(of: prefix)
    }

    /// Creates the calendar, or changes its settings.
    private func applyCalendar(
        into outcomes: inout [Int: Outcome]
    ) async throws(StateError) -> (calendar: CalendarID?, failure: Failure?) {
        var calendar = target.calendar
        for case (let index, .change(.calendar(let change))) in plan.lines.enumerated() {
            if case .update(let update) = change, update.calendar.id == target.leaves { continue }
            let result = try await applied(change)
            outcomes[index] = result.outcome
            calendar = result.calendar
            if let failure = result.failure { return (calendar, failure) }
        }
        return (calendar, nil)
    }

    private func applied(_ change: CalendarChange) async throws(StateError) -> CalendarApplier.Result {
        let applier = CalendarApplier(
            calendars: calendars,
            store: store,
            run: run,
            organization: plan.organization,
            clock: clock,
            logger: logger
        )
        return try await applier.apply(change, target: target)
    }

    private func share(
        _ calendar: CalendarID,
        isFresh: Bool,
        into outcomes: inout [Int: Outcome]
    ) async throws(StateError) -> Failure? {
        let applier = AccessApplier(
            calendars: calendars,
            store: store,
            run: run,
            organization: plan.organization,
            calendar: calendar,
            isFreshCalendar: isFresh,
            pending: Set((target.memory.grants ?? []).compactMap { $0.pending == nil ? nil : $0.scope }),
            obstacle: obstacle
        )
        let result = try await applier.apply(plan.accessChanges)
        outcomes.merge(result.outcomes) { _, new in new }
        return result.failure
    }

    /// From now on the pages of another database are the organization's.
    private func rememberDatabase() async throws(StateError) {
        try await store.remember(
            plan.organization,
            database: target.database,
            dataSource: target.dataSource,
            calendar: nil,
            formerly: nil
        )
    }

    /// Links events that are already as they should be, and forgets links of which nothing is left.
    ///
    /// - Parameter missing: events that are not in the calendar after all.
    private func adopt(
        _ lines: [PlanLine],
        without missing: Set<EventID>,
        on calendar: CalendarID,
        into outcomes: inout [Int: Outcome]
    ) async throws(StateError) {
        var links: [JournalResult.LinkChange] = target.staleLinks.map { .remove($0) }
        var adopted: [Int] = []
        for case (let index, .change(.adopt(let adoption))) in lines.enumerated() {
            guard !missing.contains(adoption.event) else {
                outcomes[index] = outcomes[index] ?? .skipped("it could not be moved")
                continue
            }
            adopted.append(index)
            links.append(
                .set(
                    Link(
                        organization: prefix,
                        page: adoption.desired.page,
                        event: adoption.event,
                        database: target.database,
                        calendar: calendar,
                        written: Link.Written(
                            hash: adoption.desired.hash,
                            storedHash: adoption.storedHash,
                            etag: adoption.etag,
                            lastEdited: adoption.desired.lastEdited
                        )
                    )
                )
            )
        }
        try await store.update(links: links, organization: prefix)
        for index in adopted { outcomes[index] = .applied }
    }
}

extension OrganizationPlan {
    /// What is to be done to events, each with its place among the lines.
    var eventChanges: [(index: Int, change: EventChange)] {
        lines.enumerated().compactMap { index, line in
            if case .change(.event(let change)) = line { (index, change) } else { nil }
        }
    }
}

extension StateSession {
    /// Until everything is done, the database remains the one that the events came from.
    func remember(
        _ organization: Organization,
        _ target: Target,
        calendar: CalendarID?,
        grants: [AccessGrant]? = nil
    ) async throws(StateError) {
        let change = target.databaseChange
        let dataSource = change == nil ? target.dataSource : change?.dataSource
        try await remember(
            organization,
            database: change?.database ?? target.database,
            // Where there is no calendar there is nothing yet that another one could lose.
            dataSource: calendar == nil ? nil : dataSource,
            calendar: calendar,
            formerly: target.renamedFrom,
            grants: grants
        )
    }
}

extension EventChange {
    fileprivate var isMove: Bool { if case .move = self { true } else { false } }

    /// The calendar that the organization's events leave, where this is about an event that is still there.
    fileprivate var formerCalendar: CalendarID? {
        if case .delete(let deletion) = self { deletion.calendar } else { nil }
    }
}
