package import ReconcileModel

/// What a state file holds, for people.
package struct StateTextRenderer: Sendable {
    package init() {}

    package func list(_ contents: StateContents?, path: String) -> String {
        let path = path.printableAtLineStart
        guard let contents else { return "\(path) does not exist yet; the first apply creates it.\n" }
        var lines = ["\(path): schema \(contents.schemaVersion), serial \(contents.serial)"]
        if let account = contents.serviceAccount { lines.append("written by \(account.printable)") }
        if contents.organizations.isEmpty { lines.append("no organizations") }
        for organization in contents.organizations {
            let links = contents.links[organization.prefix, default: []]
            lines += ["", heading(organization, links)] + details(organization)
        }
        return text(lines)
    }

    package func show(_ organization: OrganizationRecord, _ links: [StoredLink]) -> String {
        let lines = links.map { "  \($0.link.page) → \($0.link.event)  applied \($0.appliedAt)".printable }
        return text([heading(organization, links)] + details(organization) + lines)
    }

    package func show(_ stored: StoredLink) -> String {
        let link = stored.link
        return text(
            [
                "\(link.organization): page \(link.page)",
                "  event     \(link.event)",
                "  calendar  \(link.calendar)",
                "  database  \(link.database)",
                "  content   \(link.written.hash)",
                "  version   \(link.written.etag.rawValue.isEmpty ? "not known, compared at the next run" : link.written.etag.rawValue)",
                "  page edited \(link.written.lastEdited ?? "at a time not known"), applied \(stored.appliedAt)",
            ].map(\.printable)
        )
    }

    /// - Parameters:
    ///   - isCut: whether there are older ones.
    ///   - isComplete: whether runs that wrote nothing are among them.
    package func history(_ runs: [RunRecord], isCut: Bool = false, isComplete: Bool = true) -> String {
        guard !runs.isEmpty else {
            return isComplete ? "No runs yet.\n" : "No run wrote anything yet; --all lists those that did not.\n"
        }
        return text(runs.map(line) + (isCut ? ["There are older ones; --limit 0 lists all."] : []))
    }

    /// A run, and what it did: one line for each write.
    package func show(_ run: RunRecord, _ journal: [JournalRecord]) -> String {
        var lines = [line(run)]
        if let finished = run.finishedAt { lines[0] += "  ended \(finished.printable)" }
        if journal.isEmpty { lines.append("  It wrote nothing.") }
        for (index, entry) in journal.enumerated() {
            if index == 0 || journal[index - 1].subject.organization != entry.subject.organization {
                lines.append(entry.subject.organization.printableAtLineStart)
            }
            lines.append(self.line(entry))
        }
        return text(lines)
    }

    private func line(_ entry: JournalRecord) -> String {
        let rule = entry.subject.scope.flatMap { scope in
            (entry.intent.role ?? entry.before.role).map { AccessRule($0, scope).title }
        }
        let title = entry.intent.after?.summary ?? entry.before.content?.summary ?? rule
        var words = [
            " ", entry.intent.action?.rawValue ?? "change", entry.subject.resource.word,
            title.map { "\"\($0.shortened(to: 80))\"" },
            "\(entry.intent.reason.replacing("_", with: " "))", entry.end.result?.rawValue ?? "no answer recorded",
        ].compactMap(\.self)
        if let error = entry.end.error { words.append("(\(error))") }
        if let page = entry.subject.page { words.append("page \(page)") }
        if let event = entry.subject.event { words.append("event \(event)") }
        return words.map(\.printable).joined(separator: " ")
    }

    package func forgotten(_ links: [StoredLink]) -> String {
        let count = counted(links.count, "link")
        return
            "\(count) forgotten; nothing was changed in Google. The next apply recognizes the events by their marks.\n"
    }

    package func render(_ rebuild: Rebuild) -> String {
        var lines: [String] = []
        if let copy = rebuild.damagedCopy { lines.append("The damaged file is kept as \(copy.printable).") }
        for (prefix, outcome) in rebuild.organizations {
            switch outcome {
            case .rebuilt(let links, _): lines.append("\(prefix): \(counted(links, "link"))")
            case .skipped(let reason): lines.append("\(prefix): skipped, \(reason.printable)")
            case .failed(let failure): lines.append("\(prefix): error: \(failure.description.printable)")
            }
        }
        if let loss = rebuild.loss { lines.append("warning: \(loss)") }
        return text(lines + ["\(rebuild.state.printableAtLineStart) is rebuilt; nothing was changed in Google."])
    }

    private func heading(_ organization: OrganizationRecord, _ links: [StoredLink]) -> String {
        let name = organization.name.printableAtLineStart
        return "\(name) (\(organization.prefix)): \(counted(links.count, "link"))"
    }

    private func details(_ organization: OrganizationRecord) -> [String] {
        var lines = [
            "  calendar   \((organization.calendar.id?.rawValue ?? "none yet").printable)",
            "  database   \(organization.source.database?.rawValue ?? "none yet")",
            "  last sync  \(organization.lastSync ?? "never")",
        ]
        let shared = organization.grants.of(organization.calendar.id, isCreatedByUs: true).compactMap { grant in
            grant.made.map { AccessRule($0, grant.scope).title }
        }
        if !shared.isEmpty { lines.append("  shared     \(shared.joined(separator: ", ").printable)") }
        if let hold = organization.hold { lines.append("  on hold after run \(hold)") }
        return lines
    }

    private func line(_ run: RunRecord) -> String {
        let counts = run.counts
        var line = "\(run.id)  \(run.origin.kind)  \(run.startedAt)  \(run.outcome ?? "unfinished")"
        if let undone = run.undoes { line += "  of run \(undone)" }
        line += "  \(counts.created) created, \(counts.updated) updated, \(counts.deleted) deleted"
        if counts.failed > 0 { line += ", \(counts.failed) failed" }
        if counts.unknown > 0 { line += ", \(counts.unknown) without an answer" }
        if let who = run.origin.who { line += "  by \(who.printable)" }
        if let revision = run.origin.gitRevision { line += "  at \(revision.printable.shortened(to: 12))" }
        return line
    }

    private func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
