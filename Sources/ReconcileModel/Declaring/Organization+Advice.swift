/// What is allowed in a declaration and seldom meant.
extension Organization {
    /// Each with its place; none is a mistake.
    package var advice: [Diagnostic] {
        guard case .rule(let rule)? = filter else { return [] }
        let dates = [properties.date ?? EventField.start.usualColumn, properties.end]
        return rule.conditions.filter { dates.contains($0.property) && $0.test.isRelativeDate }.map { condition in
            Diagnostic(
                location: condition.source,
                message:
                    "the filter \"\(condition)\" takes events out of the calendar as time passes: they are deleted",
                hint: "to leave events of other times alone, use window:"
            )
        }
    }
}

extension FilterTest {
    fileprivate var isRelativeDate: Bool {
        switch self {
        case .date(_, let day): day.isRelative
        case .opposite(let test): test.isRelativeDate
        case .equals(let operands): operands.contains { FilterDay($0.text)?.isRelative ?? false }
        case .contains, .startsWith, .endsWith, .isEmpty, .number: false
        }
    }
}
