/// What a page must meet to become an event: conditions on its properties, combined.
package indirect enum FilterRule: Hashable, Codable, Sendable {
    case all([FilterRule])
    case any([FilterRule])
    case not(FilterRule)
    case condition(FilterCondition)

    /// Every condition in it, in the order of the declaration.
    package var conditions: [FilterCondition] {
        switch self {
        case .all(let rules), .any(let rules): rules.flatMap(\.conditions)
        case .not(let rule): rule.conditions
        case .condition(let condition): [condition]
        }
    }
}

/// What one property must meet.
package struct FilterCondition: Hashable, Codable, Sendable {
    /// Its name or id.
    package var property: String
    package var test: FilterTest
    /// Where the property's name stands.
    package var source: SourceLocation

    package init(_ property: String, _ test: FilterTest, source: SourceLocation) {
        (self.property, self.test, self.source) = (property, test, source)
    }
}

/// What is asked of a property's value. Texts compare without regard to case.
package enum FilterTest: Hashable, Codable, Sendable {
    /// One of these: `is`, `in`.
    case equals([FilterOperand])
    case contains(FilterOperand)
    case startsWith(String)
    case endsWith(String)
    case isEmpty
    case date(FilterOrder, FilterDay)
    case number(FilterOrder, Double)
    /// The exact opposite: `is_not`, `not_in`, `does_not_contain`, `empty: false`.
    indirect case opposite(FilterTest)
}

/// How a date or a number stands to that of a condition: dates are before or after it.
package enum FilterOrder: Hashable, Codable, Sendable {
    case less, greater, atMost, atLeast

    /// Whether `value` stands so to `bound`.
    package func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
        switch self {
        case .less: value < bound
        case .greater: value > bound
        case .atMost: value <= bound
        case .atLeast: value >= bound
        }
    }
}

/// A value that a condition compares with, as the declaration has it.
package struct FilterOperand: Hashable, Codable, Sendable {
    package enum Kind: Hashable, Codable, Sendable {
        case text
        case number(Double)
        case truth(Bool)
    }

    /// As it is written.
    package var text: String
    package var kind: Kind

    package init(_ text: String, _ kind: Kind = .text) { (self.text, self.kind) = (text, kind) }
}

/// A day that a condition compares with.
package enum FilterDay: Hashable, Codable, Sendable {
    case date(CivilDate)
    /// So far from the day of the run, in the organization's zone; `today` is no day from it.
    case fromToday(CalendarOffset)

    /// Reads `2026-12-01`, `today`, `-30d` or `+6mo`.
    package init?(_ text: String) {
        if text == "today" {
            self = .fromToday(CalendarOffset(0, .day))
        } else if let date = CivilDate(text) {
            self = .date(date)
        } else if let offset = CalendarOffset(signed: text) {
            self = .fromToday(offset)
        } else {
            return nil
        }
    }

    package func date(today: CivilDate) -> CivilDate {
        switch self {
        case .date(let date): date
        case .fromToday(let offset): today.adding(offset)
        }
    }

    package var isRelative: Bool { if case .fromToday = self { true } else { false } }
}
