import NotionAPI
import ReconcileModel

/// What a page asks for by the words of the design, read without the product's functions.
struct Reference {
    let declaration: DrawnDeclaration
    /// Of the run, in the organization's zone, since 1970.
    let today: Int
    /// The fields that columns gave at the first run, where nobody declared them.
    let decided: Set<EventField>?

    /// A text that a page gives.
    enum Text: Hashable {
        case text(String)
        case none
        /// A person in it is not shown.
        case hidden
    }

    enum Answer {
        case event(Event)
        case absent(Absence)
        case invalid
    }

    /// An event as a page asks for it.
    struct Event {
        var start: ReferenceMoment
        var end: ReferenceMoment
        var rule: ReferenceRule?
        /// Whether it must say that it repeats, or that it does not.
        var isRuleAsked = false
        /// Of the fields that are asked for; nil: nothing.
        var texts: [EventField: String?] = [:]
        /// Those that are decided for this event alone.
        var own: Set<EventField> = []
        var isCancelled = false
    }

    var window: ReferenceWindow {
        ReferenceWindow(
            first: declaration.past.map { ReferenceTime.adding(-$0.count, $0.unit, to: today) },
            last: declaration.future.map { ReferenceTime.adding($0.count, $0.unit, to: today) },
            zone: declaration.zone
        )
    }

    /// The fields that columns give in all events.
    var managed: Set<EventField> {
        var fields: Set<EventField> = [.summary, .start, .end]
        for field in [EventField.location, .description] {
            switch declaration.texts[field] {
            case .column, .pattern: fields.insert(field)
            case .nobody: break
            // By its usual name, unless people had it so far.
            case nil: if decided?.contains(field) ?? true { fields.insert(field) }
            }
        }
        if case .column = declaration.recurrence { fields.insert(.recurrence) }
        return fields
    }

    func answer(_ page: DrawnPage) -> Answer {
        switch page.place {
        case .trashed: return .absent(.trashed)
        case .archived: return .absent(.archived)
        case .gone: return .absent(.gone)
        case .moved: return .absent(.moved)
        case .listed: break
        }
        if let filter = declaration.filter {
            guard let takes = filter.takes(page, today: today, zone: declaration.zone) else { return .invalid }
            if !takes { return .absent(.filteredOut) }
        }
        var prefix: String?
        if let cancelled = declaration.cancelled {
            guard let words = words(page, cancelled.column) else { return .invalid }
            let isCancelled = words.contains { word in
                cancelled.values.contains { $0.lowercased() == word.lowercased() }
            }
            if isCancelled, cancelled.prefix == nil { return .absent(.cancelled) }
            if isCancelled { prefix = cancelled.prefix }
        }
        let title = text(page, declaration.texts[.summary] ?? .column(.name))
        if title == .hidden { return .invalid }
        guard case .date(let date) = page[.date] else { return .invalid }
        guard let date else { return .absent(.undated) }
        guard date.garbage == nil else { return .invalid }
        return event(page, date, title: title, prefix: prefix).map { .event($0) } ?? .invalid
    }

    /// Nil where it cannot be read.
    private func event(_ page: DrawnPage, _ date: DrawnDate, title: Text, prefix: String?) -> Event? {
        var template: DrawnDeclaration.Template?
        if let templates = declaration.templates {
            guard let words = words(page, templates.by) else { return nil }
            let chosen = words.lazy.compactMap { word in
                templates.values.first { $0.name.lowercased() == word.lowercased() }
            }
            template = chosen.first?.template ?? templates.otherwise
        }
        guard let (start, end) = times(page, date, duration: template?.duration ?? declaration.defaultDuration)
        else { return nil }
        var event = Event(start: start, end: end)
        var summary = title.shown.map(Self.line) ?? "Untitled"
        for field in [EventField.location, .description] where managed.contains(field) {
            let usual = Text.Source.column(field == .location ? .location : .description)
            let made = text(page, declaration.texts[field] ?? usual)
            if made == .hidden { return nil }
            event.texts.updateValue(made.shown, forKey: field)
        }
        if let template {
            let given = ["title": summary, "description": event.texts[.description] ?? nil].compactMapValues(\.self)
            let titled = template.title?.made(given) { self.value(page, $0) }
            let described = template.description?.made(given) { self.value(page, $0) }
            if titled == .hidden || described == .hidden { return nil }
            if let text = titled?.shown { summary = Self.line(text) }
            if let described { event.texts.updateValue(described.shown, forKey: .description) }
            if let location = template.location, (event.texts[.location] ?? nil) == nil {
                event.texts[.location] = location
            }
            event.texts.merge(template.settings) { $1 }
        }
        if let prefix {
            summary = prefix + summary
            event.texts[.busy] = "false"
            event.isCancelled = true
        }
        event.texts[.summary] = summary
        guard addRule(page, date, to: &event) else { return nil }
        event.own = Set(event.texts.keys).subtracting(managed)
        return event
    }

    /// - Returns: whether it can be followed.
    private func addRule(_ page: DrawnPage, _ date: DrawnDate, to event: inout Event) -> Bool {
        guard managed.contains(.recurrence) else { return true }
        event.isRuleAsked = true
        if case .text = page[.repeats] { return false }
        guard case .rule(let rule?) = page[.repeats] else { return true }
        var zone: String?
        if case .instant = event.start { zone = date.zone ?? declaration.zone }
        let end: ReferenceRule.End
        switch rule.end {
        case .never: end = .never
        case .times(let count): end = .count(count)
        case .until(let day):
            // Its day is included.
            let until = zone.map { ReferenceMoment.instant(ReferenceTime.instant(day: day + 1, minute: 0, in: $0) - 1) }
            end = .until(until ?? .day(day))
            if (until ?? .day(day)).order < event.start.order { return false }
        }
        event.rule = ReferenceRule(step: rule.interval * (rule.isWeekly ? 7 : 1), end: end, zone: zone)
        return true
    }

    /// Nil where they make no sense. Also without the template's duration, for what pages are told.
    func times(_ page: DrawnPage, _ date: DrawnDate, duration: Int) -> (ReferenceMoment, ReferenceMoment)? {
        let start = date.start.resolved(date.zone)
        var end = date.end?.resolved(date.zone)
        if declaration.hasEnd, case .date(let second?) = page[.ends] {
            guard second.garbage == nil else { return nil }
            end = second.start.resolved(second.zone)
        }
        switch (start, end) {
        case (.day(let day), nil): return (start, .day(day + 1))
        case (.instant(let instant), nil): return (start, .instant(instant + 60 * duration))
        case (.day(let first), .day(let last)?): return last < first ? nil : (start, .day(last + 1))
        case (.instant(let first), .instant(let last)?): return last < first ? nil : (start, .instant(last))
        default: return nil
        }
    }

    // MARK: - Texts

    private func text(_ page: DrawnPage, _ source: Text.Source) -> Text {
        switch source {
        case .column(let column): value(page, column)
        case .pattern(let pattern): pattern.made { self.value(page, $0) }
        case .nobody: .none
        }
    }

    private func value(_ page: DrawnPage, _ column: DrawnColumn) -> Text {
        switch page[column] {
        case .text(let text): text.allSatisfy(\.isWhitespace) ? .none : .text(text)
        case .options(let names): names.isEmpty ? .none : .text(names.joined(separator: ", "))
        case .flag(let isSet): .text(isSet ? "Yes" : "No")
        case .number(let number):
            number.map { .text(column == .code ? "EV-\($0)" : "\($0)") } ?? .none
        case .people(let users):
            if users.contains(where: { $0.name == nil && $0.email == nil }) {
                .hidden
            } else {
                users.isEmpty ? .none : .text(users.compactMap { $0.name ?? $0.email }.joined(separator: ", "))
            }
        case .rule(let rule): rule.map { .text($0.text) } ?? .none
        case .date, .pages: .none
        }
    }

    /// What a rule goes by; nil: the page has an option that the database has not.
    private func words(_ page: DrawnPage, _ column: DrawnColumn) -> [String]? {
        switch page[column] {
        case .options(let names): names.allSatisfy(column.options.contains) ? names : nil
        case .flag(let isSet): ["\(isSet)"]
        case .text(let text): text.isEmpty ? [] : [text]
        default: []
        }
    }

    /// A title has one line.
    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension Reference.Text {
    typealias Source = DrawnDeclaration.Text

    var shown: String? { if case .text(let text) = self { text } else { nil } }
}

extension DrawnDeclaration.Template {
    /// What it sets beside texts; nil: what a new event has.
    fileprivate var settings: [EventField: String?] {
        var settings: [EventField: String?] = [:]
        if let color { settings.updateValue(color, forKey: .color) }
        if let visibility { settings.updateValue(visibility == "default" ? nil : visibility, forKey: .visibility) }
        if let isBusy { settings.updateValue(isBusy ? nil : "false", forKey: .busy) }
        if let reminders {
            settings.updateValue(reminders == .none ? "none" : reminders.rawValue, forKey: .reminders)
        }
        return settings
    }
}
