import CalendarAPI
import LinkStorage
import Observing
package import ReconcileModel
import Tracing

/// The reconciler as a service runs it: for days, with the declarations that are in force at the moment.
package struct LiveReconciler: Sendable {
    private let reconciler: Reconciler
    let locking: StateLocking
    let declarations: Declarations
    let unsaved = UnsavedPublications()

    /// - Parameters:
    ///   - locking: how its runs get the state; the name of the command is that of what started them.
    ///   - declarations: those in force; an organization that is disabled during a run is written to no more.
    package init(_ reconciler: Reconciler, locking: StateLocking, declarations: Declarations) {
        self.reconciler = reconciler
        self.locking = locking
        self.declarations = declarations
    }

    /// The reconciler with the declarations as they are now.
    var current: Reconciler {
        var current = reconciler
        current.declared = declarations.declared
        return current
    }

    /// Why nothing can be written to Google; nil where there is a key, if only one of an organization's own.
    package var keyProblem: Failure? {
        guard !declarations.organizations.contains(where: { $0.credentials.google != nil }) else { return nil }
        do throws(Failure) {
            _ = try reconciler.clients.calendars
            return nil
        } catch { return error }
    }

    // MARK: - What is shown

    /// Reads at Notion what events an organization has, and publishes what subscribers are to see of it.
    package func events(of organization: Organization) async throws(Failure) -> EventListing {
        try await reading(of: organization, "read events") { () async throws(Failure) in
            try await current.publishedEvents(of: organization, unsaved) { () async throws(Failure) in
                try await remembered(of: organization)
            }
        }
    }

    /// What was published last, as the state has it; nil where nothing was. Reads neither Notion nor Google.
    package func lastPublished(of organization: Organization) async -> LastPublished? {
        await reconciler.lastPublished(of: organization, unsaved) { () async throws(Failure) in
            try await remembered(of: organization)
        }
    }

    /// Looks at Notion whether the properties that the organization needs are there.
    package func checkMapping(of organization: Organization) async throws(Failure) {
        try await reading(of: organization, "check mapping") { () async throws(Failure) in
            let notion = try reconciler.clients.notion(of: organization)
            try await PageReader(notion: notion, now: reconciler.now).checkMapping(
                of: organization,
                remembered: try await remembered(of: organization)
            )
        }
    }

    // MARK: - The state

    /// Gives each an id in the state, without which its events cannot be answered; writes nothing to Google.
    package func register(_ organizations: [Organization]) async throws(Failure) {
        do throws(StateError) { try await reconciler.state.register(organizations) } catch { throw error.failure }
    }

    /// What the state remembers, with the last runs. An organization that was renamed since the last one is told under its new prefix
    /// already.
    package func overview() async throws(Failure) -> StateOverview { try await overview(runs: 30) }

    /// Organizations of an overview that nobody declares any more, and whose calendars are kept.
    package func orphans(in overview: StateOverview) -> [OrganizationRecord] {
        Renames(state: StateSnapshot(overview), declared: declarations.declared).orphans
    }

    /// Whose calendars have events of these pages, by the prefixes that are declared: the links may still be under one of before.
    package func owners(of pages: Set<PageID>) async throws(Failure) -> Set<String> {
        do throws(StateError) {
            var owners = try await reconciler.state.owners(of: pages)
            let declared = declarations.declared
            guard !owners.isSubset(of: declared.sound.map(\.prefix)) else { return owners }
            let renames = Renames(
                state: StateSnapshot(try await reconciler.state.overview(runs: 0)),
                declared: declared
            )
            for rename in renames.pending where owners.contains(rename.old) { owners.insert(rename.new) }
            return owners
        } catch { throw error.failure }
    }

    private func remembered(of organization: Organization) async throws(Failure) -> OrganizationRecord? {
        try await overview(runs: 0).organizations[organization.prefix]
    }

    private func overview(runs: Int) async throws(Failure) -> StateOverview {
        var overview: StateOverview
        do throws(StateError) { overview = try await reconciler.state.overview(runs: runs) } catch {
            throw error.failure
        }
        let renames = Renames(state: StateSnapshot(overview), declared: declarations.declared)
        for rename in renames.pending {
            guard let stored = overview.organizations.removeValue(forKey: rename.old) else { continue }
            overview.organizations[rename.new] = stored.renamed(rename.new)
        }
        return overview
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
            await reconciler.clients.tracer.withSpan(operation) { span in
                do throws(Failure) { return .success(try await body()) } catch {
                    span.recordError(error)
                    span.setStatus(SpanStatus(code: .error))
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }
}
