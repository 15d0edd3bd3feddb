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

    /// The organizations that all `*.yaml` and `*.yml` of a folder declare, sorted by prefix.
    ///
    /// Hidden files and other endings are ignored; `_defaults.yaml` (or `.yml`) holds defaults for all.
    ///
    /// - Throws: everything that is wrong in all files at once.
    package func load(directory: String) throws(ConfigError) -> [Organization] {
        let timeZone = try checkedDefaultTimeZone()
        let folder: DeclarationFolder
        do throws(Failure) {
            folder = try DeclarationFolder(listing: directory)
        } catch {
            throw .unavailable(error)
        }
        var diagnostics: [Diagnostic] = []
        let defaults = defaults(of: folder, reporting: &diagnostics)
        let declarations = folder.declarations.compactMap { file in
            let own = read(file, as: .organization, reporting: &diagnostics)
            return defaults.map { own?.inheriting(from: $0) } ?? own
        }
        return try organizations(declarations, timeZone: timeZone, reporting: diagnostics)
    }

    /// The organization that one file declares, by itself: without defaults.
    ///
    /// - Throws: everything that is wrong in the file.
    package func load(file: String) throws(ConfigError) -> Organization {
        let timeZone = try checkedDefaultTimeZone()
        var diagnostics: [Diagnostic] = []
        let declaration = read(DeclarationFile(path: file), as: .organization, reporting: &diagnostics)
        let organizations = try organizations(
            [declaration].compactMap(\.self),
            timeZone: timeZone,
            reporting: diagnostics
        )
        guard let organization = organizations.first else {
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

    private func defaults(
        of folder: DeclarationFolder,
        reporting diagnostics: inout [Diagnostic]
    ) -> Declaration? {
        if let first = folder.defaults.first, let second = folder.defaults.dropFirst().first {
            diagnostics.append(
                Diagnostic(
                    location: SourceLocation(file: second.path, line: 1, column: 1),
                    message: "there are two files of defaults, this one and \(first.path)",
                    hint: "keep one of them"
                )
            )
        }
        return folder.defaults.first.flatMap { read($0, as: .defaults, reporting: &diagnostics) }
    }

    private func read(
        _ file: DeclarationFile,
        as role: DeclarationDecoder.Role,
        reporting diagnostics: inout [Diagnostic]
    ) -> Declaration? {
        let (root, problems) = document(in: file)
        diagnostics += problems
        guard let root else { return nil }
        var decoder = DeclarationDecoder(role: role, isKnownTimeZone: isKnownTimeZone)
        let declaration = decoder.declaration(root)
        diagnostics += decoder.diagnostics
        return declaration
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

    private func organizations(
        _ declarations: [Declaration],
        timeZone: String?,
        reporting diagnostics: [Diagnostic]
    ) throws(ConfigError) -> [Organization] {
        let all = diagnostics + DeclarationChecks(declarations).diagnostics
        guard all.isEmpty else { throw .invalid(Diagnostic.report(all)) }
        return
            declarations
            .compactMap { $0.organization(defaultTimeZone: timeZone) }
            .sorted { $0.prefix < $1.prefix }
    }
}

extension YAMLNode {
    fileprivate var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.meaning == .null } else { false }
    }
}
