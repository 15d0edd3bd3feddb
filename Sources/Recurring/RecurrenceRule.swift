import ReconcileModel

/// A recurrence rule of RFC 5545, as far as it is understood the same way everywhere.
///
/// <https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10>
package struct RecurrenceRule: Hashable, Sendable {
    package enum Frequency: String, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// When a rule ends, as it is written.
    enum Until: Hashable, Sendable {
        case day(CivilDate)
        /// Of whatever zone the series has.
        case wall(WallTime)
        case instant(Timestamp)
    }

    enum Name: String, CaseIterable, Sendable {
        case frequency = "FREQ"
        case interval = "INTERVAL"
        case count = "COUNT"
        case until = "UNTIL"
        case month = "BYMONTH"
        case monthDay = "BYMONTHDAY"
        case yearDay = "BYYEARDAY"
        case day = "BYDAY"
        case position = "BYSETPOS"
        case weekStart = "WKST"
    }

    static let weekdays = CivilDate.weekdayCodes

    private(set) var frequency = Frequency.daily
    private(set) var interval = 1
    private(set) var count: Int?
    private(set) var until: Until?
    private(set) var months: [Int] = []
    private(set) var monthDays: [Int] = []
    /// `MO`, `-1FR`
    private(set) var days: [String] = []
    private(set) var positions: [Int] = []
    /// Monday is 0.
    private(set) var weekStart = 0
    /// Name and value of each part, in the order in which they are written.
    private var parts: [Name: String] = [:]
    private var order: [Name] = []

    private static let longestText = 1_000
    private static let largestInterval = 1_000
    private static let largestCount = 5_000

    /// - Parameter text: without `RRULE:`.
    init(_ text: String) throws(RecurrenceProblem) {
        guard text.utf8.count <= Self.longestText else {
            throw RecurrenceProblem("the rule is longer than \(Self.longestText) characters")
        }
        for part in text.uppercased().split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, let word = pair.first, let value = pair.last else {
                throw RecurrenceProblem("\"\(part)\" is no part of a rule")
            }
            let name = try Self.name(word)
            guard parts.updateValue(value, forKey: name) == nil else {
                throw RecurrenceProblem("\(word) is given more than once")
            }
            order.append(name)
            try take(name, value)
        }
        guard parts[.frequency] != nil else { throw RecurrenceProblem("FREQ is missing") }
        guard count == nil || until == nil else { throw RecurrenceProblem("COUNT and UNTIL exclude each other") }
        try checkCombination()
    }

    /// The rule with its name, with another end.
    func line(until: String? = nil) -> String {
        let parts = order.compactMap { name -> String? in
            switch (name, until) {
            case (.until, let until?), (.count, let until?): "UNTIL=\(until)"
            default: self.parts[name].map { "\(name.rawValue)=\($0)" }
            }
        }
        return "RRULE:\(parts.joined(separator: ";"))"
    }

    /// For libical: the parts that say on which days, one after another; its end and its interval are counted elsewhere.
    func value(of name: Name) -> String? { parts[name] }

    func has(_ name: Name) -> Bool { parts[name] != nil }
}

// Reading.
extension RecurrenceRule {
    private static func name(_ word: String) throws(RecurrenceProblem) -> Name {
        if let name = Name(rawValue: word) { return name }
        switch word {
        case "BYHOUR", "BYMINUTE", "BYSECOND":
            throw RecurrenceProblem("\(word) is not understood: the time of day is that of the date")
        case "BYWEEKNO": throw RecurrenceProblem("BYWEEKNO is not understood")
        default: throw RecurrenceProblem("\"\(word)\" is no part of a rule that is understood")
        }
    }

    private mutating func take(_ name: Name, _ value: String) throws(RecurrenceProblem) {
        switch name {
        case .frequency:
            guard let frequency = Frequency(rawValue: value) else {
                let isOften = ["SECONDLY", "MINUTELY", "HOURLY"].contains(value)
                let words = "DAILY, WEEKLY, MONTHLY and YEARLY are understood"
                throw RecurrenceProblem(isOften ? "\(value) is too often: \(words)" : "FREQ is \"\(value)\": \(words)")
            }
            self.frequency = frequency
        case .interval: interval = try Self.number(name, value, in: 1...Self.largestInterval)
        case .count: count = try Self.number(name, value, in: 1...Self.largestCount)
        case .until: until = try Self.until(value)
        case .month: months = try Self.numbers(name, value, upTo: 12, negative: false)
        case .monthDay: monthDays = try Self.numbers(name, value, upTo: 31)
        case .yearDay: _ = try Self.numbers(name, value, upTo: 366)
        case .position: positions = try Self.numbers(name, value, upTo: 366)
        case .day: days = try Self.days(value)
        case .weekStart:
            guard let day = Self.weekdays.firstIndex(of: value) else {
                throw RecurrenceProblem("WKST is \"\(value)\", expected one of \(Self.weekdays.joined(separator: " "))")
            }
            weekStart = day
        }
    }

    private static func number(
        _ name: Name,
        _ value: String,
        in range: ClosedRange<Int>
    ) throws(RecurrenceProblem) -> Int {
        guard let number = Int(value), range.contains(number), value.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw RecurrenceProblem(
                "\(name.rawValue) is \"\(value)\", expected a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    private static func numbers(
        _ name: Name,
        _ value: String,
        upTo most: Int,
        negative: Bool = true
    ) throws(RecurrenceProblem) -> [Int] {
        var numbers: [Int] = []
        for item in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(item), number != 0, negative || number > 0, (-most...most).contains(number) else {
                let range = negative ? "1 to \(most) or -\(most) to -1" : "1 to \(most)"
                throw RecurrenceProblem("\(name.rawValue) has \"\(item)\", expected \(range)")
            }
            numbers.append(number)
        }
        return numbers
    }

    private static func days(_ value: String) throws(RecurrenceProblem) -> [String] {
        var days: [String] = []
        for item in value.split(separator: ",", omittingEmptySubsequences: false) {
            let (number, day) = (item.dropLast(2), String(item.suffix(2)))
            guard weekdays.contains(day), number.isEmpty || Int(number).map({ $0 != 0 && $0.magnitude <= 53 }) ?? false
            else {
                throw RecurrenceProblem(
                    "BYDAY has \"\(item)\", expected days such as \(weekdays.joined(separator: " ")), or 1MO and -1FR"
                )
            }
            days.append(String(item.first == "+" ? item.dropFirst() : item))
        }
        return days
    }

    /// `20261201`, `20261201T180000` or `20261201T180000Z`.
    private static func until(_ value: String) throws(RecurrenceProblem) -> Until {
        guard let until = BasicTime(value) else {
            throw RecurrenceProblem("UNTIL is \"\(value)\", expected a day such as 20261201")
        }
        return switch until {
        case .day(let day): .day(day)
        case .wall(let wall): .wall(wall)
        case .instant(let instant): .instant(instant)
        }
    }
}
