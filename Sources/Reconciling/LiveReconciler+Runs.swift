import LinkStorage
import Observing
import Planning
package import ReconcileModel

/// Runs that nobody is asked about: of the schedule, of webhooks, and of whoever may write over HTTP.
extension LiveReconciler {
    /// Plans and applies, as one run under the run lock.
    package func sync(_ organizations: [Organization], _ trigger: SyncTrigger) async throws(Failure) -> SyncResult {
        try await explained { try await run(organizations, locking.of(trigger)) }
    }

    /// The organization's calendar, where the state knows one and Google confirms it. Needs neither Notion nor the run lock.
    package func calendar(of organization: Organization) async throws(Failure) -> CalendarID? {
        try await explained { try await find(organization) }
    }

    /// Creates the organization's calendar where it has none, as a run under the run lock.
    package func setUp(_ organization: Organization) async throws(Failure) -> CalendarID {
        try await explained { try await create(for: organization, locking.of(.setup)) }
    }

    private func run(_ organizations: [Organization], _ locking: StateLocking) async throws -> SyncResult {
        let reconciler = current
        return try await reconciler.withSession(locking) { session, before in
            let observation = try await reconciler.observe(organizations, try await session.snapshot())
            let report = try await reconciler.carryOut(
                Planner().plan(observation),
                session,
                locking.caller,
                since: before,
                obstacle: declarations.obstacle(of:)
            )
            let published = await Task { await reconciler.publish(observation, after: report, session, unsaved) }.value
            // In a task of its own: what was done is told also where the run was ended early.
            let prefixes = report.organizations.map(\.plan.organization.prefix)
            let links = try await Task { try await session.events(of: prefixes) }.value
            let listings = Dictionary(observation.organizations.map { ($0.organization.prefix, $0.events) }) {
                first,
                _ in
                first
            }
            let synced = report.organizations.map { report in
                let prefix = report.plan.organization.prefix
                return SyncedOrganization(
                    report: report,
                    listing: listings[prefix] ?? nil,
                    published: published[prefix],
                    links: links[prefix] ?? [:]
                )
            }
            return SyncResult(organizations: synced, failure: report.failure, run: report.run)
        }
    }

    /// The calendar that is there, found as a run finds it; nil where there is none, or where a run has to judge.
    private func find(_ organization: Organization) async throws -> CalendarID? {
        let reconciler = current
        let snapshot = try await reconciler.state.snapshot()
        let record = Renames(state: snapshot, declared: reconciler.declared).likelyRecord(of: organization)
        // To look for one that nobody names may take long, and belongs into a run, which ends when the service does.
        guard record?.calendar.id != nil || organization.googleCalendar != nil else { return nil }
        let observed = await reconciler.observer(snapshot).observeCalendar(of: organization, heedsHold: false)
        switch observed?.content {
        case .observed(let state): return state.calendar.id
        case .failed(let failure): throw failure
        case .leftAlone, .misdeclared, nil: return nil
        }
    }

    private func create(for organization: Organization, _ locking: StateLocking) async throws -> CalendarID {
        let reconciler = current
        return try await reconciler.withSession(locking) { session, before in
            let snapshot = try await session.snapshot()
            let observation: Observation
            if let observed = await reconciler.observer(snapshot).observeCalendar(of: organization) {
                observation = Observation(organizations: [observed], allowances: reconciler.allowances)
            } else {
                observation = try await reconciler.observe([organization], snapshot)
            }
            // A plan has its words and not its code, by which the answer chooses its own.
            if case .failed(let failure)? = observation.organizations.first?.content { throw failure }
            var plan = Planner().plan(observation)
            guard var own = plan.organizations.first else { throw CancellationError() }
            if let calendar = own.target?.calendar { return calendar }
            guard own.target != nil else { throw own.failure }
            own.work?.lines.removeAll { $0.resource == .event || $0.resource == .page }
            plan.organizations = [own]
            let report = try await reconciler.carryOut(
                plan,
                isPartial: true,
                session,
                locking.caller,
                since: before,
                obstacle: declarations.obstacle(of:)
            )
            if let failure = report.organizations.first?.failure { throw failure }
            guard let calendar = try await session.snapshot().organizations[organization.prefix]?.calendar.id else {
                throw report.organizations.first?.firstFailure ?? own.failure
            }
            return calendar
        }
    }

    /// Lets every error out as one that can be shown.
    private func explained<Result>(_ body: () async throws -> Result) async throws(Failure) -> Result {
        do {
            return try await body()
        } catch let failure as Failure {
            throw failure
        } catch let error as StateError {
            throw error.failure
        } catch is CancellationError {
            throw Failure(.cancelled, message: "The run was stopped.")
        } catch {
            throw Failure(code: "unexpected", message: "Something unexpected went wrong: \(error)")
        }
    }
}

extension StateSession {
    /// Which events the pages of some organizations have, by prefix.
    fileprivate func events(of prefixes: [String]) async throws(StateError) -> [String: [PageID: EventID]] {
        var events: [String: [PageID: EventID]] = [:]
        for prefix in prefixes { events[prefix] = try await links(of: prefix).mapValues(\.event) }
        return events
    }
}

extension Declarations {
    /// Why the organization must not be written to any more; nil: it may.
    fileprivate func obstacle(of prefix: String) -> String? {
        isEnabled(prefix) ? nil : "it was disabled during the run"
    }
}

extension StateLocking {
    fileprivate func of(_ trigger: SyncTrigger) -> StateLocking {
        var locking = self
        locking.caller.command = trigger.rawValue
        return locking
    }
}

extension OrganizationPlan {
    /// What keeps it from being carried out.
    fileprivate var failure: Failure {
        Failure(
            code: Failure.Code(rawValue: status.rawValue),
            message: message ?? "Nothing could be observed.",
            hint: hint
        )
    }
}

extension OrganizationReport {
    fileprivate var firstFailure: Failure? {
        if let failure { return failure }
        for case .failed(let failure) in done.map(\.outcome) { return failure }
        return nil
    }
}
