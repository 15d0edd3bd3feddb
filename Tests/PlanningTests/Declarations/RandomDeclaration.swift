import ReconcileModel
import TestSupport

/// Makes up declarations in which every key that decides about events, pages or people is somewhere.
struct RandomDeclaration {
    var random: SeededGenerator

    /// - Parameter isGiven: whether it names its calendar, which stays so.
    mutating func declaration(isGiven: Bool) -> DrawnDeclaration {
        var declaration = DrawnDeclaration()
        declaration.isCalendarGiven = isGiven
        for section in Section.allCases { draw(section, of: &declaration) }
        return declaration
    }

    /// The same after somebody edited some of it.
    mutating func edited(_ before: DrawnDeclaration) -> DrawnDeclaration {
        var declaration = before
        for section in Section.allCases where random.chance(25) { draw(section, of: &declaration) }
        // A rule that is not declared any more is given up in so many words.
        if before.recurrence != nil, declaration.recurrence == nil { declaration.recurrence = .nobody }
        return declaration
    }

    private enum Section: CaseIterable {
        case zone, duration, texts, times, filter, window, templates, cancelled, sharing, calendar, feedback, safety
        case shared
    }

    private mutating func draw(_ section: Section, of declaration: inout DrawnDeclaration) {
        switch section {
        case .zone: declaration.zone = pick(ReferenceTime.zones) ?? "UTC"
        case .duration: declaration.defaultDuration = pick([30, 60, 90]) ?? 60
        case .texts: declaration.texts = texts()
        case .times:
            declaration.hasEnd = random.chance(40)
            declaration.recurrence = random.chance(50) ? .column(.repeats) : random.chance(50) ? .nobody : nil
        case .filter: declaration.filter = random.chance(50) ? filter(depth: 0) : nil
        case .window:
            declaration.past = random.chance(60) ? offset() : nil
            declaration.future = random.chance(60) ? offset() : nil
        case .templates: declaration.templates = random.chance(65) ? templates() : nil
        case .cancelled: declaration.cancelled = random.chance(50) ? cancelled() : nil
        case .sharing: declaration.sharing = random.chance(70) ? sharing() : nil
        case .calendar:
            declaration.calendarName = random.chance(40) ? pick(["ACM", "Our \"talks\" & more"]) : nil
            declaration.calendarDescription = random.chance(40) ? pick(["All welcome.", "Two\nlines"]) : nil
        case .feedback:
            declaration.writeBack =
                random.chance(60) ? [] : pick([[.link], [.status], [.link, .status]]) ?? []
        case .safety:
            declaration.deletions = random.chance(70) ? .auto : pick([.confirm, .never]) ?? .auto
            declaration.maxDeletePercent = pick([0, 10, 25, 50, 100]) ?? 25
        case .shared:
            let keys = ["timezone", "default_duration", "deletions", "safety", "window", "templates", "filter"]
            declaration.shared = random.chance(60) ? [] : Set(keys.filter { _ in random.chance(40) } + ["timezone"])
        }
        // Nobody would see a prefix of pages that the filter leaves out: that is a mistake.
        if let column = declaration.cancelled?.column, declaration.filter?.columns.contains(column) == true {
            declaration.cancelled?.prefix = nil
        }
    }

    mutating func pick<Item>(_ items: [Item]) -> Item? { items.randomElement(using: &random) }

    private mutating func offset() -> DrawnDeclaration.Offset? {
        pick([("7", "d"), ("10", "d"), ("2", "w"), ("1", "mo"), ("1", "y"), ("0", "d")]).map { count, unit in
            DrawnDeclaration.Offset(count: Int(count) ?? 0, unit: unit)
        }
    }

    // MARK: - Texts

    private mutating func texts() -> [EventField: DrawnDeclaration.Text] {
        var texts: [EventField: DrawnDeclaration.Text] = [:]
        if random.chance(50) {
            texts[.summary] =
                random.chance(30) ? .column(.name) : .pattern(DrawnPattern(lines: [line([.name])]))
        }
        for (field, own) in [(EventField.location, DrawnColumn.location), (.description, .description)] {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: break
            case 4: texts[field] = .nobody
            case 5, 6: texts[field] = .column(pick([own, .speaker, .type, .tags, .seats, .mail]) ?? own)
            default: texts[field] = .pattern(pattern(from: [own], lines: field == .location ? 1 : 3))
            }
        }
        return texts
    }

    private mutating func pattern(from columns: [DrawnColumn], lines: Int) -> DrawnPattern {
        DrawnPattern(lines: (0..<Int.random(in: 1...lines, using: &random)).map { _ in line(columns) })
    }

    private static let told: [DrawnColumn] = [
        .type, .status, .tags, .seats, .speaker, .link, .mail, .published, .code, .crew,
    ]

    /// A line of words, columns and brackets.
    private mutating func line(_ first: [DrawnColumn]) -> [DrawnPattern.Part] {
        let other = pick(Self.told) ?? .type
        let column = DrawnPattern.Part.column(other, byID: random.chance(20))
        let own = DrawnPattern.Part.column(random.chance(60) ? first.first ?? .name : other)
        return switch Int.random(in: 0..<7, using: &random) {
        case 0: [own]
        case 1: [own, .text(" "), .bracket([column])]
        case 2: [.text("By: "), column]
        case 3: [own, .text(" "), .bracket([.text("with "), column]), .text(" {now}")]
        case 4: [.text("All welcome, "), .bracket([.text("free")]), .text(" "), own]
        case 5: [.bracket([column]), .text(" "), own]
        default: [column, .text(": "), own]
        }
    }

    // MARK: - Templates and what is called off

    private mutating func templates() -> DrawnDeclaration.Templates {
        let by = pick([DrawnColumn.type, .type, .status, .tags, .published, .speaker]) ?? .type
        let names = by == .published ? ["true", "false"] : by == .speaker ? ["Ada", "Bo B."] : by.options
        let values = names.filter { _ in random.chance(70) }.map { name in
            DrawnDeclaration.Templates.Value(
                name: random.chance(20) && by != .published ? name.uppercased() : name,
                template: template()
            )
        }
        guard let first = names.first else { return DrawnDeclaration.Templates(by: by, values: []) }
        return DrawnDeclaration.Templates(
            by: by,
            values: values.isEmpty ? [.init(name: first, template: template())] : values,
            otherwise: random.chance(40) ? template() : nil
        )
    }

    private mutating func template() -> DrawnDeclaration.Template {
        var template = DrawnDeclaration.Template()
        if random.chance(40) { template.duration = pick([45, 120]) }
        if random.chance(50) { template.color = pick(["tomato", "graphite", "blueberry"]) }
        if random.chance(30) { template.visibility = pick(["default", "public", "private"]) }
        if random.chance(30) { template.isBusy = random.chance(50) }
        if random.chance(40) { template.location = pick(["Room 101", "Hall"]) }
        if random.chance(30) {
            template.title = DrawnPattern(lines: [[.text("Board: "), .given("title")]])
            if random.chance(30) {
                template.title = DrawnPattern(lines: [[.bracket([.column(.type)]), .text(" "), .given("title")]])
            }
        }
        if random.chance(30) {
            template.description = DrawnPattern(lines: [
                [.given("description")], [.text("By: "), .column(pick(Self.told) ?? .type)],
            ])
        }
        if random.chance(25) { template.reminders = pick(DrawnReminders.allCases) }
        return template
    }

    private mutating func cancelled() -> DrawnDeclaration.Cancelled {
        let column = pick([DrawnColumn.status, .status, .type, .tags, .published]) ?? .status
        let names = column == .published ? ["true"] : column.options.suffix(random.chance(30) ? 2 : 1)
        return DrawnDeclaration.Cancelled(
            column: column,
            values: Array(names),
            prefix: random.chance(55) ? pick(["Cancelled: ", "Off: "]) : nil
        )
    }

    // MARK: - Who sees it

    static let scopes: [AccessScope] = [
        .everybody, .user("ada@example.org"), .group("members@example.org"), .domain("example.org"),
    ]

    private mutating func sharing() -> [AccessRule] {
        Self.scopes.filter { _ in random.chance(40) }.map { AccessRule(role(for: $0), $0) }
    }

    mutating func role(for scope: AccessScope) -> CalendarRole {
        (scope == .everybody ? pick([.freeBusyReader, .reader]) : pick([.freeBusyReader, .reader, .writer, .owner]))
            ?? .reader
    }
}
