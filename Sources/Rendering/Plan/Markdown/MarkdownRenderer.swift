import ReconcileModel

/// Plans and reports for a comment on a pull request: what is in the way first, and a folded section for each organization.
///
/// The first line is a mark, which is not shown and by which a job finds its comment again.
struct MarkdownRenderer {
    /// GitHub takes 65,536 characters; counted in bytes, it is right however they are counted.
    static let longest = 65_000

    func render(_ view: PlanView) -> String {
        let sections = view.urgentFirst
        var text = "<!-- reconcile:\(view.kind.rawValue) -->\n## reconcile: \(view.kind.title)\n\n"
        text += view.closing.split(separator: "\n").joined(separator: "  \n") + "\n"
        let problems = view.problems.map { "- ⛔ **\($0.kind)** \(MarkdownText.sentence($0.text))\n" }
        if !problems.isEmpty { text += "\n" + Self.part(problems, within: Self.longest / 4, "problem") }
        text += table(sections, isReport: view.kind == .report)
        var rest = sections.filter(\.hasDetails)[...]
        // What is not used by one is there for the others.
        while let section = rest.popFirst() {
            let room = (Self.longest - Self.reserve - text.utf8.count) / (rest.count + 1)
            guard let part = MarkdownSection(section).text(within: room) else {
                return text + "\n**Cut:** \(counted(rest.count + 1, "organization")) more \(Self.whole)\n"
            }
            text += part
        }
        return text
    }

    /// For the last line.
    private static let reserve = 300

    static let whole =
        "not shown here, for a comment holds 65,536 characters. `reconcile plan` shows all, and so does `--report html=FILE`."

    /// As many of these as there is room for, and how many there are more.
    static func part(_ items: [String], within room: Int, _ what: String) -> String {
        var (text, count) = ("", 0)
        for item in items {
            guard text.utf8.count + item.utf8.count + 100 <= room else { break }
            text += item
            count += 1
        }
        return count == items.count ? text : text + "- … and \(counted(items.count - count, what)) more\n"
    }

    private func table(_ sections: [PlanView.Section], isReport: Bool) -> String {
        guard !sections.isEmpty else { return "" }
        let verbs = isReport ? "created | updated | deleted" : "create | update | delete"
        let failed = (isReport ? " not made |" : "", isReport ? " ---: |" : "")
        let head =
            "\n| organization | status | \(verbs) |\(failed.0) blocked | waiting | warnings |\n"
            + "| --- | --- | ---: | ---: | ---: |\(failed.1) ---: | ---: | ---: |\n"
        var (text, count) = (head, 0)
        for section in sections {
            let row = row(section, isReport: isReport)
            guard text.utf8.count + row.utf8.count <= Self.longest / 3 else { break }
            text += row
            count += 1
        }
        return count == sections.count
            ? text : text + "\n… and \(counted(sections.count - count, "organization")) more.\n"
    }

    private func row(_ section: PlanView.Section, isReport: Bool) -> String {
        let tally = section.tally
        let numbers =
            [tally.create, tally.update, tally.delete] + (isReport ? [tally.failed] : [])
            + [tally.held, tally.pending, section.warnings.count]
        let cells =
            [MarkdownText.cell(section.prefix.shortened(to: 80)), section.statusWords]
            + numbers.map { $0 == 0 ? "" : "\($0)" }
        return "| \(cells.joined(separator: " | ")) |\n"
    }
}

extension PlanView.Kind {
    /// As a heading says it.
    var title: String {
        switch self {
        case .plan: "plan"
        case .undo: "plan of an undo"
        case .report: "what was done"
        case .failure: "failure"
        }
    }
}
