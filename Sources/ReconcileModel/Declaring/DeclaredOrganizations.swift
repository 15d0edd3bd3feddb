/// What a folder of declarations says, as far as it can be read: a mistake in one file concerns that file's organization alone.
package struct DeclaredOrganizations: Equatable, Sendable {
    /// Without mistakes, sorted by prefix.
    package var sound: [Organization]
    /// In the order of their files.
    package var broken: [BrokenDeclaration]

    package init(_ sound: [Organization] = [], broken: [BrokenDeclaration] = []) {
        self.sound = sound.sorted { $0.prefix < $1.prefix }
        self.broken = broken
    }
}

/// A file with a mistake: nothing is done for its organization, and nobody takes over what is its own.
package struct BrokenDeclaration: Equatable, Sendable {
    /// As far as it could be read; its prefix is the name of the file where that hides the organization's.
    package var organization: Organization
    /// Whether nobody can tell which organization it is.
    package var hidesPrefix: Bool
    /// At least one; also what it has in common with another file that must not be.
    package var mistakes: [Diagnostic]

    package init(_ organization: Organization, hidesPrefix: Bool, mistakes: [Diagnostic]) {
        self.organization = organization
        self.hidesPrefix = hidesPrefix
        self.mistakes = mistakes
    }

    package var file: String { organization.source.file }
}

extension DeclaredOrganizations {
    package var isEmpty: Bool { sound.isEmpty && broken.isEmpty }

    /// A file that may be the declaration of any organization; nil: there is none.
    package var hidingFile: String? { broken.first(where: \.hidesPrefix)?.file }

    /// Everything that is wrong, each said once, in the order of the files.
    package var mistakes: [Diagnostic] { Diagnostic.sorted(broken.flatMap(\.mistakes)) }

    package subscript(prefix: String) -> Organization? { sound.first { $0.prefix == prefix } }

    /// The organizations with mistakes, each once, though several files may have its prefix.
    package var mistaken: [(organization: Organization, mistakes: [Diagnostic])] {
        Dictionary(grouping: broken, by: \.organization.prefix).sorted { $0.key < $1.key }.compactMap { _, files in
            files.first.map { ($0.organization, Diagnostic.sorted(files.flatMap(\.mistakes))) }
        }
    }

    /// What is wrong with the declaration of an organization; nil: nothing, or nobody declares it.
    package func mistakes(of prefix: String) -> [Diagnostic]? {
        let own = broken.filter { !$0.hidesPrefix && $0.organization.prefix == prefix }.flatMap(\.mistakes)
        return own.isEmpty ? nil : Diagnostic.sorted(own)
    }

    /// Organizations that are declared, or may be, and of which nothing is known but what is in the way of others: those with
    /// mistakes and, while a file hides its prefix, all that are remembered and not declared.
    ///
    /// - Parameter remembered: prefix and name of what the state knows.
    package func reserved(among remembered: some Sequence<OrganizationRecord>) -> [Organization] {
        let named = broken.filter { !$0.hidesPrefix }.map(\.organization)
        guard let hidingFile else { return named }
        let known = Set((sound + named).map(\.prefix))
        let hidden = remembered.filter { !known.contains($0.prefix) }.map { record in
            let place = SourceLocation(file: hidingFile, line: 1, column: 1)
            return Organization(prefix: record.prefix, name: record.name, source: place)
        }
        return named + hidden.sorted { $0.prefix < $1.prefix }
    }
}

extension Diagnostic {
    /// Sorted by place, and each said once: a value that aliases repeat is decoded once for each of them.
    package static func sorted(_ diagnostics: some Sequence<Diagnostic>) -> [Diagnostic] {
        Set(diagnostics).sorted { left, right in
            let (a, b) = (left.location, right.location)
            return (a.file, a.line, a.column, left.message) < (b.file, b.line, b.column, right.message)
        }
    }
}

extension Failure {
    /// That a declaration has mistakes, for those who get one message.
    package static func misdeclared(_ mistakes: [Diagnostic]) -> Failure {
        Failure(
            code: "declarations_invalid",
            message: mistakes.map(\.description).joined(separator: "\n"),
            hint: "Mend the declarations and run again."
        )
    }
}
