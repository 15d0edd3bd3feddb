import Logging
import ReconcileModel
import Reconciling
import Synchronization

/// What the state knows of organizations and the service needs at hand: their numbers, which are `organization_id` of the
/// answers, and which database is whose.
final class OrganizationDirectory: Sendable {
    private let reconciler: LiveReconciler
    private let known = Mutex<[String: OrganizationRecord]>([:])

    init(reconciler: LiveReconciler) { self.reconciler = reconciler }

    /// - Throws: where the state cannot be read or written.
    func id(of organization: Organization) async throws(Failure) -> Int64 {
        if let id = known.withLock({ $0[organization.prefix]?.id }) { return id }
        try await learn([organization])
        if let id = known.withLock({ $0[organization.prefix]?.id }) { return id }
        throw Failure(
            code: .organizationNotRegistered,
            message: "The state has no number for \(organization.prefix)."
        )
    }

    /// Looks nothing up where all have their numbers.
    func learnMissing(of organizations: [Organization]) async throws(Failure) {
        let known = known.withLock(\.self)
        guard organizations.contains(where: { known[$0.prefix] == nil }) else { return }
        try await learn(organizations)
    }

    /// Looks organizations up, and gives those a number that have none.
    func learn(_ organizations: [Organization]) async throws(Failure) {
        var overview = try await reconciler.overview()
        let missing = organizations.filter { overview.organizations[$0.prefix] == nil }
        if !missing.isEmpty {
            try await reconciler.register(missing)
            overview = try await reconciler.overview()
        }
        let organizations = overview.organizations
        known.withLock { $0 = organizations }
    }

    /// As `learn`; one that gets no number now gets it when it is first asked for.
    func register(_ organizations: [Organization], _ logger: Logger) async {
        do throws(Failure) { try await learn(organizations) } catch {
            logger.error("organizations could not be registered", metadata: ["error": "\(error)"])
        }
    }

    /// Whether the state knows an organization by this prefix.
    func isKnown(_ prefix: String) -> Bool { known.withLock { $0[prefix] != nil } }

    /// The prefix that an organization has now which had this one, as far as the state knows.
    func successor(of prefix: String) -> String? {
        known.withLock { known in known.first { $0.value.formerPrefixes.contains(prefix) }?.key }
    }

    /// Whose pages were in this table at the last synchronization.
    func organizations(of table: NotionTable) -> Set<String> {
        guard let database = table.database else { return [] }
        return known.withLock { known in Set(known.filter { $0.value.source.database == database }.keys) }
    }

    /// Whose calendars have events of these pages.
    func organizations(of pages: Set<PageID>) async -> Set<String> {
        do throws(Failure) { return try await reconciler.owners(of: pages) } catch { return [] }
    }
}
