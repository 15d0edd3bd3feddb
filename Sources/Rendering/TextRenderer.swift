package import ReconcileModel

/// Plans and reports for people: what changes, why, and what it comes to.
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
    package func render(undo plan: Plan) -> String {
        let summary = Summary(plan)
        let isDone = !summary.hasChanges && !summary.hasErrors
        let closing = isDone ? "Nothing is left to take back." : SummaryText.closing(of: summary)
        let lines = plan.organizations.filter { $0.status != .noChanges }
            .flatMap { organization(OrganizationReport(plan: $0, done: [])) }
        return (lines + [style.bold(closing)]).joined(separator: "\n") + "\n"
    }

    package func render(_ plan: Plan) -> String {
        let summary = Summary(plan)
        if isQuiet, !summary.hasChanges, !summary.hasErrors, !plan.organizations.contains(where: \.isUrgent) {
            return ""
        }
        var lines = plan.organizations.flatMap { organization(OrganizationReport(plan: $0, done: [])) }
        lines.append(style.bold(SummaryText.closing(of: summary)))
        return lines.joined(separator: "\n") + "\n"
    }

    package func render(_ report: Report) -> String {
        let isUrgent = report.organizations.contains(where: \.plan.isUrgent)
        if isQuiet, report.isSuccess, !Summary(report).hasChanges, !isUrgent { return "" }
        var lines = report.organizations.flatMap(organization)
        if let failure = report.failure {
            lines += ["\(style.paint("error:", .red)) \(failure.description.printable)", ""]
        }
        lines.append(style.bold(result(report)))
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - One organization

    /// - Parameter report: of a plan that is only shown: nothing was done, and nothing failed.
    private func organization(_ report: OrganizationReport) -> [String] {
        let (plan, failure) = (report.plan, report.failure)
        if isQuiet, failure == nil, !plan.isUrgent, [.noChanges, .skipped].contains(plan.status) { return [] }
        var lines = [heading(report)]
        if let failure {
            lines.append("  \(style.paint("error:", .red)) \(failure.description.printable)")
        } else if let text = plan.explanation, plan.status != .skipped {
            lines.append("  \(style.paint("\(plan.status.rawValue):", .red)) \(text.printable)")
        }
        lines += plan.notes.map { "  \(style.paint("note:", .gray)) \($0.printable)" }
        let time = TimeText(zone: plan.organization.timeZone)
        for (line, outcome) in report.lines { lines += self.lines(for: line, outcome: outcome, time) }
        for warning in plan.warnings {
            lines.append("  \(style.paint("warning:", .yellow)) \(warning.message.printable)")
        }
        return lines + [""]
    }

    private func heading(_ report: OrganizationReport) -> String {
        let plan = report.plan
        var name = style.bold("\(plan.organization.name.printableAtLineStart) (\(plan.organization.prefix))")
        // Wherever times of day may follow.
        if !report.lines.isEmpty, isVerbose || plan.status != .noChanges {
            name += style.paint(", times in \(plan.organization.timeZone.printable)", .gray)
        }
        switch plan.status {
        case .skipped: return "\(name): skipped, \((plan.message ?? "").printable)"
        case .noChanges: return "\(name): no changes, \(counted(plan.unchanged, "event")) up to date\(links(report))"
        case .changes, .blocked, .error: return name
        }
    }

    private func links(_ report: OrganizationReport) -> String {
        guard !report.lines.isEmpty else { return "" }
        guard !report.done.isEmpty else { return ", \(counted(report.plan.lines.count, "event")) to link" }
        return ", \(counted(report.done.count { $0.outcome == .applied }, "event")) linked"
    }

    // MARK: - One line

    private func lines(for line: PlanLine, outcome: Outcome?, _ time: TimeText) -> [String] {
        if case .change(.adopt) = line, !isVerbose, outcome == nil || outcome == .applied { return [] }
        let when = line.event.map { "\(time.span($0))  " } ?? ""
        let kind = line.resource == .calendar ? "calendar " : ""
        let title = "\"\(isVerbose ? line.title.printable : line.title.printable.shortened(to: 80))\""
        var text = "  \(symbol(line)) \(when)\(kind)\(title)  \(style.paint(note(line).printable, .gray))"
        if let outcome { text += "  \(self.text(outcome))" }
        return [text] + fieldLines(line, time)
    }

    private func symbol(_ line: PlanLine) -> String {
        guard let change = line.todo else { return style.paint("!", .red) }
        switch change.action {
        case .create: return style.paint("+", .green)
        case .update: return style.paint("~", .yellow)
        case .delete: return style.paint("-", .red)
        case .adopt: return style.paint("=", .gray)
        }
    }

    private func note(_ line: PlanLine) -> String {
        if case .refused(let refusal) = line { return "\(refusal.action.rawValue) refused: \(refusal.message)" }
        let reason = line.cause ?? Self.words(for: line)
        return line.isHeld ? "\(line.action.rawValue), blocked: \(reason)" : "\(line.action.rawValue): \(reason)"
    }

    private static func words(for line: PlanLine) -> String {
        guard line.reason == .databaseChanged, case .event(let change) = line.change else {
            return words(for: line.reason)
        }
        return switch change {
        case .update: "kept, its page is in the new database"
        case .delete: "no page of the new database is certainly the same"
        case .create: words(for: line.reason)
        }
    }

    private static func words(for reason: Reason) -> String {
        switch reason {
        case .newPage: "new page"
        case .undone: "taken back"
        case .edited: "page edited"
        case .drift: "drift, changed in Google"
        case .duplicate: "duplicate"
        case .trashed: "page in trash"
        case .archived: "page archived"
        case .undated: "page without date"
        case .moved: "page moved away"
        case .filteredOut: "page left the filter"
        case .gone: "page gone"
        case .calendarMissing: "no calendar yet"
        case .calendarSettings: "settings differ"
        case .adopted: "taken over"
        case .revived: "revived, was deleted"
        case .renamed: "the organization was renamed"
        case .databaseChanged: "another database"
        }
    }

    private func text(_ outcome: Outcome) -> String {
        switch outcome {
        case .applied: style.paint("done", .green)
        case .failed(let failure): style.paint("failed: \(failure.description.printable)", .red)
        case .unchanged(let reason): style.paint("unchanged: \(reason.printable)", .green)
        case .skipped(let reason): style.paint("skipped: \(reason.printable)", .yellow)
        case .stale(let reason): style.paint("stale: \(reason.printable)", .red)
        }
    }

    private func fieldLines(_ line: PlanLine, _ time: TimeText) -> [String] {
        switch line.change {
        case .event(.update(let update)):
            return update.fields.map { field in
                let (before, after) = values(field, update.live.event, update.desired.event, time)
                return "      \(field.rawValue): \(before) → \(after)"
            }
        case .calendar(.update):
            return line.fieldChanges.map { field in
                let values = ValueDifference(field.before, field.after, limit: limit)
                return "      \(field.name): \(values.before) → \(values.after)"
            }
        case .calendar(.create):
            guard isVerbose else { return [] }
            return line.fieldChanges.map { "      \($0.name): \(quoted($0.after))" }
        case .event(.create), .event(.delete):
            guard isVerbose, let event = line.event else { return [] }
            return EventField.allCases.filter { event.text(of: $0) != nil }
                .map { "      \($0.rawValue): \(value($0, of: event, time))" }
        case .adopt, nil:
            return []
        }
    }

    private func values(
        _ field: EventField,
        _ before: EventContent?,
        _ after: EventContent,
        _ time: TimeText
    ) -> (before: String, after: String) {
        switch field.kind {
        case .text:
            let values = ValueDifference(before?.text(of: field), after.text(of: field), limit: limit)
            return (values.before, values.after)
        case .time: return (value(field, of: before, time), value(field, of: after, time))
        }
    }

    private func value(_ field: EventField, of event: EventContent?, _ time: TimeText) -> String {
        switch event?[field] {
        case nil, .empty: return "none"
        case .text(let text): return quoted(text)
        // The last day, as people say it.
        case .time(.date(let end)) where field == .end: return time.moment(.date(end.adding(days: -1)))
        case .time(let moment): return time.moment(moment)
        }
    }

    /// How many characters of a value are shown; nil: all.
    private var limit: Int? { isVerbose ? nil : 70 }

    private func quoted(_ text: String?) -> String {
        ValueDifference.quoted(text == "" ? nil : text?.printable, limit)
    }

    // MARK: - The last line

    private func result(_ report: Report) -> String {
        var (applied, failed, other, unchanged) = (0, 0, 0, 0)
        for organization in report.organizations {
            for one in organization.done where one.line.writes {
                switch one.outcome {
                case .applied: applied += 1
                case .failed: failed += 1
                case .skipped, .stale: other += 1
                case .unchanged: unchanged += 1
                }
            }
        }
        let troubled = report.organizations.count { !$0.isSuccess && $0.plan.status != .skipped }
        let summary = Summary(report)
        var text = "\(counted(applied, "change")) applied"
        if applied + failed + other == 0 { text = "Nothing was changed" }
        if unchanged > 0 { text += ", \(unchanged) had been made already" }
        if failed > 0 { text += ", \(failed) failed" }
        if other > 0 { text += ", \(other) not made" }
        if troubled > 0 { text += "; \(counted(troubled, "organization")) with errors" }
        if let rest = SummaryText.notLookedAt(summary) { text += "; \(rest)" }
        let requests = report.requests
        return "\(text). Requests: \(requests.notion) to Notion, \(requests.google) to Google"
            + (requests.googleBatched > 0 ? " carrying \(requests.googleBatched) batched calls." : ".")
    }
}
