import ReconcileModel
import TestSupport

extension DrawnDeclaration {
    /// What people would write: the organization's file, and what stands in `_defaults.yaml`.
    var yaml: (file: String, defaults: String) {
        var file = ["prefix: acm", "name: ACM", "sync_enabled: true", "notion_database_id: \(DatabaseID.sample)"]
        if isCalendarGiven { file.append("google_calendar_id: \(CalendarID.sample)") }
        var defaults: [String] = []
        for (key, lines) in sections {
            if shared.contains(key) { defaults += lines } else { file += lines }
        }
        return (file.joined(separator: "\n") + "\n", defaults.joined(separator: "\n") + "\n")
    }

    private var sections: [(key: String, lines: [String])] {
        var sections = [
            ("timezone", ["timezone: \(zone)"]),
            ("default_duration", ["default_duration: \(defaultDuration)m"]),
            ("deletions", ["deletions: \(deletions.rawValue)"]),
            ("safety", ["safety: {max_delete_percent: \(maxDeletePercent)}"]),
            ("sync_interval", ["sync_interval: 30m"]),
            ("credentials", ["credentials: {notion: ACM_NOTION_KEY, webhook: ACM_WEBHOOK_SECRET}"]),
        ]
        func add(_ key: String, _ members: [String]) {
            if !members.isEmpty { sections.append((key, ["\(key):"] + members.map { "  \($0)" })) }
        }
        add("properties", properties)
        add("window", [past.map { "past: \($0.text)" }, future.map { "future: \($0.text)" }].compactMap(\.self))
        if let filter { sections.append(("filter", ["filter: \(filter.yaml)"])) }
        if let templates { add("templates", templates.yaml) }
        if let cancelled { sections.append(("cancelled", ["cancelled: \(cancelled.yaml)"])) }
        add(
            "write_back",
            writeBack.sorted { $0.rawValue < $1.rawValue }.map { field in
                "\(field.rawValue): \((field == .link ? DrawnColumn.toldLink : .toldStatus).rawValue)"
            }
        )
        var calendar = [
            calendarName.map { "name: \(Self.quoted($0))" },
            calendarDescription.map { "description: \(Self.quoted($0))" },
        ]
        .compactMap(\.self)
        if let sharing {
            let rules = sharing.map { "{role: \($0.role.rawValue), scope: \(Self.quoted($0.scope.text))}" }
            calendar.append("sharing: [\(rules.joined(separator: ", "))]")
        }
        add("calendar", calendar)
        return sections
    }

    private var properties: [String] {
        var lines = EventField.allCases.compactMap { field in
            texts[field].map { "\(field.propertyKey): \($0.yaml)" }
        }
        if hasEnd { lines.append("end: \(DrawnColumn.ends.rawValue)") }
        if let recurrence { lines.append("recurrence: \(recurrence.yaml)") }
        return lines
    }

    /// In double quotation marks, so that nothing in it means anything to YAML.
    static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}

extension DrawnDeclaration.Text {
    fileprivate var yaml: String {
        switch self {
        case .column(let column): DrawnDeclaration.quoted(column.rawValue)
        case .pattern(let pattern): DrawnDeclaration.quoted(pattern.text)
        case .nobody: "null"
        }
    }
}

extension DrawnDeclaration.Templates {
    fileprivate var yaml: [String] {
        let isFlag = by == .published
        var lines = ["by: \(by.rawValue)", "values:"]
        for value in values {
            let name = isFlag ? value.name : DrawnDeclaration.quoted(value.name)
            lines.append("  \(name): {\(value.template.yaml)}")
        }
        if let otherwise { lines.append("otherwise: {\(otherwise.yaml)}") }
        return lines
    }
}

extension DrawnDeclaration.Template {
    fileprivate var yaml: String {
        [
            duration.map { "duration: \($0)m" },
            color.map { "color: \($0)" },
            visibility.map { "visibility: \($0)" },
            isBusy.map { "busy: \($0)" },
            location.map { "location: \(DrawnDeclaration.quoted($0))" },
            title.map { "title: \(DrawnDeclaration.quoted($0.text))" },
            description.map { "description: \(DrawnDeclaration.quoted($0.text))" },
            reminders.map { "reminders: \($0.declared)" },
        ]
        .compactMap(\.self).joined(separator: ", ")
    }
}

extension DrawnDeclaration.Cancelled {
    fileprivate var yaml: String {
        let names = values.map { column == .published ? $0 : DrawnDeclaration.quoted($0) }
        let treatment = prefix.map { "prefix: \(DrawnDeclaration.quoted($0))" } ?? "show: remove"
        return "{property: \(column.rawValue), values: [\(names.joined(separator: ", "))], \(treatment)}"
    }
}
