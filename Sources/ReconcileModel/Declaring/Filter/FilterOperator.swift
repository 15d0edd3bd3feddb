/// What may be asked of a property, by the keys that ask it.
package enum FilterOperator: String, CaseIterable, Sendable {
    case equals = "is"
    case differs = "is_not"
    case isIn = "in"
    case isNotIn = "not_in"
    case contains
    case doesNotContain = "does_not_contain"
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case empty
    case before, after
    case onOrBefore = "on_or_before"
    case onOrAfter = "on_or_after"
    case lessThan = "less_than"
    case greaterThan = "greater_than"
}
