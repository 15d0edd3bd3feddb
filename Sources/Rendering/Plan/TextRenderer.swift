package import ReconcileModel

/// Plans and reports for people at a terminal: what changes, why, and what it comes to.
package struct TextRenderer: Sendable {
    private let look: Look

    package init(_ look: Look) { self.look = look }

    package init(style: TextStyle, isVerbose: Bool = false, isQuiet: Bool = false) {
        self.init(Look(style: style, isVerbose: isVerbose, isQuiet: isQuiet))
    }

    /// A plan that takes back a run; pages were not looked at.
    package func render(undo plan: Plan) -> String { render(PlanView(undo: plan, detail)) }

    package func render(_ plan: Plan) -> String { PlanView(plan, detail).map(render) ?? "" }

    package func render(_ report: Report) -> String { PlanView(report, detail).map(render) ?? "" }

    func render(_ view: PlanView) -> String {
        let columns = Columns(view)
        var lines: [String] = []
        for (index, section) in view.sections.enumerated() {
            lines += self.lines(section, columns)
            // Those with nothing to do stand together, as a list.
            let next = index + 1
            let isListed = view.sections.indices.contains(next) && section.isBare && view.sections[next].isBare
            if !isListed { lines.append("") }
        }
        for problem in view.problems { lines += text(problem, indent: 0) }
        if !view.problems.isEmpty { lines.append("") }
        lines += view.closing.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrapped(String($0), indent: 0) }.map(look.style.bold)
        return lines.joined(separator: "\n") + "\n"
    }

    private var detail: PlanView.Detail {
        PlanView.Detail(isVerbose: look.isVerbose, isQuiet: look.isQuiet)
    }

    private func lines(_ section: PlanView.Section, _ columns: Columns) -> [String] {
        var lines = heading(section, columns)
        lines += section.problems.flatMap { text($0, indent: 2) }
        lines += section.notes.flatMap { labelled("note", .gray, $0) }
        lines += section.lines.flatMap { self.lines($0, columns) }
        lines += section.links.flatMap { labelled($0.name, .gray, $0.address) }
        if let audience = section.audience { lines += labelled("seen by", .gray, audience) }
        lines += section.warnings.flatMap { labelled("warning", .yellow, $0) }
        return lines
    }

    private func heading(_ section: PlanView.Section, _ columns: Columns) -> [String] {
        let zone = section.zone.map { ", times in \($0.printable)" } ?? ""
        let painted = look.style.bold(section.title) + (zone.isEmpty ? "" : look.style.paint(zone, .gray))
        let plain = section.title + zone
        guard let calm = section.calm else { return wrapped(plain, indent: 4, painted, insteadOf: plain) }
        let gap = section.isBare ? max(0, columns.calm - TextWidth.columns(plain)) : 0
        let text = "\(plain):\(String(repeating: " ", count: gap + 1))\(calm.printable)"
        return wrapped(text, indent: 4, painted, insteadOf: plain)
    }

    private func text(_ problem: PlanView.Problem, indent: Int) -> [String] {
        labelled(problem.kind, .red, problem.text, indent: indent)
    }

    private func labelled(_ label: String, _ color: TextStyle.Color, _ text: String, indent: Int = 2) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let painted = margin + look.style.paint("\(label):", color)
        return wrapped(
            "\(margin)\(label): \(text.printable)",
            indent: indent + 2,
            painted,
            insteadOf: "\(margin)\(label):"
        )
    }

    /// In lines as wide as the terminal; colours, which take no room, come in afterwards.
    private func wrapped(_ text: String, indent: Int, _ painted: String = "", insteadOf start: String = "") -> [String]
    {
        guard let width = look.width else { return [painted + text.dropFirst(start.count)] }
        var lines = TextWidth.wrapped(text, to: width, indent: indent)
        if let first = lines.first, first.hasPrefix(start) { lines[0] = painted + first.dropFirst(start.count) }
        return lines
    }

    private func lines(_ line: PlanLineView, _ columns: Columns) -> [String] {
        let style = look.style
        let when = line.when.map { "\(TextWidth.padded($0, to: line.kind == nil ? columns.when : 0))  " } ?? ""
        let kind = line.kind.map { "\($0) " } ?? ""
        var tail = style.paint(line.note.printable, .gray)
        var taken = TextWidth.columns(when) + TextWidth.columns(kind) + TextWidth.columns(line.note.printable) + 8
        if let end = line.end {
            tail += "  \(style.paint(end.words.printable, color(end.tone)))"
            taken += TextWidth.columns(end.words.printable) + 2
        }
        let title = self.title(line.title.printable, taken: taken)
        let fields = line.fields.map { "      \($0.name): \(text($0.value))" }
        return ["  \(symbol(line.sign)) \(when)\(kind)\"\(title)\"  \(tail)"] + fields
    }

    /// As much of it as the line has room for, and enough to know it by.
    private func title(_ title: String, taken: Int) -> String {
        guard !look.isVerbose else { return title }
        let short = title.shortened(to: 80)
        guard let width = look.width else { return short }
        return TextWidth.shortened(short, to: max(24, width - taken))
    }

    private func text(_ value: PlanLineView.Field.Value) -> String {
        switch value {
        case .one(let text): text
        case .replaced(let before, let after): "\(before) → \(after)"
        case .edited(let parts): "\"\(parts.map(text).joined())\""
        }
    }

    /// As `git diff --word-diff` shows it, so that it can be read without colours.
    private func text(_ part: WordDifference.Part) -> String {
        switch part {
        case .same(let text): text
        case .removed(let text): look.style.paint("[-\(text)-]", .red)
        case .added(let text): look.style.paint("{+\(text)+}", .green)
        }
    }

    private func symbol(_ sign: PlanLineView.Sign) -> String {
        let style = look.style
        return switch sign {
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

/// How wide the columns are that all organizations of a plan share.
private struct Columns {
    /// Of when events are.
    var when = 0
    /// Of the names of those with nothing to do.
    var calm = 0

    /// One name that is longer sets nobody else's apart from what is said of them.
    private static let longestName = 40

    init(_ view: PlanView) {
        for section in view.sections {
            for line in section.lines where line.kind == nil {
                when = max(when, line.when.map(TextWidth.columns) ?? 0)
            }
            let width = TextWidth.columns(section.title)
            if section.isBare, width <= Self.longestName { calm = max(calm, width) }
        }
    }
}

extension PlanView.Section {
    /// `ACM (acm)`
    fileprivate var title: String { "\(name.printableAtLineStart) (\(prefix.printable))" }

    /// Whether there is nothing to say of it beyond that there is nothing to do.
    fileprivate var isBare: Bool {
        calm != nil && zone == nil && problems.isEmpty && notes.isEmpty && lines.isEmpty && links.isEmpty
            && audience == nil && warnings.isEmpty
    }
}
