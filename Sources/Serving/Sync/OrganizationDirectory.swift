import ReconcileModel
import Synchronization

/// The numbers of organizations, as the state has them: `organization_id` of the answers.
final class OrganizationDirectory: Sendable {
    private let engine: ServiceEngine
    private let known = Mutex<[String: Int64]>([:])

    init(engine: ServiceEngine) { self.engine = engine }

    /// - Throws: where the state cannot be read or written.
    func id(of organization: Organization) async throws(Failure) -> Int64 {
        if let id = known.withLock({ $0[organization.prefix] }) { return id }
        try await learn([organization])
        if let id = known.withLock({ $0[organization.prefix] }) { return id }
        throw Failure(
            code: "organization_not_registered",
            message: "The state has no number for \(organization.prefix)."
        )
    }

    /// Looks organizations up, and gives those a number that have none.
    func learn(_ organizations: [Organization]) async throws(Failure) {
        var overview = try await engine.overview()
        let missing = organizations.filter { overview.organizations[$0.prefix] == nil }
        if !missing.isEmpty {
            try await engine.register(missing)
            overview = try await engine.overview()
        }
        let ids = overview.organizations.mapValues(\.id)
        known.withLock { $0 = ids }
    }
}
