import LinkStorage
import Observing
package import ReconcileModel

extension StateDoor {
    /// The prefixes of organizations that nobody declares any more.
    package func orphans(besides declared: DeclaredOrganizations) async throws(Failure) -> Set<String> {
        let snapshot = try await remembered()
        return Set(Renames(state: snapshot, declared: declared).orphans.map(\.prefix))
    }

    /// Whether it knows of any organization.
    package func knowsOrganizations() async throws(Failure) -> Bool { try await !remembered().organizations.isEmpty }

    private func remembered() async throws(Failure) -> StateSnapshot {
        do throws(StateError) { return try await snapshot() } catch { throw error.failure }
    }
}
