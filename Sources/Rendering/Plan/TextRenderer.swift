package import ReconcileModel

/// Plans and reports for people at a terminal: what changes, why, and what it comes to.
package struct TextRenderer: Sendable {
    private let style: TextStyle
    /// Every event and field, also of created and adopted ones.
    private let isVerbose: Bool
    /// Only what changes, fails or is urgent; nothing at all where nothing is.
    private let isQuiet: Bool

    package init(style: TextStyle, isVerbose: Bool = false, isQuiet: Bool = false) {
        (self.style, self.isVerbose, self.isQuiet) = (style, isVerbose, isQuiet)
    }

    /// A plan that takes back a run; pages were not looked at.
    package func render(undo plan: Plan) -> String { text(PlanView(undo: plan, detail)) }

    package func render(_ plan: Plan) -> String { PlanView(plan, detail).map(text) ?? "" }

    package func render(_ report: Report) -> String { PlanView(report, detail).map(text) ?? "" }

    private var detail: PlanView.Detail { PlanView.Detail(isVerbose: isVerbose, isQuiet: isQuiet) }

    private func text(_ view: PlanView) -> String {
        var lines = view.sections.flatMap(lines)
        if let problem = view.problem { lines += [text(problem), ""] }
        lines.append(style.bold(view.closing))
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ section: PlanView.Section) -> [String] {
        var lines = [heading(section)]
        lines += section.problems.map { "  \(text($0))" }
        lines += section.notes.map { "  \(style.paint("note:", .gray)) \($0.printable)" }
        lines += section.lines.flatMap(self.lines)
        lines += section.links.map { "  \(style.paint("\($0.name):", .gray)) \($0.address.printable)" }
        if let audience = section.audience { lines.append("  \(style.paint("seen by:", .gray)) \(audience.printable)") }
        lines += section.warnings.map { "  \(style.paint("warning:", .yellow)) \($0.printable)" }
        return lines + [""]
    }

    private func heading(_ section: PlanView.Section) -> String {
        var heading = style.bold("\(section.name.printableAtLineStart) (\(section.prefix))")
        if let zone = section.zone { heading += style.paint(", times in \(zone.printable)", .gray) }
        if let calm = section.calm { heading += ": \(calm.printable)" }
        return heading
    }

    private func text(_ problem: PlanView.Problem) -> String {
        "\(style.paint("\(problem.kind):", .red)) \(problem.text.printable)"
    }

    private func lines(_ line: PlanLineView) -> [String] {
        let when = line.when.map { "\($0)  " } ?? ""
        let kind = line.kind.map { "\($0) " } ?? ""
        let title = isVerbose ? line.title.printable : line.title.printable.shortened(to: 80)
        var text = "  \(symbol(line.sign)) \(when)\(kind)\"\(title)\"  \(style.paint(line.note.printable, .gray))"
        if let end = line.end { text += "  \(style.paint(end.words.printable, color(end.tone)))" }
        let fields = line.fields.map { field in
            "      \(field.name): \(field.before.map { "\($0) → " } ?? "")\(field.after)"
        }
        return [text] + fields
    }

    private func symbol(_ sign: PlanLineView.Sign) -> String {
        switch sign {
        case .create: style.paint("+", .green)
        case .update: style.paint("~", .yellow)
        case .delete: style.paint("-", .red)
        case .adopt: style.paint("=", .gray)
        case .held: style.paint("!", .red)
        case .pending: style.paint("?", .yellow)
        }
    }

    private func color(_ tone: PlanLineView.End.Tone) -> TextStyle.Color {
        switch tone {
        case .good: .green
        case .doubtful: .yellow
        case .bad: .red
        }
    }
}
