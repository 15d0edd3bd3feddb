package import ReconcileModel

/// Reads declarations: a folder of YAML files, one for each organization.
package struct ConfigLoader: Sendable {
    private let limits: YAMLLimits
    private let isKnownTimeZone: @Sendable (String) -> Bool
    private let defaultTimeZone: String?

    /// - Parameters:
    ///   - isKnownTimeZone: whether a text is an IANA zone that can be used.
    ///   - defaultTimeZone: the variable `TIMEZONE`, for organizations that declare no zone; nil or empty: UTC.
    package init(
        limits: YAMLLimits = .standard,
        isKnownTimeZone: @escaping @Sendable (String) -> Bool = TimeZoneCatalog.isKnown,
        defaultTimeZone: String? = nil
    ) {
        (self.limits, self.isKnownTimeZone) = (limits, isKnownTimeZone)
        self.defaultTimeZone = defaultTimeZone?.isEmpty == true ? nil : defaultTimeZone
    }

    /// All that can be declared, for schemas.
    package static var keys: [DeclarationKey] { KeyTable.rows.map(\.key) }

    /// The organizations that all `*.yaml` and `*.yml` of a folder declare, sorted by prefix.
    ///
    /// Hidden files and other endings are ignored; `_defaults.yaml` (or `.yml`) holds defaults for all.
    ///
    /// - Throws: everything that is wrong in all files at once.
    package func load(directory: String) throws(ConfigError) -> [Organization] {
        try declarations(in: directory).map(\.organization)
    }

    /// What each declaration of a folder comes to, with the place of each value, sorted by prefix.
    ///
    /// - Throws: as `load`: everything that is wrong in all files.
    package func explanations(in directory: String) throws(ConfigError) -> [DeclarationExplanation] {
        try declarations(in: directory).map { $0.explanation(hasDefaultTimeZone: defaultTimeZone != nil) }
    }

    /// That a folder declares no organization.
    package static func nothingDeclared(in directory: String) -> Failure { DeclarationFolder.empty(directory) }

    /// What a folder declares, each mistake with the organization that it stops; nothing where no file declares any.
    ///
    /// - Throws: what stops all: no such folder, or a mistake in what all have in common.
    package func survey(directory: String) throws(ConfigError) -> DeclaredOrganizations {
        let read = try read(directory)
        guard read.shared.isEmpty else { throw .invalid(read.mistakes) }
        return DeclaredOrganizations(
            read.files.filter(\.isSound).compactMap { $0.declaration?.organization },
            broken: read.files.filter { !$0.isSound }.map(\.broken)
        )
    }

    private func declarations(in directory: String) throws(ConfigError) -> [Declaration] {
        let read = try read(directory)
        // A folder with nothing but mistakes in its defaults declares nothing either.
        guard !read.files.isEmpty else { throw .unavailable(DeclarationFolder.empty(directory)) }
        guard read.mistakes.isEmpty else { throw .invalid(read.mistakes) }
        return read.files.compactMap(\.declaration).sorted { $0.organization.prefix < $1.organization.prefix }
    }

    /// What was found in a folder.
    private struct Reading {
        /// In the order of their names.
        var files: [ReadDeclaration]
        /// What is wrong with the defaults of all.
        var shared: [Diagnostic]

        /// Everything, in all files.
        var mistakes: [Diagnostic] { Diagnostic.sorted(shared + files.flatMap(\.mistakes)) }
    }

    private func read(_ directory: String) throws(ConfigError) -> Reading {
        let timeZone = try checkedDefaultTimeZone()
        let folder: DeclarationFolder
        do throws(Failure) {
            folder = try DeclarationFolder(listing: directory)
        } catch {
            throw .unavailable(error)
        }
        var shared: [Diagnostic] = []
        let defaults = defaults(of: folder, reporting: &shared)
        let files = folder.declarations.map { read($0, defaults, timeZone: timeZone) }
        return Reading(files: DeclarationChecks.checked(files), shared: shared)
    }

    private func read(_ file: DeclarationFile, _ defaults: Defaults?, timeZone: String?) -> ReadDeclaration {
        var read = ReadDeclaration(file: file.path)
        guard let root = root(of: file, reporting: &read.mistakes) else { return read }
        let tree = defaults?.filling(root) ?? root
        guard var declaration = declaration(tree, timeZone: timeZone, reporting: &read.mistakes) else { return read }
        defaults?.complete(&declaration)
        read.declaration = declaration
        return read
    }

    /// The organization that one file declares, by itself: without defaults.
    ///
    /// - Throws: everything that is wrong in the file.
    package func load(file: String) throws(ConfigError) -> Organization {
        let timeZone = try checkedDefaultTimeZone()
        let read = DeclarationChecks.checked([read(DeclarationFile(path: file), nil, timeZone: timeZone)])
        let mistakes = Diagnostic.sorted(read.flatMap(\.mistakes))
        guard mistakes.isEmpty else { throw .invalid(mistakes) }
        guard let organization = read.first?.declaration?.organization else {
            throw .unavailable(
                Failure(
                    code: "declarations_empty",
                    message: "The file \(Excerpt.quoted(path: file)) declares no organization."
                )
            )
        }
        return organization
    }

    private func checkedDefaultTimeZone() throws(ConfigError) -> String? {
        guard let defaultTimeZone else { return nil }
        guard isKnownTimeZone(defaultTimeZone) else {
            let near = TimeZoneCatalog.nearest(to: defaultTimeZone, isKnown: isKnownTimeZone)
            throw .unavailable(
                Failure(
                    code: "timezone_unknown",
                    message: "The variable TIMEZONE holds an unknown time zone: \(Excerpt.quoted(defaultTimeZone)).",
                    hint: near.map { "Did you mean \(Excerpt.quoted($0))?" }
                        ?? "Use a name such as \"America/Phoenix\"."
                )
            )
        }
        return defaultTimeZone
    }

    /// Nil where there are none that can be read.
    private func defaults(of folder: DeclarationFolder, reporting diagnostics: inout [Diagnostic]) -> Defaults? {
        if let first = folder.defaults.first, let second = folder.defaults.dropFirst().first {
            diagnostics.append(
                Diagnostic(
                    location: SourceLocation(file: second.path, line: 1, column: 1),
                    message: "there are two files of defaults, this one and \(first.path)",
                    hint: "keep one of them"
                )
            )
        }
        guard let root = folder.defaults.first.flatMap({ root(of: $0, reporting: &diagnostics) }) else { return nil }
        var reader = DeclarationReader(role: .defaults, isKnownTimeZone: isKnownTimeZone)
        let declaration = reader.declaration(root)
        diagnostics += reader.diagnostics
        return declaration.map { Defaults(root, places: $0.places, mistakes: reader.diagnostics) }
    }

    private func declaration(
        _ root: YAMLNode,
        timeZone: String?,
        reporting diagnostics: inout [Diagnostic]
    ) -> Declaration? {
        var reader = DeclarationReader(role: .organization, isKnownTimeZone: isKnownTimeZone)
        let declaration = reader.declaration(root, timeZone: timeZone)
        diagnostics += reader.diagnostics
        return declaration
    }

    private func root(of file: DeclarationFile, reporting diagnostics: inout [Diagnostic]) -> YAMLNode? {
        let (root, problems) = document(in: file)
        diagnostics += problems
        return root
    }

    /// The tree of the file's document; nil, with at least one diagnostic, where there is none.
    private func document(in file: DeclarationFile) -> (YAMLNode?, [Diagnostic]) {
        let text: SourceText
        do throws(Diagnostic) {
            text = try SourceText(try file.read(atMost: limits.bytes), file: file.path)
        } catch {
            return (nil, [error])
        }
        guard !text.isBlank else { return (nil, [nothing(in: file, "the file is empty")]) }
        let (root, diagnostics) = YAMLComposer.compose(text, file: file.path, limits: limits)
        guard diagnostics.isEmpty, root?.isNull ?? true else { return (root, diagnostics) }
        return (nil, [nothing(in: file, "the file declares nothing")])
    }

    private func nothing(in file: DeclarationFile, _ message: String) -> Diagnostic {
        Diagnostic(
            location: SourceLocation(file: file.path, line: 1, column: 1),
            message: message,
            hint: "write a declaration, or delete the file"
        )
    }
}

extension YAMLNode {
    fileprivate var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.meaning == .null } else { false }
    }
}
