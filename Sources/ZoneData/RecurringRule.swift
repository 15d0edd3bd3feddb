import ReconcileModel

/// What repeats every year in a zone, in the notation of the variable `TZ`: `MST7`, `EST5EDT,M3.2.0,M11.1.0`,
/// `IST-1GMT0,M10.5.0,M3.5.0/1`.
///
/// <https://www.rfc-editor.org/rfc/rfc9636#section-3.3.1>
struct RecurringRule: Hashable, Sendable {
    /// When clocks change, each in the time that holds before the change.
    struct Change: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// `J60`: 1 to 365, 29 February is never counted.
            case withoutLeapDay(Int)
            /// `59`: 0 to 365.
            case ofYear(Int)
            /// `M3.2.0`: weeks 1 to 5, the last one is 5; days from Sunday, 0.
            case weekday(month: Int, week: Int, day: Int)
        }

        var day: Day
        /// In seconds from midnight; days away are possible.
        var time: Int
    }

    struct Summer: Hashable, Sendable {
        var offset: Int
        var start: Change
        var end: Change
    }

    /// East of UTC, in seconds.
    let standardOffset: Int
    let summer: Summer?

    func offset(at instant: Int) -> Int {
        guard let summer else { return standardOffset }
        // Far from every year that a calendar has; the sums below must not overflow.
        let instant = min(max(instant, -100_000_000_000), 300_000_000_000)
        let year = CivilDate(daysSince1970: Self.floor(instant + standardOffset, 86_400)).year
        let starts = ((year - 1)...(year + 1)).map { summer.start.seconds(in: $0) - standardOffset }
        let ends = ((year - 1)...(year + 2)).map { summer.end.seconds(in: $0) - summer.offset }
        // A summer that lasts all year ends where the next one begins: no instant is left over.
        let isSummer = starts.contains { start in
            start <= instant && instant < (ends.filter { $0 > start }.min() ?? start)
        }
        return isSummer ? summer.offset : standardOffset
    }

    fileprivate static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}

extension RecurringRule.Change {
    /// The wall time of the change in a year, in seconds since 1970 as if it were in UTC.
    fileprivate func seconds(in year: Int) -> Int { dayNumber(in: year) * 86_400 + time }

    private func dayNumber(in year: Int) -> Int {
        switch day {
        case .withoutLeapDay(let day):
            let isAfterLeapDay = day >= 60 && Self.isLeap(year)
            return Self.firstDay(of: year, month: 1) + day - 1 + (isAfterLeapDay ? 1 : 0)
        case .ofYear(let day): return Self.firstDay(of: year, month: 1) + day
        case .weekday(let month, let week, let weekday):
            let first = Self.firstDay(of: year, month: month)
            let next = month == 12 ? Self.firstDay(of: year + 1, month: 1) : Self.firstDay(of: year, month: month + 1)
            // 1 January 1970 was a Thursday, 4.
            let weekdayOfFirst = ((first + 4) % 7 + 7) % 7
            var day = first + (weekday - weekdayOfFirst + 7) % 7 + (week - 1) * 7
            while day >= next { day -= 7 }
            return day
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        firstDay(of: year + 1, month: 1) - firstDay(of: year, month: 1) == 366
    }

    private static func firstDay(of year: Int, month: Int) -> Int {
        CivilDate(year: min(max(year, 0), 9999), month: month, day: 1)?.daysSince1970 ?? 0
    }
}

// Reading the notation.
extension RecurringRule {
    /// Nil where the text is not in the notation.
    init?(_ text: String) {
        var reader = RuleReader(text)
        guard reader.name(), let west = reader.time(upTo: 24) else { return nil }
        standardOffset = -west
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = standardOffset + 3_600
        if !reader.isAtEnd, !reader.isAt(",") {
            guard let west = reader.time(upTo: 24) else { return nil }
            offset = -west
        }
        guard reader.skip(","), let start = reader.change(), reader.skip(","), let end = reader.change(), reader.isAtEnd
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }
}

private struct RuleReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    func isAt(_ mark: Unicode.Scalar) -> Bool { rest.first.map { UInt32($0) == mark.value } ?? false }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard isAt(mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `EST`, or `<+0330>`; nobody needs it.
    mutating func name() -> Bool {
        if skip("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")), end > rest.startIndex else { return false }
            rest = rest[end...].dropFirst()
            return true
        }
        let letters = rest.prefix { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & 0xDF }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(upTo hours: Int) -> Int? {
        let sign = skip("-") ? -1 : 1
        if sign == 1 { _ = skip("+") }
        guard var seconds = number(in: 0...hours).map({ $0 * 3_600 }) else { return nil }
        if skip(":") {
            guard let minutes = number(in: 0...59) else { return nil }
            seconds += minutes * 60
            if skip(":") {
                guard let more = number(in: 0...59) else { return nil }
                seconds += more
            }
        }
        return sign * seconds
    }

    /// A day and, after a slash, the time of day; without one it is 02:00.
    mutating func change() -> RecurringRule.Change? {
        guard let day = day() else { return nil }
        guard skip("/") else { return RecurringRule.Change(day: day, time: 7_200) }
        return time(upTo: 167).map { RecurringRule.Change(day: day, time: $0) }
    }

    private mutating func day() -> RecurringRule.Change.Day? {
        if skip("J") { return number(in: 1...365).map { .withoutLeapDay($0) } }
        guard skip("M") else { return number(in: 0...365).map { .ofYear($0) } }
        guard let month = number(in: 1...12), skip("."), let week = number(in: 1...5), skip("."),
            let day = number(in: 0...6)
        else { return nil }
        return .weekday(month: month, week: week, day: day)
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return range.contains(value) ? value : nil
    }
}
