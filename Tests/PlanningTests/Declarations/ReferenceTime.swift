import Foundation

/// Days and instants by Foundation's calendar, which the product does not use: days and seconds since 1970.
enum ReferenceTime {
    static let zones = ["America/Phoenix", "Europe/Berlin", "UTC", "Asia/Kathmandu", "America/New_York"]

    private static let calendars: [String: Calendar] = Dictionary(
        uniqueKeysWithValues: zones.compactMap { name in
            guard let zone = TimeZone(identifier: name) else { return nil }
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            return (name, calendar)
        }
    )

    private static func calendar(_ zone: String) -> Calendar {
        calendars[zone] ?? Calendar(identifier: .gregorian)
    }

    /// The instant of a wall time.
    static func instant(day: Int, minute: Int, in zone: String) -> Int {
        var components = calendar("UTC").dateComponents([.year, .month, .day], from: date(day * 86_400))
        (components.hour, components.minute) = (minute / 60, minute % 60)
        return calendar(zone).date(from: components).map { Int($0.timeIntervalSince1970) } ?? .min
    }

    /// The wall time of an instant.
    static func wall(_ instant: Int, in zone: String) -> (day: Int, second: Int) {
        let offset = calendar(zone).timeZone.secondsFromGMT(for: date(instant))
        let seconds = instant + offset
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        return (day, seconds - day * 86_400)
    }

    static func adding(_ count: Int, _ unit: String, to day: Int) -> Int {
        let component: Calendar.Component =
            switch unit {
            case "mo": .month
            case "y": .year
            default: .day
            }
        let count = unit == "w" ? 7 * count : count
        let moved = calendar("UTC").date(byAdding: component, value: count, to: date(day * 86_400))
        return moved.map { Int($0.timeIntervalSince1970) / 86_400 } ?? .min
    }

    /// `2026-11-20`
    static func text(day: Int) -> String {
        let parts = calendar("UTC").dateComponents([.year, .month, .day], from: date(day * 86_400))
        return [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)]
            .map { padded($0, to: $1) }.joined(separator: "-")
    }

    /// The day of `20261120`, which a rule ends with, and what stands behind it.
    static func day(basic text: Substring) -> Int? {
        var components = DateComponents()
        components.year = Int(text.prefix(4))
        components.month = Int(text.dropFirst(4).prefix(2))
        components.day = Int(text.dropFirst(6).prefix(2))
        return calendar("UTC").date(from: components).map { Int($0.timeIntervalSince1970) / 86_400 }
    }

    static func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }

    private static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }
}

/// When something starts or ends, without the product's words.
enum ReferenceMoment: Hashable {
    case day(Int)
    case instant(Int)

    var order: Int {
        switch self {
        case .day(let day): day * 86_400
        case .instant(let instant): instant
        }
    }
}

/// The days that an organization looks after, first and last one counted; nil: that side is open.
struct ReferenceWindow {
    var first: Int?
    var last: Int?
    var zone: String

    /// Whether any part of what takes place then lies inside.
    func holds(from start: ReferenceMoment, to end: ReferenceMoment) -> Bool {
        switch (start, end) {
        case (.day(let start), .day(let end)):
            return (last.map { start <= $0 } ?? true) && (first.map { max(start, end - 1) >= $0 } ?? true)
        default:
            let begins = first.map { ReferenceTime.instant(day: $0, minute: 0, in: zone) } ?? .min
            let ends = last.map { ReferenceTime.instant(day: $0 + 1, minute: 0, in: zone) } ?? .max
            return start.order < ends && (end.order > begins || start.order >= begins)
        }
    }

    /// Likewise of one occurrence at least.
    func holds(from start: ReferenceMoment, to end: ReferenceMoment, _ rule: ReferenceRule?) -> Bool {
        guard let rule else { return holds(from: start, to: end) }
        for index in 0..<ReferenceRule.most {
            guard let occurrence = rule.occurrence(index, from: start) else { return false }
            let isHeld =
                switch (occurrence, start, end) {
                case (.day(let day), .day(let start), .day(let end)):
                    holds(from: occurrence, to: .day(day + end - start))
                default: holds(from: occurrence, to: .instant(occurrence.order + end.order - start.order))
                }
            if isHeld { return true }
            // All others are later.
            if let last, occurrence.order > (last + 2) * 86_400 { return false }
        }
        return false
    }
}

/// A rule with no more than a step of days and an end: what pages are made to have.
struct ReferenceRule: Hashable {
    enum End: Hashable {
        case never
        case count(Int)
        case until(ReferenceMoment)
    }

    /// In days.
    var step: Int
    var end: End
    /// Whose wall time it keeps; nil: it has no times.
    var zone: String?

    /// As many occurrences as anybody looks at here.
    static let most = 500

    /// The first ones.
    func starts(from first: ReferenceMoment) -> [ReferenceMoment] {
        var starts: [ReferenceMoment] = []
        while starts.count < 50, let next = occurrence(starts.count, from: first) { starts.append(next) }
        return starts
    }

    /// Nil where it has ended.
    func occurrence(_ index: Int, from first: ReferenceMoment) -> ReferenceMoment? {
        if case .count(let count) = end, index >= count { return nil }
        let next = start(index, from: first)
        if case .until(let until) = end, next.order > until.order { return nil }
        return next
    }

    private func start(_ index: Int, from first: ReferenceMoment) -> ReferenceMoment {
        switch first {
        case .day(let day): return .day(day + index * step)
        case .instant(let instant):
            let wall = ReferenceTime.wall(instant, in: zone ?? "UTC")
            return .instant(
                ReferenceTime.instant(day: wall.day + index * step, minute: wall.second / 60, in: zone ?? "UTC")
            )
        }
    }
}
