package import ReconcileModel
import Synchronization

/// The declarations in force: of each organization that of the last reading of the folder in which it had no mistake.
package final class Declarations: Sendable {
    private struct State {
        var declared: DeclaredOrganizations
        var problems: [String]
    }

    private let state: Mutex<State>

    package init(_ declared: DeclaredOrganizations) {
        // Whoever watches the folder finds what is wrong at the first look, and tells it.
        state = Mutex(State(declared: declared, problems: []))
    }

    package convenience init(_ organizations: [Organization]) { self.init(DeclaredOrganizations(organizations)) }

    /// Those in force, and what is in the way of others although it is not.
    package var declared: DeclaredOrganizations { state.withLock(\.declared) }

    /// By prefix.
    package var organizations: [Organization] { declared.sound }

    package subscript(prefix: String) -> Organization? { declared[prefix] }

    /// Whether the organization may be written to, by the declarations in force.
    package func isEnabled(_ prefix: String) -> Bool { self[prefix]?.isEnabled ?? false }

    /// What is wrong with the files as they are now, one sentence each; empty while those in force are those in the folder.
    package var problems: [String] { state.withLock(\.problems) }

    /// Takes over what was read; of an organization with a mistake, what is in force stays.
    package func replace(with declared: DeclaredOrganizations) {
        state.withLock { state in
            state.problems = declared.mistakes.map(\.description)
            state.declared = declared.keeping(state.declared.sound)
        }
    }

    package func replace(with organizations: [Organization]) { replace(with: DeclaredOrganizations(organizations)) }

    /// Keeps all that is in force.
    package func keep(despite problems: [String]) { state.withLock { $0.problems = problems } }
}

extension DeclaredOrganizations {
    /// With the declarations of before in the place of those that have mistakes now. While a file hides its prefix, it may be that of
    /// any organization without a file; and what would be in the way of one that is kept waits.
    ///
    /// - Parameter before: those that were in force.
    func keeping(_ before: [Organization]) -> DeclaredOrganizations {
        let kept = before.filter { organization in
            self[organization.prefix] == nil
                && (hidingFile != nil
                    || broken.contains {
                        $0.organization.prefix == organization.prefix || $0.file == organization.source.file
                    })
        }
        guard !kept.isEmpty else { return self }
        var result = self
        result.broken.removeAll { one in kept.contains { $0.prefix == one.organization.prefix } }
        for organization in sound {
            guard let other = kept.first(where: organization.isInTheWay) else { continue }
            result.sound.removeAll { $0.prefix == organization.prefix }
            if let same = before.first(where: { $0.prefix == organization.prefix }) {
                result.sound.append(same)
            } else {
                result.broken.append(
                    BrokenDeclaration(organization, hidesPrefix: false, mistakes: [organization.waits(for: other)])
                )
            }
        }
        return DeclaredOrganizations(result.sound + kept, broken: result.broken)
    }
}

extension Organization {
    fileprivate func waits(for other: Organization) -> Diagnostic {
        Diagnostic(
            location: source,
            message:
                "what \(prefix) declares is that of \(other.prefix) as well, whose file cannot be read at the moment",
            hint: "mend that file"
        )
    }
}
