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
