import Applying
import CalendarAPI
package import LinkStorage
package import Logging
import Observing
import Planning
package import ReconcileModel
import Telemetry
import Tracing

/// The main line: observe, plan, apply. Commands and the service drive it; it prints nothing and asks nobody.
package struct Reconciler: Sendable {
    let clients: Clients
    let state: any StateDoor
    /// All that is declared, whether a run is about it or not.
    var declared: DeclaredOrganizations
    let allowances: Allowances
    let stop: StopRequest
    let time: TimeSource
    let logger: Logger

    /// - Parameters:
    ///   - declared: all that is declared, whether a run is about it or not.
    ///   - allowances: what a person allowed by name.
    ///   - stop: ends runs before their time.
    ///   - time: for the history, the day within which deletes are counted, and waits.
    package init(
        clients: Clients,
        state: any StateDoor,
        declared: DeclaredOrganizations,
        allowances: Allowances = Allowances(),
        stop: StopRequest,
        time: TimeSource,
        logger: Logger
    ) {
        self.clients = clients
        self.state = state
        self.declared = declared
        self.allowances = allowances
        self.stop = stop
        self.time = time
        self.logger = logger
    }

    var now: @Sendable () -> Timestamp { time.now }
    var clock: any Clock<Duration> { time.clock }

    /// Reads everything and writes nothing, neither to the services nor to the state.
    package func plan(_ scope: RunScope) async throws -> Plan {
        let snapshot: StateSnapshot
        do throws(StateError) { snapshot = try await state.snapshot() } catch { throw error.failure }
        return Planner().plan(try await observe(scope, snapshot))
    }

    /// A plan to show to somebody who decides. Nothing is locked while they think.
    package func proposal(for scope: RunScope, _ caller: Caller) async throws -> Proposal {
        let before = clients.requests
        return try await WorkContext.with({ $0.operation = caller.command }) { () async throws -> Proposal in
            Proposal(plan: try await plan(scope), requestsBefore: before)
        }
    }

    /// Plans and applies as the only run on the state.
    ///
    /// - Parameter approved: what somebody agreed to: everything is observed again, and only what was shown is done. Nil: nobody was
    ///   asked.
    package func apply(
        _ scope: RunScope,
        locking: StateLocking,
        approved: Proposal? = nil
    ) async throws -> Report {
        let start = approved?.requestsBefore ?? clients.requests
        return try await withSession(locking) { session, _ in
            let snapshot = try await session.snapshot()
            let observation = try await observe(
                scope,
                snapshot,
                looksAgain: approved?.plan.organizations.contains(where: \.isWaiting) ?? false
            )
            var plan = Planner().plan(observation)
            if let approved { plan = plan.restricted(to: approved.plan) }
            let report = try await carryOut(plan, session, locking.caller, since: start)
            await publish(observation, after: report, session)
            return report
        }
    }

    /// Runs `body` as the only run on the state.
    ///
    /// - Parameter body: gets the state, and what was requested before.
    func withSession<Result>(
        _ locking: StateLocking,
        _ body: (any StateSession, RequestTotals) async throws -> Result
    ) async throws -> Result {
        try await WorkContext.with({ $0.operation = locking.caller.command }) {
            try await clients.tracer.withSpan("run") { _ in
                let session = try await locking.open(state)
                do {
                    return try await body(session, clients.requests)
                } catch let error as StateError {
                    throw error.failure
                }
            }
        }
    }

    /// - Parameters:
    ///   - isPartial: whether some of what is to be done was left out of the plan on purpose.
    ///   - obstacle: asked before each write, with the organization's prefix: why nothing more of it may be written; nil: it may.
    func carryOut(
        _ plan: Plan,
        isPartial: Bool = false,
        _ session: any StateSession,
        _ caller: Caller,
        since before: RequestTotals,
        obstacle: @escaping @Sendable (String) -> String? = { _ in nil }
    ) async throws -> Report {
        try await stop.whileWriting {
            try await clients.tracer.withSpan("carry out") { span in
                for plan in plan.organizations {
                    guard let former = plan.target?.renamedFrom else { continue }
                    try await session.rename(former, to: plan.organization.prefix)
                }
                // A release is spent only where something comes of it: not while Notion is down.
                let reached = Set(plan.organizations.filter { $0.target != nil }.map(\.organization.prefix))
                try await session.release(allowances.releases.intersection(reached).sorted())
                let run = try await session.beginRun(caller.origin)
                span.attributes["run"] = "\(run)"
                let applier = Applier(
                    clients: clients.of,
                    store: session,
                    clock: clock,
                    obstacle: { [stop] in stop.obstacle ?? obstacle($0) },
                    proofs: ProofRenewal(now: now) { [prover = AbsenceProver(clients: clients.of, now: now)] in
                        await prover.stillAbsent($0, of: $1, in: $2)
                    },
                    logger: logger,
                    tracer: clients.tracer
                )
                let reports = await applier.apply(plan, isPartial: isPartial, in: run)
                let report = Report(organizations: reports, requests: clients.requests - before)
                let finished = await finish(report, run, session)
                span.record(finished)
                return finished
            }
        }
    }

    /// Closes the run in the history.
    func finish(_ report: Report, _ run: RunID, _ session: any StateSession) async -> Report {
        var report = report
        report.run = run
        let outcome = report.isSuccess ? "success" : stop.isRequested ? "stopped" : "failed"
        // In a task of its own: a run that is ended early has an end all the same.
        let finishing = Task { () -> Failure? in
            do throws(StateError) { try await session.finishRun(run, outcome: outcome) } catch { return error.failure }
            return nil
        }
        // What was done is done, and has to be told.
        if let failure = await finishing.value { report.failure = failure }
        return report
    }

    /// - Parameter looksAgain: whether pages that an earlier run found absent are looked at again.
    func observe(
        _ organizations: [Organization],
        _ snapshot: StateSnapshot,
        looksAgain: Bool = false
    ) async throws -> Observation {
        let observer = observer(snapshot)
        return try await (looksAgain ? observer.lookingAgain : observer).observe(organizations)
    }

    private func observe(
        _ scope: RunScope,
        _ snapshot: StateSnapshot,
        looksAgain: Bool = false
    ) async throws -> Observation {
        // Who was taken leave of is told no more, unless somebody asks.
        let organizations = scope.organizations.filter { organization in
            scope.orphans != .all || organization.isActive
                || snapshot.organizations[organization.prefix]?.isRetired != true
        }
        var observation = try await observe(organizations, snapshot, looksAgain: looksAgain)
        observation.organizations += scope.mistaken
        let orphans = Renames(state: snapshot, declared: declared).orphans.filter { scope.orphans.contains($0.prefix) }
        observation.organizations += orphans.map { record in
            OrganizationObservation(
                organization: Organization(prefix: record.prefix, name: record.name),
                content: .leftAlone(.orphaned(record.calendar.id))
            )
        }
        return observation
    }

    func observer(_ snapshot: StateSnapshot) -> Observer {
        Observer(
            clients: clients.of,
            state: snapshot,
            declared: declared,
            allowances: allowances,
            logger: logger,
            tracer: clients.tracer,
            now: now
        )
    }

    /// As an organization reaches Google, where that is the account that wrote it.
    func calendars(of organization: Organization, _ record: OrganizationRecord?) throws(Failure) -> CalendarClient {
        let calendars = try clients.calendars(of: organization)
        try allowances.check(calendars.account, against: record, of: organization)
        return calendars
    }
}
