/// An instant, in whole seconds since 1970-01-01T00:00:00Z; leap seconds do not exist here, as in both services.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let secondsSince1970: Int

    package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

    package func adding(seconds: Int) -> Timestamp {
        let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
        return Timestamp(secondsSince1970: overflow ? secondsSince1970 : sum)
    }

    /// Reads an RFC 3339 date-time with its offset; fractions of a second are dropped, as Google does.
    package init?(rfc3339 text: some StringProtocol) {
        guard let (wall, offset) = WallTime.parse(text), let offset else { return nil }
        secondsSince1970 = wall.secondsIgnoringZone - offset
    }

    /// `2026-11-20T17:00:00Z`, or with the given offset from UTC in seconds `2026-11-20T10:00:00-07:00`.
    package func rfc3339(offset: Int = 0) -> String {
        let wall = WallTime(secondsIgnoringZone: secondsSince1970 + offset)
        guard offset != 0 else { return "\(wall)Z" }
        let minutes = abs(offset) / 60
        return
            "\(wall)\(offset < 0 ? "-" : "+")\(Digits.padded(minutes / 60, to: 2)):\(Digits.padded(minutes % 60, to: 2))"
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { rfc3339() }
}

/// What a clock on the wall shows: a day and a time of day, without a zone.
package struct WallTime: Hashable, Sendable {
    package let date: CivilDate
    /// 0 to 86,399.
    package let secondOfDay: Int

    package init(secondsIgnoringZone seconds: Int) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        date = CivilDate(daysSince1970: days)
        secondOfDay = seconds - days * 86_400
    }

    private init(date: CivilDate, secondOfDay: Int) { (self.date, self.secondOfDay) = (date, secondOfDay) }

    /// The instant that has this wall time in UTC, in seconds since 1970.
    package var secondsIgnoringZone: Int { date.daysSince1970 * 86_400 + secondOfDay }

    /// Reads `2026-11-20T17:00[:00[.000]]` with an optional `Z` or `±hh:mm`.
    ///
    /// - Returns: the wall time, and its offset from UTC in seconds where one is written; nil where the text is not such a time.
    package static func parse(_ text: some StringProtocol) -> (WallTime, offset: Int?)? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 16, let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)) else {
            return nil
        }
        var scanner = DigitScanner(bytes[10...])
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "), let hour = scanner.number(digits: 2),
            scanner.skip(":"),
            let minute = scanner.number(digits: 2)
        else { return nil }
        var second = 0
        if scanner.skip(":") {
            guard let value = scanner.number(digits: 2) else { return nil }
            second = min(value, 59)  // A leap second is shown as the second before it.
            if scanner.skip(".") { scanner.skipDigits() }
            guard value <= 60 else { return nil }
        }
        guard hour <= 23, minute <= 59 else { return nil }
        let wall = WallTime(date: date, secondOfDay: hour * 3600 + minute * 60 + second)
        if scanner.isAtEnd { return (wall, nil) }
        guard let offset = offset(&scanner), scanner.isAtEnd else { return nil }
        return (wall, offset)
    }

    private static func offset(_ scanner: inout DigitScanner<ArraySlice<UInt8>>) -> Int? {
        if scanner.skip("Z") || scanner.skip("z") { return 0 }
        let sign: Int
        if scanner.skip("+") { sign = 1 } else if scanner.skip("-") { sign = -1 } else { return nil }
        guard let hours = scanner.number(digits: 2) else { return nil }
        _ = scanner.skip(":")
        guard let minutes = scanner.number(digits: 2), hours <= 23, minutes <= 59 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension WallTime: CustomStringConvertible {
    package var description: String {
        let (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        return "\(date)T\(Digits.padded(hour, to: 2)):\(Digits.padded(minute, to: 2)):\(Digits.padded(second, to: 2))"
    }
}
