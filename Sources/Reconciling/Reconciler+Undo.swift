import Applying
import CalendarAPI
import LinkStorage
import Observing
import Planning
package import ReconcileModel

/// What an undo did.
package struct UndoReport: Sendable {
    package var report: Report
    /// The organizations that are on hold now.
    package var held: [String]
}

extension Reconciler {
    /// How a run would be taken back, to show to somebody who decides. Nothing is locked while they think.
    ///
    /// - Parameter locking: for organizations that the state still has under prefixes of before, which are taken over first; nil: nothing
    ///   is written.
    package func planUndo(of run: RunID, locking: StateLocking?) async throws -> Plan {
        try await adoptRenames {
            guard let locking else { throw renamesPending }
            return try await locking.open(state)
        }
        return try await undoPlan(run).0
    }

    /// Plans how to take back a run, and carries it out.
    ///
    /// All organizations that the run may have written, or was about to, are on hold afterwards, whatever could be taken back:
    /// the next apply would do again what somebody does not want.
    /// - Parameter approved: what somebody agreed to; as for `apply`.
    package func undo(_ run: RunID, locking: StateLocking, approved: Plan? = nil) async throws -> UndoReport {
        let session = try await locking.open(state)
        do {
            try await adoptRenames { session }
            var (plan, contents) = try await undoPlan(run)
            if let approved { plan = plan.restricted(to: approved) }
            let concerned = concerned(by: run, contents)
            guard !concerned.isEmpty else { return UndoReport(report: nothing(plan), held: []) }
            let report = try await stop.whileWriting { [plan, contents] in
                let report = try await write(plan, undoing: run, holding: concerned, session, locking.caller)
                for (prefix, former) in formerDatabases(before: run, contents) {
                    try await session.returnToDatabase(former, prefix)
                }
                return report
            }
            return UndoReport(report: report, held: concerned)
        } catch let error as StateError {
            throw error.failure
        }
    }

    private func undoPlan(_ run: RunID) async throws -> (Plan, StateContents) {
        do {
            guard let contents = try await state.contents(.since(run)),
                contents.runs.contains(where: { $0.id == run })
            else { throw unknown(run) }
            try checkLeaving(run, contents)
            let snapshot = try await state.snapshot()
            return (try await undoPlan(run, contents, snapshot), contents)
        } catch let error as StateError {
            throw error.failure
        }
    }

    /// Gives every organization in the state the prefix that it is declared with now: what the journal says was written under a
    /// former one is its own.
    private func adoptRenames(_ open: () async throws -> any StateSession) async throws {
        do {
            let snapshot = try await state.snapshot()
            guard !Renames(state: snapshot, declared: declared).pending.isEmpty else { return }
            let session = try await open()
            for rename in Renames(state: try await session.snapshot(), declared: declared).pending {
                try await session.rename(rename.old, to: rename.new)
            }
        } catch let error as StateError {
            throw error.failure
        }
    }

    /// - Throws: where the run took leave of something: neither a calendar nor an organization comes back by that.
    private func checkLeaving(_ run: RunID, _ contents: StateContents) throws(Failure) {
        let entries = contents.journal.filter { $0.run == run && $0.mayHaveHappened }
        if let entry = entries.first(where: \.isCalendarDeletion) {
            let prefix = entry.subject.organization
            throw Failure(
                code: "run_not_undoable",
                message: "Run \(run) deleted the calendar of \(prefix): Google brings no calendar back.",
                hint: "Once \(prefix) is synchronized again, the next apply makes a new one with all events."
            )
        }
        if let entry = entries.first(where: { $0.intent.reason == Reason.calendarMoved.rawValue }) {
            let prefix = entry.subject.organization
            throw Failure(
                code: "run_not_undoable",
                message:
                    "Run \(run) moved events of \(prefix) to another calendar: an undo would tear them from the ones that stay.",
                hint:
                    "To take all of them back, name the former calendar in google_calendar_id, then `reconcile apply \(prefix) "
                    + "--allow-move \(prefix)`."
            )
        }
        guard let entry = entries.first(where: { $0.intent.reason == Reason.retired.rawValue }) else { return }
        let prefix = entry.subject.organization
        throw Failure(
            code: "run_not_undoable",
            message:
                "Run \(run) took leave of \(prefix): an undo would write for an organization that is not there any more.",
            hint:
                "Declare \(prefix) and apply: its events are made from its pages. google_calendar_id names a calendar to go on with."
        )
    }

    private func undoPlan(
        _ run: RunID,
        _ contents: StateContents,
        _ snapshot: StateSnapshot
    ) async throws -> Plan {
        let entries = Dictionary(grouping: contents.journal.filter { $0.run == run }, by: \.subject.organization)
        var plans: [OrganizationPlan] = []
        for (prefix, entries) in entries.sorted(by: { $0.key < $1.key }) {
            try Task.checkCancellation()
            let organization = declared[prefix]
            do throws(Failure) {
                let rules = entries.filter { $0.subject.resource == .accessRule }
                guard !rules.isEmpty || entries.contains(where: { $0.subject.resource == .event }) else {
                    let organization = organization ?? Organization(prefix: prefix, name: prefix)
                    plans.append(UndoPlanner.plan(withoutEvents: entries, of: run, organization))
                    continue
                }
                let organization = try enabled(organization, prefix)
                try checkReuse(of: organization, snapshot)
                let stored = contents.organizations.first { $0.prefix == prefix }
                if let deletion = contents.journal.first(where: {
                    $0.run.rawValue > run.rawValue && $0.subject.organization == prefix && $0.isCalendarDeletion
                        && $0.mayHaveHappened
                        && $0.subject.calendar != stored?.calendar.id
                }) {
                    throw Failure(
                        code: "calendar_deleted",
                        message: "The calendar that run \(run) wrote was deleted by run \(deletion.run).",
                        hint: "Nothing can be taken back here."
                    )
                }
                let (calendar, database) = try place(of: entries, stored, prefix)
                let calendars = try calendars(of: organization, stored)
                let (events, role) = try await EventListReader(calendars: calendars).listing(of: calendar)
                var observation = UndoObservation(
                    run: run,
                    organization: organization,
                    database: database,
                    calendar: calendar,
                    journal: contents.journal.filter {
                        $0.run.rawValue >= run.rawValue && $0.subject.organization == prefix
                    },
                    events: events,
                    ownership: snapshot.ownership(
                        of: organization,
                        database: database,
                        stored?.source.dataSource,
                        among: declared,
                        on: calendar
                    )
                )
                observation.undoneBy = Set(contents.runs.filter { $0.undoes == run }.map(\.id))
                observation.links = snapshot.links[prefix] ?? [:]
                if !rules.isEmpty {
                    observation.sharing = await SharingReader(calendars: calendars).read(calendar)
                    observation.grants = stored?.grants.of(calendar, isCreatedByUs: true) ?? []
                }
                observation.managedFields = stored?.fields.managed ?? EventField.all
                let plan = UndoPlanner(observation).plan()
                let access = role.map { CalendarAccess(role: $0, account: calendars.account) }
                if let refusal = access?.refusal(of: plan.lines, on: calendar) { throw refusal }
                plans.append(plan)
            } catch {
                let organization = organization ?? Organization(prefix: prefix, name: prefix)
                plans.append(OrganizationPlan(.failed(error), of: organization))
            }
        }
        return Plan(organizations: plans)
    }

    /// What was written under a prefix that another organization has by now is not that one's to take back.
    private func checkReuse(
        of organization: Organization,
        _ snapshot: StateSnapshot
    ) throws(Failure) {
        guard let declaredID = organization.notion?.id, let own = snapshot.organizations[organization.prefix],
            own.source.dataSource?.rawValue != declaredID.rawValue
        else { return }
        try Renames(state: snapshot, declared: declared).checkReuse(
            of: organization,
            database: declaredID,
            dataSource: own.source.dataSource ?? DataSourceID(rawValue: declaredID.rawValue)
        )
    }

    private func enabled(_ organization: Organization?, _ prefix: String) throws(Failure) -> Organization {
        if let mistakes = declared.mistakes(of: prefix) { throw .misdeclared(mistakes) }
        guard let organization, organization.isEnabled else {
            throw Failure(
                code: "organization_not_enabled",
                message: "\(prefix) is not declared, not active or has sync_enabled: false; it is not written to.",
                hint: "Declare and enable it, then run undo again."
            )
        }
        return organization
    }

    /// Where the run wrote its events.
    private func place(
        of entries: [JournalRecord],
        _ stored: OrganizationRecord?,
        _ prefix: String
    ) throws(Failure) -> (CalendarID, DatabaseID) {
        guard let database = stored?.source.database, let calendar = stored?.calendar.id else {
            throw Failure(
                code: "calendar_not_known",
                message: "The state does not know the calendar of \(prefix) any more.",
                hint: "Run `reconcile state rebuild`, then undo again."
            )
        }
        let written = Set(entries.filter { $0.subject.resource != .calendar }.compactMap(\.subject.calendar))
        guard written.isSubset(of: [calendar]) else {
            throw Failure(
                code: "calendar_replaced",
                message: "\(prefix) has had another calendar since; what the run wrote to the old one stays.",
                hint: "Nothing can be taken back here."
            )
        }
        return (calendar, database)
    }

    /// Organizations that the run wrote, or would have: where all it meant to do was found out of date, there is nothing that
    /// the next run would repeat.
    private func concerned(by run: RunID, _ contents: StateContents) -> [String] {
        let entries = contents.journal.filter { $0.run == run && $0.end.result != .stale && $0.end.result != .skipped }
        return Set(entries.map(\.subject.organization)).sorted()
    }

    /// Where the events of those organizations came from that the run took over to another database, by prefix.
    private func formerDatabases(before run: RunID, _ contents: StateContents) -> [String: DatabaseID] {
        let entries = contents.journal.filter {
            $0.run == run && $0.subject.resource == .event && $0.intent.reason == Reason.databaseChanged.rawValue
        }
        let former = entries.compactMap { entry in
            (entry.before.link?.database ?? entry.before.marks?.database).map { (entry.subject.organization, $0) }
        }
        return Dictionary(former) { first, _ in first }
    }

    private func write(
        _ plan: Plan,
        undoing run: RunID,
        holding prefixes: [String],
        _ session: any StateSession,
        _ caller: Caller
    ) async throws -> Report {
        let undo = try await session.beginRun(caller.origin, undoes: run)
        // Before the first write: killed half-way, it must not be redone by the next scheduled apply either.
        try await session.hold(prefixes, after: undo)
        let applier = UndoApplier(clients: clients.of, store: session, clock: clock) { [stop] in
            stop.obstacle
        }
        let reports = await applier.apply(plan, in: undo)
        // After it: what may have been made is taken back by it.
        try await withdrawGrants(of: prefixes, session)
        let report = await finish(Report(organizations: reports, requests: clients.requests), undo, session)
        await publish(undoing: report, session)
        return report
    }

    /// Who was about to be shown a calendar by a run that is taken back is not to be any more.
    private func withdrawGrants(of prefixes: [String], _ session: any StateSession) async throws(StateError) {
        let records = try await session.snapshot().organizations
        for prefix in prefixes {
            guard let record = records[prefix], record.grants.contains(where: { $0.pending != nil }) else { continue }
            try await session.remember(
                record.grants.of(record.calendar.id, isCreatedByUs: true).withdrawn(),
                of: prefix,
                on: record.calendar.id
            )
        }
    }

    private func nothing(_ plan: Plan) -> Report {
        let reports = plan.organizations.map { OrganizationReport(plan: $0, done: []) }
        return Report(organizations: reports, requests: clients.requests)
    }

    private var renamesPending: Failure {
        Failure(
            code: "approval_missing",
            message:
                "The state still has organizations under prefixes of before, which undo takes over first; here nobody can be "
                + "asked.",
            hint: "Run `reconcile apply`, then undo again; or add --auto-approve."
        )
    }

    private func unknown(_ run: RunID) -> Failure {
        Failure(
            code: "run_unknown",
            message: "\(state.name) has no run \(run).",
            hint: "`reconcile history` lists the runs."
        )
    }
}
