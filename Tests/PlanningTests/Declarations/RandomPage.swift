import NotionAPI
import ReconcileModel
import TestSupport

/// Makes up pages, with values near all edges.
struct RandomPage {
    var random: SeededGenerator
    /// The organization's zone.
    let zone: String

    /// 20 November 2026, at half past three in the morning in UTC: the evening before in America.
    static let now = Timestamp(secondsSince1970: today * 86_400 + 12_600)
    static let today = 20_777

    mutating func page(_ number: Int) -> DrawnPage {
        var page = DrawnPage(number: number, values: [:])
        for column in DrawnColumn.allCases { page.values[column] = value(column, of: page) }
        draw(&page)
        return page
    }

    /// The same after its authors were there.
    mutating func edited(_ before: DrawnPage) -> DrawnPage {
        var page = before
        for column in DrawnColumn.allCases where random.chance(12) { page.values[column] = value(column, of: page) }
        if random.chance(20) { draw(&page) }
        return page
    }

    private mutating func draw(_ page: inout DrawnPage) {
        page.place = random.chance(85) ? .listed : pick([.trashed, .archived, .gone, .moved]) ?? .listed
        if random.chance(15) { page.told[.status] = pick(["call Bo", "on the calendar", "no date"]) }
    }

    private mutating func pick<Item>(_ items: [Item]) -> Item? { items.randomElement(using: &random) }

    private mutating func value(_ column: DrawnColumn, of page: DrawnPage) -> DrawnValue {
        switch column {
        case .name: .text(pick(["Kickoff", "Game  night", "Caf\u{E9}", "", "Two\nlines", "{Type} (x)", "<b>"]) ?? "")
        case .location: .text(pick(["", "", "Room 1", "Main hall"]) ?? "")
        case .description: .text(pick(["", "Bring a laptop.", "One\nTwo {Speaker}", "\nspaced \n"]) ?? "")
        case .speaker: .text(pick(["", "Ada", "ada", "Bo B."]) ?? "")
        case .link: .text(pick(["", "https://example.org/1", "https://example.org/2"]) ?? "")
        case .mail: .text(pick(["", "ada@example.org", "Ada@Example.org"]) ?? "")
        case .type, .status:
            // Sometimes an option that somebody renamed a moment ago.
            .options(random.chance(2) ? ["Ghost"] : pick(column.options.map { [$0] } + [[]]) ?? [])
        case .tags: .options(column.options.shuffled(using: &random).filter { _ in random.chance(40) })
        case .published: .flag(random.chance(60))
        case .seats: .number(random.chance(20) ? nil : Int.random(in: 0...5, using: &random))
        case .score:
            random.chance(10) ? .text("many") : .number(random.chance(20) ? nil : Int.random(in: 0...5, using: &random))
        case .crew: .people(DrawnPeople.all.filter { random.chance($0.isShown ? 40 : 6) })
        case .related: .pages((900...902).filter { _ in random.chance(30) }, hasMore: random.chance(10))
        case .code: .number(page.number)
        case .created:
            .date(
                DrawnDate(
                    start: DrawnMoment(
                        day: Self.today + Int.random(in: -20...0, using: &random),
                        minute: Int.random(in: 0..<1_440, using: &random),
                        offset: 0
                    )
                )
            )
        case .deadline: .date(random.chance(20) ? nil : date(near: Int.random(in: -3...3, using: &random)))
        case .date: .date(random.chance(10) ? nil : date(near: day()))
        case .ends: .date(end(of: page))
        case .repeats: random.chance(70) ? .rule(nil) : random.chance(8) ? .text("now and then") : .rule(rule(of: page))
        case .toldLink, .toldStatus: .text("")
        }
    }

    // MARK: - Dates

    /// Most are at the edges of windows: 7 or 10 days, 2 weeks, a month, today.
    private mutating func day() -> Int {
        let edges = [-31, -14, -10, -7, 0, 7, 10, 14, 30]
        return (pick(edges) ?? 0) + Int.random(in: -2...2, using: &random)
    }

    private mutating func date(near day: Int) -> DrawnDate {
        var date = DrawnDate(start: DrawnMoment(day: Self.today + day))
        if random.chance(2) { date.garbage = "soon" }
        guard random.chance(55) else {
            if random.chance(40) {
                date.end = DrawnMoment(
                    day: date.start.day + Int.random(in: random.chance(5) ? -2...0 : 0...4, using: &random)
                )
            }
            return date
        }
        let minute = pick([0, 1, 30, 720, 1_020, 1_410, 1_439]) ?? 0
        date.start.minute = minute
        switch Int.random(in: 0..<3, using: &random) {
        case 0: date.zone = pick(ReferenceTime.zones)
        case 1:
            // An offset beside a zone means nothing.
            date.zone = pick(ReferenceTime.zones)
            date.start.offset = pick([-420, 60, 345])
        default: date.start.offset = pick([0, -420, -300, 60, 345]) ?? 0
        }
        guard random.chance(40) else { return date }
        var end = date.start
        let length = Int.random(in: random.chance(5) ? -60...(-1) : 0...1_500, using: &random)
        (end.day, end.minute) = (
            date.start.day + (minute + length + 1_440) / 1_440 - 1, (minute + length + 1_440) % 1_440
        )
        if random.chance(3) { (end.minute, end.offset) = (nil, nil) }
        date.end = end
        return date
    }

    private mutating func end(of page: DrawnPage) -> DrawnDate? {
        guard random.chance(50), case .date(let date?) = page.values[.date] else { return nil }
        var end = DrawnDate(start: date.start, zone: date.zone)
        end.start.day += Int.random(in: random.chance(10) ? -1...0 : 0...3, using: &random)
        return end
    }

    private mutating func rule(of page: DrawnPage) -> DrawnRule {
        var end = DrawnRule.End.never
        switch Int.random(in: 0..<3, using: &random) {
        case 0: end = .times(Int.random(in: 2...6, using: &random))
        case 1:
            guard case .date(let date?) = page.values[.date] else { break }
            end = .until(day: date.start.day + Int.random(in: random.chance(5) ? -5...(-3) : 2...40, using: &random))
        default: break
        }
        return DrawnRule(
            isWeekly: random.chance(60),
            interval: random.chance(60) ? 1 : Int.random(in: 2...3, using: &random),
            end: end,
            isReadable: random.chance(60)
        )
    }
}
