import ReconcileModel

// `templates:`: settings of events by the value of a property.
extension Field {
    /// The keys of one template.
    static let templateKeys: [KeyRow] = [
        key(
            "duration",
            .duration(longestDays: longestDays),
            "How long an event takes whose date has a time but no end."
        ),
        key("color", .choice(EventColor.allCases.map(\.rawValue)), "Google's name of a colour."),
        key(
            "visibility",
            .choice(EventVisibility.allCases.map(\.rawValue)),
            "private: in no public address of ours either."
        ),
        key("busy", .boolean, "Whether the time counts as taken."),
        key("location", .line(longest: longestLine), "Where the page has none."),
        key("title", .pattern, "A pattern; {title} is what the page gives."),
        key("description", .pattern, "A pattern; {description} is what the page gives."),
        key(
            "reminders",
            .list(.duration(longestDays: EventReminders.longest / 1_440), counts: 0...EventReminders.most),
            "When Google reminds of it, before its start; at most five, at most 28d. Needs GOOGLE_IMPERSONATE: reminders are the account's own."
        ),
    ]

    private static func key(_ name: String, _ value: DeclarationValue, _ meaning: String) -> KeyRow {
        KeyRow(
            key: DeclarationKey(path: "templates.\(name)", meaning: meaning, value: value),
            shows: { _ in .none("") },
            // A template reads its entries itself.
            reads: { _, _, _ in }
        )
    }

    fileprivate func choice<Choice: RawRepresentable & CaseIterable>() throws(Diagnostic) -> Choice
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        let expected = "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
        let text = try text(expected)
        if let choice = Choice(rawValue: text) { return choice }
        let near = Suggestion.nearest(to: text, among: names)
        throw mismatch(expected, hint: near.map { "did you mean \(Excerpt.quoted($0))?" })
    }

    /// A pattern; a text without braces is one too, and the same for all.
    fileprivate func pattern() throws(Diagnostic) -> TextPattern {
        let text = try text()
        do throws(TextPattern.Problem) { return try TextPattern(text) } catch {
            throw problem("the pattern \(quotedName) is not right: \(error.message)", hint: error.hint)
        }
    }

    fileprivate func reminders() throws(Diagnostic) -> EventReminders {
        let items = try items(of: "a list of lengths of time", hint: "write [10m, 1d]")
        guard items.count <= EventReminders.most else {
            throw problem(
                "\(quotedName) has \(items.count) entries, and Google allows \(EventReminders.most)",
                hint: "remove some"
            )
        }
        var minutes: [Int] = []
        for item in items {
            let length = try item.duration() / 60
            guard length <= EventReminders.longest else {
                throw item.problem("\(quotedName) reminds at most 28d before", hint: "write a shorter one")
            }
            minutes.append(length)
        }
        return EventReminders(minutes: minutes)
    }

    fileprivate func set(_ key: String, of template: inout EventTemplate) throws(Diagnostic) {
        switch key {
        case "duration": template.duration = try duration()
        case "color": template.color = try choice()
        case "visibility": template.visibility = try choice()
        case "busy": template.isBusy = try boolean()
        case "location": template.location = try line()
        case "title": template.title = try pattern()
        case "description": template.description = try pattern()
        case "reminders": template.reminders = DeclaredReminders(try reminders(), source: node.location)
        default: break
        }
    }
}

extension Problems {
    /// A mapping of values to templates, in its order.
    mutating func templates(_ field: Field) -> [TemplateRules.Value] {
        guard case .mapping(let entries) = field.node.content else {
            note(field.mismatch("a mapping of values to templates", hint: "write {Workshop: {color: blueberry}}"))
            return []
        }
        return entries.compactMap { entry in
            let name = "\(field.name).\(entry.key)"
            guard let template = template(Field(name: name, node: entry.value)) else { return nil }
            return TemplateRules.Value(entry.key, template, source: entry.keyLocation)
        }
    }

    mutating func template(_ field: Field) -> EventTemplate? {
        guard let entries = entries(of: field, Field.templateKeys) else { return nil }
        var template = EventTemplate()
        for (row, field) in entries {
            _ = value { () throws(Diagnostic) in try field.set(row.key.name, of: &template) }
        }
        return template
    }
}
