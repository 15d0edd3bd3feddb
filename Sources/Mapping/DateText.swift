import NotionAPI
import ReconcileModel

/// Dates as text: the days and wall times as they were entered, whatever their zone.
enum DateText {
    static func text(of date: NotionDate) -> String {
        let start = moment(date.start)
        guard let end = date.end.map(moment), end != start else { return start.text }
        let isSameDay = end.time != nil && start.day == end.day
        return "\(start.text) – \(isSameDay ? end.time ?? "" : end.text)"
    }

    private struct Moment: Equatable {
        /// `2026-11-20`, or the whole text where it is not a date.
        var day: String
        /// `17:00`
        var time: String?

        var text: String { time.map { "\(day) \($0)" } ?? day }
    }

    private static func moment(_ text: String) -> Moment {
        guard let (wall, _) = WallTime.parse(text) else { return Moment(day: text) }
        let minutes = wall.secondOfDay / 60
        return Moment(day: wall.date.description, time: "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))")
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
