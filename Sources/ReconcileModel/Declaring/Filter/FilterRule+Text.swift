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
    package var key: String { asked(isOpposite: false).rawValue }

    private func asked(isOpposite: Bool) -> FilterOperator {
        switch self {
        case .equals(let operands) where operands.count == 1: isOpposite ? .differs : .equals
        case .equals: isOpposite ? .isNotIn : .isIn
        case .contains: isOpposite ? .doesNotContain : .contains
        case .startsWith: .startsWith
        case .endsWith: .endsWith
        case .isEmpty: .empty
        case .date(.less, _): .before
        case .date(.greater, _): .after
        case .date(.atMost, _): .onOrBefore
        case .date(.atLeast, _): .onOrAfter
        case .number(.less, _), .number(.atMost, _): .lessThan
        case .number(.greater, _), .number(.atLeast, _): .greaterThan
        case .opposite(let test): test.asked(isOpposite: !isOpposite)
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
