package import ReconcileModel

/// What a state file holds, for people.
package struct StateTextRenderer: Sendable {
    package init() {}

    package func list(_ contents: StateContents?, path: String) -> String {
        guard let contents else { return "\(path) does not exist yet; the first apply creates it.\n" }
        var lines = ["\(path): schema \(contents.schemaVersion), serial \(contents.serial)"]
        if let account = contents.serviceAccount { lines.append("written by \(account)") }
        if contents.organizations.isEmpty { lines.append("no organizations") }
        for organization in contents.organizations { lines += ["", heading(organization)] + details(organization) }
        return text(lines)
    }

    package func show(_ organization: StoredOrganization) -> String {
        let links = organization.links.map { "  \($0.link.page) → \($0.link.event)  applied \($0.appliedAt)" }
        return text([heading(organization)] + details(organization) + links)
    }

    package func show(_ stored: StoredLink) -> String {
        let link = stored.link
        return text([
            "\(link.organization): page \(link.page)",
            "  event     \(link.event)",
            "  calendar  \(link.calendar)",
            "  database  \(link.database)",
            "  content   \(link.hash)",
            "  version   \(link.etag.rawValue.isEmpty ? "not known, compared at the next run" : link.etag.rawValue)",
            "  page edited \(link.lastEdited ?? "at a time not known"), applied \(stored.appliedAt)",
        ])
    }

    package func history(_ runs: [RunRecord]) -> String {
        guard !runs.isEmpty else { return "No runs yet.\n" }
        return text(runs.map(line))
    }

    package func forgotten(_ links: [StoredLink]) -> String {
        let count = links.count == 1 ? "1 link" : "\(links.count) links"
        return
            "\(count) forgotten; nothing was changed in Google. The next apply recognizes the events by their marks.\n"
    }

    package func render(_ rebuild: Rebuild) -> String {
        var lines: [String] = []
        if let copy = rebuild.damagedCopy { lines.append("The damaged file is kept as \(copy).") }
        for (prefix, outcome) in rebuild.organizations {
            switch outcome {
            case .rebuilt(let links): lines.append("\(prefix): \(links == 1 ? "1 link" : "\(links) links")")
            case .skipped(let reason): lines.append("\(prefix): skipped, \(reason)")
            case .failed(let failure): lines.append("\(prefix): error: \(failure.description.printable)")
            }
        }
        return text(lines + ["\(rebuild.state) is rebuilt; nothing was changed in Google."])
    }

    private func heading(_ organization: StoredOrganization) -> String {
        let links = organization.links.count == 1 ? "1 link" : "\(organization.links.count) links"
        return "\(organization.name.printable) (\(organization.prefix)): \(links)"
    }

    private func details(_ organization: StoredOrganization) -> [String] {
        var lines = [
            "  calendar   \(organization.calendar?.rawValue ?? "none yet")",
            "  database   \(organization.database?.rawValue ?? "none yet")",
            "  last sync  \(organization.lastSync ?? "never")",
        ]
        if let hold = organization.hold { lines.append("  on hold after run \(hold)") }
        return lines
    }

    private func line(_ run: RunRecord) -> String {
        let counts = run.counts
        var line = "\(run.id)  \(run.kind)  \(run.startedAt)  \(run.outcome ?? "unfinished")"
        if let undone = run.undoes { line += "  of run \(undone)" }
        line += "  \(counts.created) created, \(counts.updated) updated, \(counts.deleted) deleted"
        if counts.failed > 0 { line += ", \(counts.failed) failed" }
        if counts.unknown > 0 { line += ", \(counts.unknown) without an answer" }
        if let who = run.who { line += "  by \(who.printable)" }
        if let revision = run.gitRevision { line += "  at \(revision.printable.shortened(to: 12))" }
        return line
    }

    private func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
