import Foundation

/// Times in the words of the services, and as the model has them: days as `yyyy-mm-dd`, instants in seconds since 1970.
enum TimeText {
    static func isDay(_ text: String) -> Bool { text.count == 10 }

    /// - Parameter text: a day, or an instant as RFC 3339.
    static func model(_ text: String) -> String {
        guard !isDay(text), let date = try? Date(text, strategy: .iso8601) else { return text }
        return String(Int(date.timeIntervalSince1970))
    }

    /// - Parameter text: as iCalendar writes it: `20270101` or `20270101T170000Z`.
    static func model(compact text: String) -> String {
        let digits = text.filter(\.isNumber)
        func part(_ start: Int, _ length: Int) -> Substring { digits.dropFirst(start).prefix(length) }
        let day = "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))"
        return digits.count == 8 ? day : model("\(day)T\(part(8, 2)):\(part(10, 2)):\(part(12, 2))Z")
    }

    static func dayAfter(_ day: String) -> String {
        guard let date = try? Date("\(day)T00:00:00Z", strategy: .iso8601) else { return day }
        return date.addingTimeInterval(86_400).formatted(.iso8601.year().month().day())
    }

    /// RFC 3339 in UTC, of what the model has.
    static func reported(_ time: String) -> String {
        guard let seconds = Int(time) else { return time }
        return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
