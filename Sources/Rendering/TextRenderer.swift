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
            .flatMap { organization($0, outcomes: nil, failure: nil) }
        return (lines + [style.bold(closing)]).joined(separator: "\n") + "\n"
    }

    package func render(_ plan: Plan) -> String {
        let summary = Summary(plan)
        if isQuiet, !summary.hasChanges, !summary.hasErrors, !plan.organizations.contains(where: \.isUrgent) {
            return ""
        }
        var lines = plan.organizations.flatMap { organization($0, outcomes: nil, failure: nil) }
        lines.append(style.bold(SummaryText.closing(of: summary)))
        return lines.joined(separator: "\n") + "\n"
    }

    package func render(_ report: Report) -> String {
        let isUrgent = report.organizations.contains(where: \.plan.isUrgent)
        if isQuiet, report.isSuccess, !Summary(report).hasChanges, !isUrgent { return "" }
        var lines = report.organizations.flatMap { organization($0.plan, outcomes: $0.outcomes, failure: $0.failure) }
        if let failure = report.failure {
            lines += ["\(style.paint("error:", .red)) \(failure.description.printable)", ""]
        }
        lines.append(style.bold(result(report)))
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - One organization

    private func organization(_ plan: OrganizationPlan, outcomes: [Outcome]?, failure: Failure?) -> [String] {
        if isQuiet, failure == nil, !plan.isUrgent, [.noChanges, .skipped].contains(plan.status) { return [] }
        var lines = [heading(plan, outcomes: outcomes)]
        if let failure {
            lines.append("  \(style.paint("error:", .red)) \(failure.description.printable)")
        } else if let text = plan.explanation, plan.status != .skipped {
            lines.append("  \(style.paint("\(plan.status.rawValue):", .red)) \(text.printable)")
        }
        lines += plan.notes.map { "  \(style.paint("note:", .gray)) \($0.printable)" }
        let time = TimeText(zone: plan.organization.timeZone)
        for (index, change) in plan.changes.enumerated() {
            lines += self.lines(for: change, outcome: outcomes.flatMap { index < $0.count ? $0[index] : nil }, time)
        }
        for warning in plan.warnings {
            lines.append("  \(style.paint("warning:", .yellow)) \(warning.message.printable)")
        }
        return lines + [""]
    }

    private func heading(_ plan: OrganizationPlan, outcomes: [Outcome]?) -> String {
        var name = style.bold("\(plan.organization.name.printableAtLineStart) (\(plan.organization.prefix))")
        // Wherever times of day may follow.
        if !plan.changes.isEmpty, isVerbose || plan.status != .noChanges {
            name += style.paint(", times in \(plan.organization.timeZone.printable)", .gray)
        }
        switch plan.status {
        case .skipped: return "\(name): skipped, \((plan.message ?? "").printable)"
        case .noChanges: return "\(name): no changes, \(events(plan.unchanged)) up to date\(links(plan, outcomes))"
        case .changes, .blocked, .error: return name
        }
    }

    private func links(_ plan: OrganizationPlan, _ outcomes: [Outcome]?) -> String {
        guard !plan.changes.isEmpty else { return "" }
        guard let outcomes else { return ", \(events(plan.changes.count)) to link" }
        return ", \(events(outcomes.count { $0 == .applied })) linked"
    }

    // MARK: - One change

    private func lines(for change: Change, outcome: Outcome?, _ time: TimeText) -> [String] {
        if case .adoptEvent = change, !isVerbose, outcome == nil || outcome == .applied { return [] }
        let when = change.event.map { "\(time.span($0))  " } ?? ""
        let kind = change.resource == "calendar" ? "calendar " : ""
        let title = "\"\(isVerbose ? change.title.printable : change.title.printable.shortened(to: 80))\""
        var line = "  \(symbol(change)) \(when)\(kind)\(title)  \(style.paint(note(change).printable, .gray))"
        if let outcome { line += "  \(text(outcome))" }
        return [line] + fieldLines(change, time)
    }

    private func symbol(_ change: Change) -> String {
        if change.isBlocked { return style.paint("!", .red) }
        switch change {
        case .createCalendar, .createEvent: return style.paint("+", .green)
        case .updateCalendar, .updateEvent: return style.paint("~", .yellow)
        case .deleteEvent: return style.paint("-", .red)
        case .adoptEvent, .keepEvent: return style.paint("=", .gray)
        }
    }

    private func note(_ change: Change) -> String {
        if case .keepEvent(let refusal) = change { return "\(refusal.action) refused: \(refusal.message)" }
        let reason = change.cause ?? Self.words(for: change)
        return change.isBlocked ? "\(change.action), blocked: \(reason)" : "\(change.action): \(reason)"
    }

    private static func words(for change: Change) -> String {
        guard change.reason == .databaseChanged else { return words(for: change.reason) }
        return switch change {
        case .updateEvent: "kept, its page is in the new database"
        case .deleteEvent: "no page of the new database is certainly the same"
        case .createCalendar, .updateCalendar, .createEvent, .adoptEvent, .keepEvent: words(for: change.reason)
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

    private func fieldLines(_ change: Change, _ time: TimeText) -> [String] {
        switch change {
        case .updateEvent(let update):
            return update.fields.map { field in
                let (before, after) = values(field, update.live.event, update.desired.event, time)
                return "      \(field.rawValue): \(before) → \(after)"
            }
        case .updateCalendar:
            return change.fieldChanges.map { field in
                let values = ValueDifference(field.before, field.after, limit: limit)
                return "      \(field.name): \(values.before) → \(values.after)"
            }
        case .createCalendar:
            guard isVerbose else { return [] }
            return change.fieldChanges.map { "      \($0.name): \(quoted($0.after))" }
        case .createEvent, .deleteEvent:
            guard isVerbose, let event = change.event else { return [] }
            return EventField.allCases.filter { event.text(of: $0) != nil }
                .map { "      \($0.rawValue): \(value($0, of: event, time))" }
        case .adoptEvent, .keepEvent:
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
            for (change, outcome) in zip(organization.plan.changes, organization.outcomes) where change.writes {
                switch outcome {
                case .applied: applied += 1
                case .failed: failed += 1
                case .skipped, .stale: other += 1
                case .unchanged: unchanged += 1
                }
            }
        }
        let troubled = report.organizations.count { !$0.isSuccess && $0.plan.status != .skipped }
        let summary = Summary(report)
        var text = applied == 1 ? "1 change applied" : "\(applied) changes applied"
        if applied + failed + other == 0 { text = "Nothing was changed" }
        if unchanged > 0 { text += ", \(unchanged) had been made already" }
        if failed > 0 { text += ", \(failed) failed" }
        if other > 0 { text += ", \(other) not made" }
        if troubled > 0 { text += "; \(SummaryText.organizations(troubled)) with errors" }
        if let rest = SummaryText.notLookedAt(summary) { text += "; \(rest)" }
        let requests = report.requests
        return "\(text). Requests: \(requests.notion) to Notion, \(requests.google) to Google"
            + (requests.googleBatched > 0 ? " carrying \(requests.googleBatched) batched calls." : ".")
    }

    private func events(_ count: Int) -> String { SummaryText.events(count) }
}
