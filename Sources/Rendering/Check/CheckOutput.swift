package import ReconcileModel

/// What checking the declarations found, in every format.
package struct CheckOutput: CommandResult {
    package enum Finding: Sendable {
        case valid([Organization])
        case invalid([Diagnostic])
        /// They could not be checked.
        case failed(Failure)
    }

    package var finding: Finding
    /// Of the declarations, as it was given.
    package var folder: String
    /// Where the command runs: paths in reports are relative to it.
    package var workingDirectory: String
    /// Of this program.
    package var version: String

    package init(_ finding: Finding, folder: String, workingDirectory: String, version: String) {
        self.finding = finding
        self.folder = folder
        self.workingDirectory = workingDirectory
        self.version = version
    }
}

extension CheckOutput {
    package func text(as format: CheckFormat, _ look: Look) -> String {
        switch format {
        case .text: text(look)
        case .json: json
        case .github: commands.map(\.text).joined()
        case .gitlab: CodeQualityRenderer(self).render()
        case .sarif: SARIFRenderer(self).render()
        }
    }

    package var failures: String { "" }

    /// What is said of one place.
    struct Remark {
        enum Level { case error, advice }

        var level: Level
        var text: String
        /// Its file is relative to the working directory where it is within it.
        var place: SourceLocation
    }

    /// Of what could be checked, everything.
    var remarks: [Remark] {
        switch finding {
        case .valid(let organizations): organizations.flatMap(\.advice).map { remark($0, .advice) }
        case .invalid(let mistakes): mistakes.map { remark($0, .error) }
        case .failed: []
        }
    }

    /// Why nothing could be checked; nil: it was.
    var failure: Failure? { if case .failed(let failure) = finding { failure } else { nil } }

    private func remark(_ diagnostic: Diagnostic, _ level: Remark.Level) -> Remark {
        var place = diagnostic.location
        place.file = relative(place.file)
        return Remark(level: level, text: diagnostic.text, place: place)
    }

    /// As reports want it, which are read beside the repository.
    func relative(_ path: String) -> String {
        let root = workingDirectory.hasSuffix("/") ? workingDirectory : "\(workingDirectory)/"
        var path = Substring(path)
        if path.hasPrefix(root) { path = path.dropFirst(root.count) }
        while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
        return String(path)
    }

    private var commands: [WorkflowCommand] {
        let failed = failure.map { [WorkflowCommand(level: .error, title: "reconcile", message: $0.description)] } ?? []
        return failed
            + remarks.map { remark in
                let level: WorkflowCommand.Level = remark.level == .error ? .error : .warning
                return WorkflowCommand(level: level, title: "declaration", message: remark.text, place: remark.place)
            }
    }

    private func text(_ look: Look) -> String {
        switch finding {
        case .valid(let organizations):
            guard !look.isQuiet else { return "" }
            let prefixes = organizations.map(\.prefix).joined(separator: ", ")
            let count = counted(organizations.count, "organization")
            return "\(folder.printableAtLineStart): \(count) valid (\(prefixes)).\n"
        case .invalid(let mistakes): return mistakes.map { $0.description.printableAtLineStart + "\n" }.joined()
        case .failed(let failure): return "error: \(failure.description.printable)\n"
        }
    }

    private var json: String {
        switch finding {
        case .valid(let organizations):
            ValidationJSONRenderer().render(folder: folder, organizations: organizations, problems: [])
        case .invalid(let mistakes):
            ValidationJSONRenderer().render(folder: folder, organizations: [], problems: mistakes)
        case .failed(let failure): JSONRenderer().render(failure)
        }
    }
}
