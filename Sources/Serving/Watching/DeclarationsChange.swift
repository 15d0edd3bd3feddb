package import ReconcileModel

/// How the declarations of two readings differ, in prefixes, sorted.
package struct DeclarationsChange: Equatable, Sendable {
    package let added: [String]
    package let removed: [String]
    package let changed: [String]

    package init(from old: [Organization], to new: [Organization]) {
        let (old, new) = (Self.byPrefix(old), Self.byPrefix(new))
        added = Set(new.keys).subtracting(old.keys).sorted()
        removed = Set(old.keys).subtracting(new.keys).sorted()
        changed = new.filter { prefix, organization in old[prefix].map { $0 != organization } ?? false }.keys.sorted()
    }

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// Where a declaration stands says nothing about the organization: a comment above it is no change.
    private static func byPrefix(_ organizations: [Organization]) -> [String: Organization] {
        let nowhere = SourceLocation(file: "", line: 1, column: 1)
        let placeless = organizations.map { organization in
            var organization = organization
            organization.source = nowhere
            return (organization.prefix, organization)
        }
        return Dictionary(placeless) { first, _ in first }
    }
}

extension DeclarationsChange: CustomStringConvertible {
    /// `added acm, film; changed robotics`
    package var description: String {
        [("added", added), ("removed", removed), ("changed", changed)]
            .filter { !$0.1.isEmpty }
            .map { "\($0.0) \($0.1.joined(separator: ", "))" }
            .joined(separator: "; ")
    }
}
