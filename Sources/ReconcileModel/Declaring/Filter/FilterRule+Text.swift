extension FilterRule: CustomStringConvertible {
    /// On one line: `Published is true, and (Type is Workshop or Tags contains Public)`.
    package var description: String {
        switch self {
        case .all(let rules): rules.map(\.member).joined(separator: " and ")
        case .any(let rules): rules.map(\.member).joined(separator: " or ")
        case .not(let rule): "not \(rule.member)"
        case .condition(let condition): condition.description
        }
    }

    /// As a part of another.
    private var member: String {
        switch self {
        case .all(let rules), .any(let rules): rules.count > 1 ? "(\(self))" : "\(self)"
        case .not, .condition: description
        }
    }
}

extension FilterCondition: CustomStringConvertible {
    package var description: String { "\(property) \(test)" }
}

extension FilterTest: CustomStringConvertible {
    package var description: String {
        switch self {
        case .isEmpty: "is empty"
        case .opposite(.isEmpty): "is not empty"
        default: "\(key) \(operand)"
        }
    }

    /// The key that it is written with.
    package var key: String { key(isOpposite: false) }

    private func key(isOpposite: Bool) -> String {
        switch self {
        case .equals(let operands) where operands.count == 1: isOpposite ? "is_not" : "is"
        case .equals: isOpposite ? "not_in" : "in"
        case .contains: isOpposite ? "does_not_contain" : "contains"
        case .startsWith: "starts_with"
        case .endsWith: "ends_with"
        case .isEmpty: "empty"
        case .date(let order, _): order.dateKey
        case .number(let order, _): order.numberKey
        case .opposite(let test): test.key(isOpposite: !isOpposite)
        }
    }

    private var operand: String {
        switch self {
        case .equals(let operands) where operands.count == 1: operands.map(\.text).joined()
        case .equals(let operands): "[\(operands.map(\.text).joined(separator: ", "))]"
        case .contains(let operand): operand.text
        case .startsWith(let text), .endsWith(let text): text
        case .isEmpty: "true"
        case .date(_, let day): day.description
        case .number(_, let number): FilterOperand.text(number)
        case .opposite(let test): test.operand
        }
    }
}

extension FilterOrder {
    fileprivate var dateKey: String {
        switch self {
        case .less: "before"
        case .greater: "after"
        case .atMost: "on_or_before"
        case .atLeast: "on_or_after"
        }
    }

    fileprivate var numberKey: String {
        switch self {
        case .less: "less_than"
        case .greater: "greater_than"
        case .atMost: "less_than"
        case .atLeast: "greater_than"
        }
    }
}

extension FilterOperand {
    /// A number without a needless fraction.
    fileprivate static func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}

extension FilterDay: CustomStringConvertible {
    package var description: String {
        switch self {
        case .date(let date): date.description
        case .fromToday(let offset) where offset.count == 0: "today"
        case .fromToday(let offset): offset.count > 0 ? "+\(offset)" : offset.description
        }
    }
}
