import CalendarAPI
import LinkStorage
import Observing
import Planning
import ReconcileModel
import Serving
import Tracing

extension Engine {
    /// The engine as the service sees it.
    ///
    /// - Parameters:
    ///   - locking: how its runs get the state; the name of the command is that of what started them.
    ///   - declarations: those in force; an organization that is disabled during a run is written to no more.
    func service(_ locking: StateLocking, _ declarations: Declarations) -> ServiceEngine {
        let reader = EventReader(notion: services.notion)
        let unsaved = UnsavedPublications()
        return ServiceEngine(
            events: { organization async throws(Failure) in
                try await reading(of: organization, "read events") { () async throws(Failure) in
                    try await knowing(declarations).publishedEvents(of: organization, unsaved) { () throws(Failure) in
                        try overview(runs: 0, declarations).organizations[organization.prefix]
                    }
                }
            },
            published: { organization async in
                lastPublished(of: organization, unsaved) { () throws(Failure) in
                    try overview(runs: 0, declarations).organizations[organization.prefix]
                }
            },
            sync: { organizations, trigger async throws(Failure) in
                try await explained { try await sync(organizations, locking.of(trigger), declarations, unsaved) }
            },
            calendar: { organization async throws(Failure) in
                try await explained { try await calendar(of: organization, declarations) }
            },
            setUp: { organization async throws(Failure) in
                try await explained { try await setUp(organization, locking.of(.setup), declarations) }
            },
            checkMapping: { organization async throws(Failure) in
                try await reading(of: organization, "check mapping") { () async throws(Failure) in
                    try await reader.checkMapping(
                        of: organization,
                        remembered: try overview(runs: 0, declarations).organizations[organization.prefix]
                    )
                }
            },
            register: { organizations async throws(Failure) in
                do throws(StateError) {
                    try await LinkStore(path: statePath, now: now).register(organizations)
                } catch { throw error.failure }
            },
            overview: { () async throws(Failure) in try overview(runs: 30, declarations) },
            owners: { pages async throws(Failure) in
                try owners(of: pages, declarations)
            },
            refusal: refusal
        )
    }

    /// The engine with the declarations as they are now.
    private func knowing(_ declarations: Declarations) -> Engine {
        var engine = self
        engine.declared = declarations.organizations
        return engine
    }

    /// Whose pages these are, by the prefixes that are declared: the links may still be under one of before.
    private func owners(of pages: Set<PageID>, _ declarations: Declarations) throws(Failure) -> Set<String> {
        do throws(StateError) {
            var owners = try PageOwners.prefixes(of: pages, path: statePath)
            let declared = declarations.organizations
            guard !owners.isSubset(of: declared.map(\.prefix)) else { return owners }
            let renames = Renames(
                state: StateSnapshot(try StateOverview.read(path: statePath, runs: 0)),
                declared: declared
            )
            for rename in renames.pending where owners.contains(rename.old) { owners.insert(rename.new) }
            return owners
        } catch { throw error.failure }
    }

    /// An organization that was renamed since the last run is told under its new prefix already.
    ///
    /// - Parameter runs: how many of them.
    private func overview(runs: Int, _ declarations: Declarations) throws(Failure) -> StateOverview {
        var overview: StateOverview
        do throws(StateError) { overview = try StateOverview.read(path: statePath, runs: runs) } catch {
            throw error.failure
        }
        let declared = declarations.organizations
        let renames = Renames(state: StateSnapshot(overview), declared: declared)
        for rename in renames.pending {
            guard let stored = overview.organizations.removeValue(forKey: rename.old) else { continue }
            overview.organizations[rename.new] = stored.renamed(rename.new)
        }
        return overview
    }

    /// Why nothing can be written to Google; nil where there is a key.
    private var refusal: Failure? {
        do throws(Failure) {
            _ = try services.calendars
            return nil
        } catch { return error }
    }

    /// A reading that belongs to no run, so that logs and traces tell whose it is.
    private func reading<Value: Sendable>(
        of organization: Organization,
        _ operation: String,
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let change: (inout WorkContext) -> Void = { context in
            (context.organization, context.operation) = (organization.prefix, operation)
        }
        let result: Result<Value, Failure> = await WorkContext.with(change) {
            await services.tracer.withSpan(operation) { span in
                do throws(Failure) { return .success(try await body()) } catch {
                    span.recordError(error)
                    span.setStatus(SpanStatus(code: .error))
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }

    private func sync(
        _ organizations: [Organization],
        _ locking: StateLocking,
        _ declarations: Declarations,
        _ unsaved: UnsavedPublications
    ) async throws -> ServiceEngine.SyncResult {
        let engine = knowing(declarations)
        return try await engine.withStore(locking) { [engine] store, before in
            let observation = try await engine.observe(organizations, try await store.snapshot())
            let report = try await carryOut(
                Planner().plan(observation),
                store,
                locking.caller,
                since: before,
                obstacle: declarations.obstacle(of:)
            )
            let published = await Task { await engine.publish(observation, after: report, store, unsaved) }.value
            // In a task of its own: what was done is told also where the run was ended early.
            let after = try await Task { try await store.snapshot() }.value.organizations
            let listings = Dictionary(observation.organizations.map { ($0.organization.prefix, $0.events) }) {
                first,
                _ in
                first
            }
            let synced = report.organizations.map { report in
                let prefix = report.plan.organization.prefix
                let links = after[prefix]?.links.mapValues(\.event) ?? [:]
                return SyncedOrganization(
                    report: report,
                    listing: listings[prefix] ?? nil,
                    published: published[prefix],
                    links: links
                )
            }
            return ServiceEngine.SyncResult(organizations: synced, failure: report.failure, run: report.run)
        }
    }

    /// The calendar that is there, found as a run finds it; nil where there is none, or where a run has to judge.
    private func calendar(of organization: Organization, _ declarations: Declarations) async throws -> CalendarID? {
        let engine = knowing(declarations)
        let snapshot = try await StateSnapshot.read(path: statePath, now: now())
        let record = Renames(state: snapshot, declared: engine.declared).likelyRecord(of: organization)
        // To look for one that nobody names may take long, and belongs into a run, which ends when the service does.
        guard record?.calendar != nil || organization.googleCalendar != nil else { return nil }
        try engine.checkAccount(snapshot)
        let observed = try await engine.observer(snapshot).observeCalendar(of: organization, heedsHold: false)
        switch observed?.content {
        case .observed(let state): return state.calendar.id
        case .failed(let failure): throw failure
        case .skipped, nil: return nil
        }
    }

    private func setUp(
        _ organization: Organization,
        _ locking: StateLocking,
        _ declarations: Declarations
    ) async throws -> CalendarID {
        let engine = knowing(declarations)
        return try await engine.withStore(locking) { [engine] store, before in
            let snapshot = try await store.snapshot()
            try engine.checkAccount(snapshot)
            let observation: Observation
            if let observed = try await engine.observer(snapshot).observeCalendar(of: organization) {
                observation = Observation(organizations: [observed], allowances: allowances)
            } else {
                observation = try await engine.observe([organization], snapshot)
            }
            // A plan has its words and not its code, by which the answer chooses its own.
            if case .failed(let failure)? = observation.organizations.first?.content { throw failure }
            var plan = Planner().plan(observation)
            guard var own = plan.organizations.first else { throw CancellationError() }
            if let calendar = own.target?.calendar { return calendar }
            guard own.target != nil else { throw own.failure }
            own.changes.removeAll { $0.resource != "calendar" }
            plan.organizations = [own]
            let report = try await carryOut(
                plan,
                isPartial: true,
                store,
                locking.caller,
                since: before,
                obstacle: declarations.obstacle(of:)
            )
            if let failure = report.organizations.first?.failure { throw failure }
            guard let calendar = try await store.snapshot().organizations[organization.prefix]?.calendar else {
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
            throw Failure(code: "cancelled", message: "The run was stopped.")
        } catch {
            throw Failure(code: "unexpected", message: "Something unexpected went wrong: \(error)")
        }
    }
}

extension Declarations {
    /// Why the organization must not be written to any more; nil: it may.
    fileprivate func obstacle(of prefix: String) -> String? {
        isEnabled(prefix) ? nil : "it was disabled during the run"
    }
}

extension StateLocking {
    fileprivate func of(_ trigger: ServiceEngine.Trigger) -> StateLocking {
        var locking = self
        locking.caller.command = trigger.rawValue
        return locking
    }
}

extension OrganizationPlan {
    /// What keeps it from being carried out.
    fileprivate var failure: Failure {
        Failure(code: status.rawValue, message: message ?? "Nothing could be observed.", hint: hint)
    }
}

extension OrganizationReport {
    fileprivate var firstFailure: Failure? {
        if let failure { return failure }
        for outcome in outcomes {
            if case .failed(let failure) = outcome { return failure }
        }
        return nil
    }
}
