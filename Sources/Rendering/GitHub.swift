import ReconcileModel

/// A command to a GitHub job that annotates a line of a file:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
struct WorkflowCommand {
    enum Level: String { case error, warning }

    var level: Level
    var title: String
    var message: String
    /// Nil: of no file.
    var place: SourceLocation?

    /// On one line, whatever is in it: what would end a value is escaped, and what would be another command is apart.
    var text: String {
        var properties: [String] = []
        if let place {
            properties += ["file=\(Self.escaped(place.file, "%:,"))", "line=\(place.line)", "col=\(place.column)"]
        }
        properties.append("title=\(Self.escaped(title, "%:,"))")
        return "::\(level.rawValue) \(properties.joined(separator: ","))::\(Self.escaped(message, "%"))\n"
    }

    /// Longer messages are cut: an annotation is read in a corner of a page.
    private static let longest = 4_000

    private static func escaped(_ text: String, _ special: String) -> String {
        text.shortened(to: longest).printable.unicodeScalars.reduce(into: "") { result, scalar in
            guard special.unicodeScalars.contains(scalar) else {
                result.unicodeScalars.append(scalar)
                return
            }
            result += "%\(String(scalar.value, radix: 16, uppercase: true))"
        }
    }
}

/// Plans and reports as annotations of a GitHub job, at the declarations that they concern, and a last line of what it comes to.
struct WorkflowCommandRenderer {
    func render(_ view: PlanView) -> String {
        let commands = view.sections.flatMap(commands) + view.problems.map { command($0, "reconcile", nil) }
        // Only commands may begin with two colons.
        return commands.map(\.text).joined() + "\(view.closing.withoutCommands)\n"
    }

    private func commands(_ section: PlanView.Section) -> [WorkflowCommand] {
        let title = "\(section.name) (\(section.prefix))"
        let failed = section.lines.compactMap { line -> WorkflowCommand? in
            guard let end = line.end, end.tone == .bad else { return nil }
            let message = "\"\(line.title.shortened(to: 80))\" \(line.note): \(end.words)"
            return WorkflowCommand(level: .error, title: title, message: message, place: section.place)
        }
        let warnings = section.warnings.map { message in
            WorkflowCommand(level: .warning, title: title, message: message, place: section.place)
        }
        return section.problems.map { command($0, title, section.place) } + failed + warnings
    }

    private func command(_ problem: PlanView.Problem, _ title: String, _ place: SourceLocation?) -> WorkflowCommand {
        let level = "\(title): \(problem.kind)"
        return WorkflowCommand(level: .error, title: level, message: problem.message, place: problem.place ?? place)
    }
}
