import Applying
import CalendarAPI
import LinkStorage
import Observing
import Planning
package import ReconcileModel

/// What takes leave of calendars and organizations; each only by a command that names it.
extension Reconciler {
    /// Deletes the calendar that we created for an organization, with all that is in it, for ever.
    ///
    /// Killed at any instant, it is completed by running it again.
    /// - Parameter name: of the calendar: whoever knows it means that one.
    /// - Throws: `Failure` where the organization is synchronized or nobody knows it, and where the calendar is none that we created or has
    ///   another name.
    package func deleteCalendar(
        of prefix: String,
        named name: String,
        locking: StateLocking
    ) async throws -> Report {
        try await withSession(locking) { session, before in
            let (organization, snapshot) = try await leaving(prefix, session)
            guard !organization.isEnabled else { throw Failure.synchronized(organization) }
            let deleted = try await session.lastCalendarDeletion(of: prefix)
            let reader = try holdings(of: organization, snapshot)
            let calendar: LiveCalendar
            do throws(Failure) {
                guard let found = try await reader.calendar(of: organization) else {
                    guard let deleted else { throw Failure.noCalendar(organization) }
                    return nothingLeft(of: organization, "Its calendar \(deleted) was deleted before.")
                }
                try check(found, organization, name)
                calendar = found
            } catch {
                // What a run was about to delete when it was killed.
                guard error.code == .calendarNotFound, let deleted,
                    snapshot.organizations[prefix]?.calendar.id == deleted
                else { throw error }
                calendar = LiveCalendar(id: deleted, summary: name, isCreatedByUs: true)
            }
            let ownership = EventOwnership(prefixes: [prefix])
            let database = snapshot.organizations[prefix]?.source.database ?? DatabaseID(rawValue: "")
            let target = Target(database: database, calendar: calendar.id, ownership: ownership)
            let work = Work([.change(.calendar(.delete(calendar)))], target: target)
            return try await leave(OrganizationPlan(.planned(work), of: organization), session, locking, since: before)
        }
    }

    /// How an organization would be taken leave of, to show to somebody who decides. Nothing is locked while they think.
    package func planRetirement(of prefix: String, events: RetiredEvents) async throws -> Plan {
        let snapshot: StateSnapshot
        do throws(StateError) { snapshot = try await state.snapshot() } catch { throw error.failure }
        let organization = try leaving(prefix, snapshot)
        return Plan(organizations: [try await retirement(of: organization, snapshot, events)])
    }

    /// Takes away what is ours of what an organization has at Google, and lets the state forget the organization.
    ///
    /// Killed at any instant, it is completed by running it again.
    /// - Parameter approved: what somebody agreed to; as for `apply`.
    /// - Throws: `Failure` where the organization is active or nobody knows it, and where Google does not show its calendar.
    package func retire(
        _ prefix: String,
        events: RetiredEvents,
        locking: StateLocking,
        approved: Plan? = nil
    ) async throws -> Report {
        try await withSession(locking) { session, before in
            let (organization, snapshot) = try await leaving(prefix, session)
            var plan = try await retirement(of: organization, snapshot, events)
            if let approved {
                plan = Plan(organizations: [plan]).restricted(to: approved).organizations.first ?? plan
            }
            return try await leave(plan, session, locking, since: before, retires: true)
        }
    }

    // MARK: - Who leaves

    /// The organization, under the prefix that it has in the state from now on.
    private func leaving(
        _ prefix: String,
        _ session: any StateSession
    ) async throws -> (Organization, StateSnapshot) {
        var snapshot = try await session.snapshot()
        let organization = try leaving(prefix, snapshot)
        let renames = Renames(state: snapshot, declared: declared)
        if let former = renames.former(of: organization) {
            try await session.rename(former.prefix, to: prefix)
            snapshot = try await session.snapshot()
        }
        return (organization, snapshot)
    }

    private func leaving(_ prefix: String, _ snapshot: StateSnapshot) throws(Failure) -> Organization {
        if let mistakes = declared.mistakes(of: prefix) { throw .misdeclared(mistakes) }
        if let organization = declared[prefix] { return organization }
        guard let record = snapshot.organizations[prefix] else { throw .unknown(prefix, state.name) }
        if let file = declared.hidingFile { throw .mayBeDeclared(prefix, in: file) }
        let renames = Renames(state: snapshot, declared: declared)
        guard !renames.isHeld(record) || renames.orphans.contains(where: { $0.prefix == prefix }) else {
            throw .takenOver(prefix)
        }
        var organization = Organization(prefix: prefix, name: record.name)
        // Its declaration is gone, and with it the only other place that says with which key Google knows it.
        let place = SourceLocation(file: state.name, line: 1, column: 1)
        organization.credentials.google = record.access.keyVariable.map { Credentials.Variable($0, source: place) }
        organization.credentials.impersonate = record.access.person
        return organization
    }

    private func check(_ calendar: LiveCalendar, _ organization: Organization, _ name: String) throws(Failure) {
        guard calendar.isCreatedByUs else { throw .notOurs(calendar, organization) }
        guard FieldValue.isSameText(calendar.summary, name) else { throw .otherName(calendar, organization, name) }
    }

    private func retirement(
        of organization: Organization,
        _ snapshot: StateSnapshot,
        _ events: RetiredEvents
    ) async throws -> OrganizationPlan {
        guard !organization.isActive || declared[organization.prefix] == nil else { throw Failure.active(organization) }
        let reader = try holdings(of: organization, snapshot)
        guard let holdings = try await reader.holdings(of: organization) else {
            let note = "It has no calendar: nothing is to be done at Google."
            return OrganizationPlan(.planned(Work()), of: organization, notes: [note])
        }
        var organization = organization
        // Of one that nobody declares, the calendar alone tells in which times people think.
        if declared[organization.prefix] == nil, case .existing(let calendar) = holdings.calendar {
            organization.timeZone = calendar.timeZone ?? organization.timeZone
        }
        return RetirementPlanner(organization, holdings, events: events).plan()
    }

    private func holdings(
        of organization: Organization,
        _ snapshot: StateSnapshot
    ) throws(Failure) -> HoldingsReader {
        let record = snapshot.organizations[organization.prefix]
        do throws(Failure) {
            let calendars = try calendars(of: organization, record)
            return HoldingsReader(calendars: calendars, state: snapshot, declared: declared)
        } catch {
            throw leaving(organization, declared[organization.prefix] != nil, record, instead: error)
        }
    }

    /// What is to be done where Google is not reached as the account that wrote an organization.
    private func leaving(
        _ organization: Organization,
        _ isDeclared: Bool,
        _ record: OrganizationRecord?,
        instead error: Failure
    ) -> Failure {
        var failure = error
        let variable = organization.credentials.google?.name
        switch error.code {
        case "credential_missing" where !isDeclared:
            failure.message =
                "\(organization.prefix) was reached with the Google key in the variable \(variable ?? ""), which is not set."
            failure.hint = "Set it for this command: to the path of the key file, or to the file's text."
        case Failure.Code(rawValue: RunRefusal.accountChanged.rawValue):
            let known = record?.account ?? "the first account"
            failure.hint =
                "Run this command with a key of \(known) in \(variable ?? "GOOGLE_SERVICE_ACCOUNT"), or, if that is a person, with a key that "
                + "may act for them (GOOGLE_IMPERSONATE)."
        default: break
        }
        return failure
    }

    // MARK: - Leaving

    private func leave(
        _ plan: OrganizationPlan,
        _ session: any StateSession,
        _ locking: StateLocking,
        since before: RequestTotals,
        retires: Bool = false
    ) async throws -> Report {
        let calendars = try clients.calendars(of: plan.organization)
        return try await stop.whileWriting {
            let run = try await session.beginRun(locking.caller.origin)
            let applier = RetirementApplier(
                calendars: calendars,
                store: session,
                clock: clock,
                logger: logger,
                obstacle: { [stop] in stop.obstacle }
            )
            let report = await applier.apply(plan, in: run)
            if retires, report.isSuccess, stop.obstacle == nil {
                try await session.retire(plan.organization.prefix, in: run)
            }
            return await finish(Report(organizations: [report], requests: clients.requests - before), run, session)
        }
    }

    private func nothingLeft(of organization: Organization, _ note: String) -> Report {
        let plan = OrganizationPlan(.planned(Work()), of: organization, notes: [note])
        return Report(organizations: [OrganizationReport(plan: plan, done: [])])
    }
}

extension Failure {
    fileprivate static func unknown(_ prefix: String, _ state: String) -> Failure {
        Failure(
            code: "organization_unknown",
            message: "Neither a declaration nor \(state) knows an organization \"\(prefix)\".",
            hint: "`reconcile state list` shows what is remembered."
        )
    }

    fileprivate static func mayBeDeclared(_ prefix: String, in file: String) -> Failure {
        Failure(
            code: "rename_undecided",
            message:
                "Whether \"\(prefix)\" is still declared cannot be told, because \(file) has a mistake that hides its prefix.",
            hint: "Mend \(file), then run again."
        )
    }

    fileprivate static func takenOver(_ prefix: String) -> Failure {
        Failure(
            code: "organization_renamed",
            message:
                "\"\(prefix)\" is not declared any more, and an organization with its Notion database is: it may be its new name.",
            hint: "Run `reconcile apply`, which takes it over, or `reconcile plan` to see what is in the way."
        )
    }

    fileprivate static func synchronized(_ organization: Organization) -> Failure {
        Failure(
            code: "organization_enabled",
            message: "\(organization.prefix) is synchronized: the next run would make its calendar anew.",
            hint: "Write sync_enabled: false in \(organization.source.file), then run again."
        )
    }

    fileprivate static func active(_ organization: Organization) -> Failure {
        Failure(
            code: "organization_active",
            message:
                "\(organization.prefix) is active: only an organization that is not, or that nobody declares, is taken leave of.",
            hint: "Remove \(organization.source.file), or write active: false there, then run again."
        )
    }

    fileprivate static func noCalendar(_ organization: Organization) -> Failure {
        Failure(
            code: "calendar_none",
            message: "No calendar of \(organization.prefix) is known, neither by the state nor by a mark.",
            hint: "`reconcile state list` shows what is remembered."
        )
    }

    fileprivate static func notOurs(_ calendar: LiveCalendar, _ organization: Organization) -> Failure {
        Failure(
            code: "calendar_not_created",
            message:
                "The calendar \(calendar.id) of \(organization.prefix) was not created by reconcile, or belongs to another account; it is not "
                + "deleted.",
            hint: "Whoever owns it can delete it in Google Calendar. `reconcile retire` takes away what is ours in it."
        )
    }

    fileprivate static func otherName(
        _ calendar: LiveCalendar,
        _ organization: Organization,
        _ name: String
    ) -> Failure {
        Failure(
            code: "calendar_name_differs",
            message:
                "The calendar of \(organization.prefix) is called \"\(calendar.summary)\", not \"\(name)\"; it was not deleted.",
            hint: "If that is the one, give its name: --confirm-name \"\(calendar.summary)\"."
        )
    }
}
