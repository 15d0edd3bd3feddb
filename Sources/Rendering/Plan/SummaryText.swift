import ReconcileModel

/// The closing line of a plan or a report: what it comes to, and what it says nothing about.
enum SummaryText {
    /// - Parameter command: that asks for the yes that deletes wait for.
    static func closing(of summary: Summary, asking command: String = "reconcile apply") -> String {
        guard summary.hasChanges || summary.hasErrors else { return allClear(summary) + waiting(summary, command) }
        var parts: [String] = []
        if summary.calendarsToCreate > 0 { parts.append("\(counted(summary.calendarsToCreate, "calendar")) to create") }
        if summary.calendarsToUpdate > 0 { parts.append("\(counted(summary.calendarsToUpdate, "calendar")) to update") }
        if summary.rulesToChange > 0 { parts.append("\(counted(summary.rulesToChange, "access rule")) to change") }
        if summary.calendarsToDelete > 0 { parts.append("\(counted(summary.calendarsToDelete, "calendar")) to delete") }
        parts.append(
            "\(counted(summary.eventsToCreate, "event")) to create, \(summary.eventsToUpdate) to update, "
                + "\(summary.eventsToDelete) to delete"
        )
        if summary.pagesToUpdate > 0 { parts.append("\(counted(summary.pagesToUpdate, "page")) to tell") }
        if summary.eventsBlocked > 0 { parts.append("\(counted(summary.eventsBlocked, "event")) blocked") }
        if summary.rulesBlocked > 0 { parts.append("\(counted(summary.rulesBlocked, "access rule")) blocked") }
        if summary.failed > 0 { parts.append("\(counted(summary.failed, "organization")) with errors") }
        if let rest = notLookedAt(summary) { parts.append(rest) }
        return "Plan: \(parts.joined(separator: "; "))." + waiting(summary, command) + cost(summary)
    }

    /// Empty where nothing waits for a yes.
    private static func waiting(_ summary: Summary, _ command: String) -> String {
        let waiting = [
            summary.eventsPending > 0 ? counted(summary.eventsPending, "delete") : nil,
            summary.pagesPending > 0 ? "\(counted(summary.pagesPending, "page")) whose texts would be replaced" : nil,
        ]
        .compactMap(\.self)
        guard !waiting.isEmpty else { return "" }
        let verb = summary.eventsPending + summary.pagesPending == 1 ? "waits" : "wait"
        return " \(waiting.joined(separator: " and ")) \(verb) for a yes: `\(command)` at a terminal asks for it."
    }

    /// `2 organizations not looked at (1 on hold, 1 not enabled)`; nil where all were.
    private static func notLookedAt(_ summary: Summary) -> String? {
        guard summary.leftAlone > 0 else { return nil }
        var causes: [String] = []
        if summary.held > 0 { causes.append("\(summary.held) on hold") }
        if summary.disabled > 0 { causes.append("\(summary.disabled) not enabled") }
        if summary.orphaned > 0 { causes.append("\(summary.orphaned) orphaned") }
        return "\(counted(summary.leftAlone, "organization")) not looked at (\(causes.joined(separator: ", ")))"
    }

    /// Says of the whole that it is in order only where the whole was looked at and nothing was to be warned of.
    private static func allClear(_ summary: Summary) -> String {
        let links =
            summary.eventsToAdopt == 0 ? "" : " \(counted(summary.eventsToAdopt, "event")) will be linked again."
        let warnings = counted(summary.warnings, "warning")
        guard summary.total > 0 else { return "Nothing was compared: no organization is declared." }
        guard let rest = notLookedAt(summary) else {
            guard summary.warnings > 0 else {
                return summary.isWaiting
                    ? "No changes.\(links)" : "No changes. Google Calendar matches Notion.\(links)"
            }
            return "No changes; \(warnings), see above.\(links)"
        }
        let warned = summary.warnings > 0 ? " \(warnings), see above." : ""
        guard summary.total > summary.leftAlone else { return "Nothing was compared: \(rest)." }
        return "No changes in \(counted(summary.total - summary.leftAlone, "organization")); \(rest).\(warned)\(links)"
    }

    /// Worth a word only where somebody will wait for it.
    private static func cost(_ summary: Summary) -> String {
        let (unitsPerMinute, pagesPerMinute) = (600, 180)
        var text = ""
        if summary.googleUnits >= unitsPerMinute / 2 {
            text +=
                "\nThat is \(summary.googleUnits) units of Google's quota: about "
                + "\(minutes(summary.googleUnits, perMinute: unitsPerMinute))."
        }
        if summary.pagesToUpdate >= pagesPerMinute / 2 {
            text +=
                "\nTo tell \(summary.pagesToUpdate) pages takes Notion about "
                + "\(minutes(summary.pagesToUpdate, perMinute: pagesPerMinute))."
        }
        return text
    }

    private static func minutes(_ count: Int, perMinute: Int) -> String {
        let minutes = max(1, (count + perMinute / 2) / perMinute)
        return minutes == 1 ? "a minute" : "\(minutes) minutes"
    }
}

extension SummaryText {
    /// What was done.
    static func result(of report: Report) -> String {
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
        let troubled = report.organizations.count { !$0.isSuccess && !$0.plan.isLeftAlone }
        let summary = Summary(report)
        var text = "\(counted(applied, "change")) applied"
        if applied + failed + other == 0 { text = "Nothing was changed" }
        if unchanged > 0 { text += ", \(unchanged) had been made already" }
        if failed > 0 { text += ", \(failed) failed" }
        if other > 0 { text += ", \(other) not made" }
        if troubled > 0 { text += "; \(counted(troubled, "organization")) with errors" }
        if let rest = notLookedAt(summary) { text += "; \(rest)" }
        let pending = report.organizations.reduce(0) { $0 + $1.done.count { $0.line.awaited != nil } }
        if pending > 0 { text += "; \(counted(pending, "change")) waiting for a yes" }
        let requests = report.requests
        return "\(text). Requests: \(requests.notion) to Notion, \(requests.google) to Google"
            + (requests.googleBatched > 0 ? " carrying \(requests.googleBatched) batched calls." : ".")
    }
}
