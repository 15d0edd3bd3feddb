import ReconcileModel
import ZoneData

/// A month of an organization's calendar: what stands there before a plan is carried out, and what afterwards, of that which changes.
struct MonthView {
    struct Day {
        var date: CivilDate
        var isInMonth: Bool
        var entries: [Entry] = []
    }

    /// An event on one day.
    struct Entry {
        /// When it stands there.
        enum Span { case before, after, both }

        /// `10:00`; nil: all day, or it goes on from the day before.
        var time: String?
        var title: String
        var span: Span
        var sign: PlanLineView.Sign
    }

    var year: Int
    var month: Int
    /// From Monday to Sunday.
    var weeks: [[Day]]

    /// `November 2026`
    var name: String { "\(Self.names[month - 1]) \(year)" }

    private static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension MonthView {
    /// More months are not drawn: a list is better then.
    static let most = 24

    /// The months in which something changes, the first ones; and how many there are more.
    static func months(of section: PlanView.Section) -> (shown: [MonthView], more: Int) {
        let time = TimeText(zone: section.zone ?? "UTC")
        var days: [CivilDate: [Entry]] = [:]
        for line in section.lines where line.sign != .adopt {
            for (date, entry) in entries(of: line, time) { days[date, default: []].append(entry) }
        }
        let months = Dictionary(grouping: days.keys) { $0.year * 12 + $0.month - 1 }.keys.sorted()
        let shown = months.prefix(most).map { month(year: $0 / 12, month: $0 % 12 + 1, days) }
        return (shown, months.count - shown.count)
    }

    private static func month(year: Int, month: Int, _ days: [CivilDate: [Entry]]) -> MonthView {
        guard let first = CivilDate(year: year, month: month, day: 1) else {
            return MonthView(year: year, month: month, weeks: [])
        }
        // 1 January 1970 was a Thursday.
        let monday = first.daysSince1970 - ((first.daysSince1970 + 3) % 7 + 7) % 7
        let weeks = (0..<6).map { week in
            (0..<7).map { day in
                let date = CivilDate(daysSince1970: monday + 7 * week + day)
                let isInMonth = date.year == year && date.month == month
                let entries = isInMonth ? days[date, default: []].sorted { ($0.time ?? "") < ($1.time ?? "") } : []
                return Day(date: date, isInMonth: isInMonth, entries: entries)
            }
        }
        return MonthView(year: year, month: month, weeks: weeks.filter { $0.contains(where: \.isInMonth) })
    }

    private static func entries(of line: PlanLineView, _ time: TimeText) -> [(CivilDate, Entry)] {
        func entries(_ event: EventContent?, _ span: Entry.Span) -> [(CivilDate, Entry)] {
            guard let event else { return [] }
            return time.days(of: event).map { day in
                (day.date, Entry(time: day.clock, title: event.summary, span: span, sign: line.sign))
            }
        }
        guard let before = line.before, let after = line.after, before.summary == after.summary,
            before.start == after.start, before.end == after.end
        else { return entries(line.before, .before) + entries(line.after, .after) }
        return entries(after, .both)
    }
}

extension TimeText {
    /// More days of one event are not told one by one.
    private static let mostDays = 31

    /// The days on which an event takes place; on the first of a timed one, when it begins.
    func days(of event: EventContent) -> [(date: CivilDate, clock: String?)] {
        let first = day(of: event.start)
        let last: CivilDate =
            switch event.end {
            case .date(let end): end.adding(days: -1)
            // What ends at midnight takes nothing of the next day.
            case .instant(let end): day(of: .instant(Timestamp(secondsSince1970: end.secondsSince1970 - 1)))
            }
        let count = min(max(0, last.daysSince1970 - first.daysSince1970), Self.mostDays - 1)
        return (0...count).map { offset in
            (first.adding(days: offset), offset == 0 ? clock(of: event.start) : nil)
        }
    }
}
