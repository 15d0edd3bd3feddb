package import ReconcileModel
import Synchronization

/// The declarations in force: those of the last reading of the folder that had no mistake in it.
package final class Declarations: Sendable {
    private struct State {
        var organizations: [String: Organization]
        var problems: [String] = []
    }

    private let state: Mutex<State>

    package init(_ organizations: [Organization]) {
        state = Mutex(State(organizations: Self.byPrefix(organizations)))
    }

    /// By prefix.
    package var organizations: [Organization] {
        state.withLock(\.organizations).values.sorted { $0.prefix < $1.prefix }
    }

    package subscript(prefix: String) -> Organization? { state.withLock { $0.organizations[prefix] } }

    /// Whether the organization may be written to, by the declarations in force.
    package func isEnabled(_ prefix: String) -> Bool { self[prefix]?.isEnabled ?? false }

    /// What is wrong with the files as they are now, one sentence each; empty while those in force are those in the folder.
    package var problems: [String] { state.withLock(\.problems) }

    package func replace(with organizations: [Organization]) {
        let state = State(organizations: Self.byPrefix(organizations))
        self.state.withLock { $0 = state }
    }

    /// Keeps what is in force.
    package func keep(despite problems: [String]) { state.withLock { $0.problems = problems } }

    private static func byPrefix(_ organizations: [Organization]) -> [String: Organization] {
        Dictionary(organizations.map { ($0.prefix, $0) }) { first, _ in first }
    }
}
