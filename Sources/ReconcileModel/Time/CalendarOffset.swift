/// A number of days, weeks, months or years, as declarations write it: `90d`, `2w`, `6mo`, `1y`.
package struct CalendarOffset: Hashable, Codable, Sendable {
    package enum Unit: String, CaseIterable, Codable, Sendable {
        case day = "d"
        case week = "w"
        case month = "mo"
        case year = "y"

        /// So many of them make a hundred years, about: no more can be declared.
        package var century: Int {
            switch self {
            case .day: 36_525
            case .week: 5_218
            case .month: 1_200
            case .year: 100
            }
        }
    }

    /// Negative: before.
    package var count: Int
    package var unit: Unit

    package init(_ count: Int, _ unit: Unit) { (self.count, self.unit) = (count, unit) }

    /// Reads a number without sign and its unit, at most a hundred years.
    package init?(_ text: some StringProtocol) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), let unit = Unit(rawValue: String(text.dropFirst(digits.count))),
            count <= unit.century
        else { return nil }
        self.init(count, unit)
    }

    /// Reads `-30d` or `+6mo`: the sign is part of it.
    package init?(signed text: some StringProtocol) {
        guard let sign = text.first, sign == "-" || sign == "+", let offset = CalendarOffset(text.dropFirst()) else {
            return nil
        }
        self.init(sign == "-" ? -offset.count : offset.count, offset.unit)
    }
}

extension CalendarOffset {
    /// As far, the other way.
    package var negated: CalendarOffset { CalendarOffset(-count, unit) }
}

extension CalendarOffset: CustomStringConvertible {
    package var description: String { "\(count)\(unit.rawValue)" }
}

extension CivilDate {
    /// The day so much later, in calendar units: a day that its month does not have is the last one of it.
    package func adding(_ offset: CalendarOffset) -> CivilDate {
        switch offset.unit {
        case .day: adding(days: offset.count)
        case .week: adding(days: 7 * offset.count)
        case .month: adding(months: offset.count)
        case .year: adding(months: 12 * offset.count)
        }
    }

    private func adding(months: Int) -> CivilDate {
        let month = year * 12 + self.month - 1 + months
        let (year, index) = month.quotientAndRemainder(dividingBy: 12)
        guard month >= 0 else { return CivilDate(daysSince1970: .min / 2) }
        return (0..<4).lazy.compactMap { CivilDate(year: year, month: index + 1, day: self.day - $0) }.first
            ?? CivilDate(daysSince1970: .max / 2)
    }
}
