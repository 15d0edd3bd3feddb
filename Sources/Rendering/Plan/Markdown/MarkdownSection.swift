import ReconcileModel

/// One organization of a comment, folded.
struct MarkdownSection {
    private let section: PlanView.Section

    init(_ section: PlanView.Section) { self.section = section }

    /// - Parameter room: bytes that it may take.
    /// - Returns: nil where that is not even enough for its name.
    func text(within room: Int) -> String? {
        let tail = "\n</details>\n"
        let lines = section.urgentFirst
        let isUrgent = section.status == .error || section.status == .blocked
        var text = "\n<details\(isUrgent ? " open" : "")><summary>\(summary)</summary>\n"
        guard text.utf8.count + tail.utf8.count + 500 <= room else { return nil }
        func left(_ share: Int = 1) -> Int { (room - text.utf8.count - tail.utf8.count - 200) / share }
        if let zone = section.zone { text += "\nTimes in \(MarkdownText.code(zone)).\n" }
        text += "\n"
        text += MarkdownRenderer.part(section.problems.map(problem), within: left(2), "problem")
        text += MarkdownRenderer.part(facts, within: left(2), "note")
        text += MarkdownRenderer.part(section.warnings.map(warning), within: left(lines.isEmpty ? 1 : 3), "warning")
        text += changes(lines, within: left())
        return text + tail
    }

    private var summary: String {
        let name = "<b>\(MarkdownText.html(section.name.shortened(to: 80)))</b>"
        let prefix = "(\(MarkdownText.html(section.prefix.shortened(to: 80))))"
        let tally = section.tally
        let counts = [
            (tally.create, "create"), (tally.update, "update"), (tally.delete, "delete"), (tally.failed, "not made"),
            (tally.held, "blocked"), (tally.pending, "waiting"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(name) \(prefix) \(([section.statusWords] + counts).joined(separator: ", "))"
    }

    /// What is worth knowing beside the changes.
    private var facts: [String] {
        var facts = section.notes.map { "- ℹ️ **note** \(MarkdownText.sentence($0))\n" }
        facts += section.links.map { "- 🔗 **\($0.name)** \(MarkdownText.code($0.address))\n" }
        if let audience = section.audience { facts.append("- 👁 **seen by** \(MarkdownText.sentence(audience))\n") }
        return facts
    }

    private func problem(_ problem: PlanView.Problem) -> String {
        "- ⛔ **\(problem.kind)** \(MarkdownText.sentence(problem.text))\n"
    }

    private func warning(_ message: String) -> String { "- ⚠️ **warning** \(MarkdownText.sentence(message))\n" }

    private func changes(_ lines: [PlanLineView], within room: Int) -> String {
        var (text, count) = ("", 0)
        for line in lines {
            let item = item(line)
            guard text.utf8.count + item.utf8.count <= room else { break }
            text += item
            count += 1
        }
        guard count < lines.count else { return text }
        return text
            + "- **Cut:** \(lines.count - count) of \(counted(lines.count, "change")) \(MarkdownRenderer.whole)\n"
    }

    private func item(_ line: PlanLineView) -> String {
        let what = [line.when, line.kind].compactMap(\.self).joined(separator: " ")
        let title = "**\(MarkdownText.code(line.title.shortened(to: 200)))**"
        let end = line.end.map { " → \(MarkdownText.sentence($0.words))" } ?? ""
        let fields = line.fields.map { "  - \($0.name): \(text($0.value))\n" }
        return "- \(symbol(line)) \(what.isEmpty ? "" : "\(what) ")\(title) \(MarkdownText.sentence(line.note))\(end)\n"
            + fields.joined()
    }

    private func text(_ value: PlanLineView.Field.Value) -> String {
        switch value {
        case .one(let text): MarkdownText.code(text)
        case .replaced(let before, let after): "\(MarkdownText.code(before)) → \(MarkdownText.code(after))"
        case .edited(let parts): parts.map(text).joined(separator: " ")
        }
    }

    private func text(_ part: WordDifference.Part) -> String {
        switch part {
        case .same(let text): MarkdownText.code(text)
        case .removed(let text): "~~\(MarkdownText.code(text))~~"
        case .added(let text): "**\(MarkdownText.code(text))**"
        }
    }

    private func symbol(_ line: PlanLineView) -> String {
        switch line.end?.tone {
        case .bad: return "❌"
        case .doubtful where line.sign != .held && line.sign != .pending: return "⏸️"
        case .good, .doubtful, nil: break
        }
        return switch line.sign {
        case .create: "🟢"
        case .update: "🟡"
        case .delete: "🔴"
        case .adopt: "🔗"
        case .held: "⛔"
        case .pending: "⏳"
        }
    }
}
