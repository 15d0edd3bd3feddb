import Foundation
import ReconcileModel

extension EventMoment {
    /// Reads `yyyy-mm-dd` or an RFC 3339 time with its offset.
    init?(_ text: String, zone: String) {
        if let date = CivilDate(text) {
            self = .day(date.description)
        } else if let time = Timestamp(rfc3339: text) {
            self = .instant(time.secondsSince1970, zone: zone)
        } else {
            return nil
        }
    }

    /// The next day, or an hour later.
    var defaultEnd: EventMoment? {
        switch self {
        case .day(let day): CivilDate(day).map { .day($0.adding(days: 1).description) }
        case .instant(let seconds, let zone): .instant(seconds + 3600, zone: zone)
        }
    }

    /// Seconds since 1970; days begin at midnight in the zone.
    func seconds(in zone: Zone) -> Int {
        switch self {
        case .day(let day): zone.seconds(ofWall: (CivilDate(day)?.daysSince1970 ?? 0) * 86_400)
        case .instant(let seconds, _): seconds
        }
    }

    /// As an answer carries it: times with the offset of the response zone.
    func resource(in zone: Zone) -> JSONValue {
        switch self {
        case .day(let day): return ["date": .string(day)]
        case .instant(let seconds, let name):
            let offset = zone.offset(at: seconds)
            let text = Timestamp(secondsSince1970: seconds).rfc3339(offset: offset)
            return ["dateTime": .string(text), "timeZone": .string(name)]
        }
    }

    /// Reads `start` or `end` of a request; `name` is `start` or `end`.
    static func read(
        _ value: JSONValue,
        _ name: String,
        calendarZone: String,
        recurs: Bool
    ) throws(Refusal) -> EventMoment {
        let zone = value["timeZone"]?.string
        if let zone, !Zone.isKnown(zone) { throw .invalid("Invalid time zone definition for \(name) time.") }
        if let day = value["date"]?.string {
            guard value["dateTime"]?.string == nil, let date = CivilDate(day) else {
                throw .invalid("Invalid \(name) time.")
            }
            return .day(date.description)
        }
        guard let text = value["dateTime"]?.string, let (wall, offset) = WallTime.parse(text) else {
            throw .invalid("Invalid \(name) time.")
        }
        guard zone != nil || (offset != nil && !recurs) else {
            throw .required("Missing time zone definition for \(name) time.")
        }
        let seconds =
            offset.map { wall.secondsIgnoringZone - $0 }
            ?? Zone.named(zone ?? calendarZone).seconds(ofWall: wall.secondsIgnoringZone)
        return .instant(seconds, zone: zone ?? calendarZone)
    }

    /// Checks a pair in the order of the service.
    static func checkRange(start: EventMoment, end: EventMoment) throws(Refusal) {
        switch (start, end) {
        case (.day(let first), .day(let last)): if last <= first { throw .timeRangeEmpty }
        case (.instant(let first, _), .instant(let last, _)): if last < first { throw .timeRangeEmpty }
        case (.day, .instant), (.instant, .day): throw .invalid("Invalid end time.")
        }
    }
}

/// Milliseconds since 1970 as both services write them.
enum Milliseconds {
    /// `2026-11-01T18:05:00.123Z`
    static func text(_ milliseconds: Int) -> String {
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        let fraction = String(1000 + rest).dropFirst()
        return "\(Timestamp(secondsSince1970: seconds).rfc3339().dropLast()).\(fraction)Z"
    }

    /// Reads an RFC 3339 time; fractions of a second are dropped.
    static func read(_ text: String) -> Int? { Timestamp(rfc3339: text).map { $0.secondsSince1970 * 1000 } }
}
