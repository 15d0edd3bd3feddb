import Applying
import CalendarAPI
import LinkStorage
import Observing
import Planning
import ReconcileModel

extension Engine {
    /// Plans how to take back a run, lets `approve` decide, and carries it out.
    ///
    /// Organizations that it writes are on hold afterwards: the next apply would do again what was just taken back.
    /// - Returns: nil where it was not approved.
    func undo(
        _ run: RunID,
        declared: [Organization],
        locking: StateLocking,
        approve: (Plan) throws -> Bool
    ) async throws -> Report? {
        let lock = try await locking.acquire(statePath)
        do {
            guard let contents = try StateContents.read(path: statePath),
                contents.runs.contains(where: { $0.id == run })
            else { throw unknown(run) }
            try checkAccount(try await StateSnapshot.read(path: statePath, now: now()))
            let plan = try await undoPlan(run, contents, declared)
            guard try approve(plan) else { return nil }
            guard Summary(plan).hasChanges else { return unchanged(plan) }
            let store = try LinkStore(path: statePath, lock: lock, now: now)
            return try await stop.whileWriting { try await write(plan, undoing: run, store, locking.caller) }
        } catch let error as StateError {
            throw error.failure
        }
    }

    private func undoPlan(_ run: RunID, _ contents: StateContents, _ declared: [Organization]) async throws -> Plan {
        let entries = Dictionary(grouping: contents.journal.filter { $0.run == run }, by: \.organization)
        var plans: [OrganizationPlan] = []
        for (prefix, entries) in entries.sorted(by: { $0.key < $1.key }) {
            try Task.checkCancellation()
            let organization = declared.first { $0.prefix == prefix }
            do throws(Failure) {
                let stored = contents.organizations.first { $0.prefix == prefix }
                let (calendar, database) = try place(of: entries, organization, stored, prefix)
                guard let organization, let calendar else { continue }
                let later = contents.journal.filter {
                    $0.run.rawValue > run.rawValue && $0.organization == prefix
                        && ($0.result == .applied || $0.result == nil)
                }
                let observation = UndoObservation(
                    run: run,
                    organization: organization,
                    database: database,
                    calendar: calendar,
                    entries: entries,
                    events: try await CalendarReader(calendars: try services.calendars).events(of: calendar),
                    writtenLater: Set(later.compactMap(\.event))
                )
                plans.append(UndoPlanner(observation).plan())
            } catch {
                plans.append(
                    OrganizationPlan(
                        organization: organization ?? Organization(prefix: prefix, name: prefix),
                        status: .error,
                        message: error.message,
                        hint: error.hint
                    )
                )
            }
        }
        return Plan(organizations: plans)
    }

    /// Where the run wrote; no calendar where it wrote no events.
    private func place(
        of entries: [JournalRecord],
        _ organization: Organization?,
        _ stored: StoredOrganization?,
        _ prefix: String
    ) throws(Failure) -> (CalendarID?, DatabaseID) {
        guard let organization, organization.isActive, organization.isSyncEnabled else {
            throw Failure(
                code: "organization_not_enabled",
                message: "\(prefix) is not declared, not active or has sync_enabled: false; it is not written to.",
                hint: "Declare and enable it, then run undo again."
            )
        }
        guard let database = stored?.database, let calendar = stored?.calendar else {
            throw Failure(
                code: "calendar_not_known",
                message: "The state does not know the calendar of \(prefix) any more.",
                hint: "Run `reconcile state rebuild`, then undo again."
            )
        }
        let written = Set(entries.filter { $0.resource == "event" }.compactMap(\.calendar))
        guard written.isSubset(of: [calendar]) else {
            throw Failure(
                code: "calendar_replaced",
                message: "\(prefix) has had another calendar since; what the run wrote to the old one stays.",
                hint: "Nothing can be taken back here."
            )
        }
        return (calendar, database)
    }

    private func write(_ plan: Plan, undoing run: RunID, _ store: LinkStore, _ caller: Caller) async throws -> Report {
        let undo = try await store.beginRun(
            kind: caller.command,
            who: caller.user,
            gitRevision: caller.gitRevision,
            undoes: run
        )
        // Before the first write: killed half-way, it must not be redone by the next scheduled apply either.
        let concerned = plan.organizations.filter { $0.changes.contains(where: \.writes) }
        try await store.hold(concerned.map(\.organization.prefix), after: undo)
        let applier = UndoApplier(calendars: try services.calendars, store: store) { [stop] in !stop.isRequested }
        let reports = await applier.apply(plan, in: undo)
        return await finish(Report(organizations: reports, requests: services.requests), undo, store)
    }

    private func unchanged(_ plan: Plan) -> Report {
        let reports = plan.organizations.map { plan in
            OrganizationReport(
                plan: plan,
                outcomes: plan.changes.map { change in
                    if case .keepEvent(let refusal) = change {
                        .stale(refusal.message)
                    } else {
                        .skipped("nothing to do")
                    }
                }
            )
        }
        return Report(organizations: reports, requests: services.requests)
    }

    private func unknown(_ run: RunID) -> Failure {
        Failure(
            code: "run_unknown",
            message: "\(statePath) has no run \(run).",
            hint: "`reconcile history` lists the runs."
        )
    }
}
