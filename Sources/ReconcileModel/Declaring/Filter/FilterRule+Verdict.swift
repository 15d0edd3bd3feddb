extension FilterRule {
    /// Whether the rule leaves out every page that has a value in a property, whatever else the page has; nil: that depends.
    ///
    /// - Parameter property: as the declaration names it.
    package func verdict(on value: String, of property: String) -> Bool? {
        switch self {
        case .all(let rules):
            let verdicts = rules.map { $0.verdict(on: value, of: property) }
            if verdicts.contains(false) { return false }
            return verdicts.contains { $0 == nil } ? nil : true
        case .any(let rules):
            let verdicts = rules.map { $0.verdict(on: value, of: property) }
            if verdicts.contains(true) { return true }
            return verdicts.contains { $0 == nil } ? nil : false
        case .not(let rule): return rule.verdict(on: value, of: property).map { !$0 }
        case .condition(let condition):
            return condition.property == property ? condition.test.verdict(on: value) : nil
        }
    }
}

extension FilterTest {
    /// Of one option or text.
    fileprivate func verdict(on value: String) -> Bool? {
        let value = value.lowercased()
        return switch self {
        case .equals(let operands): operands.contains { $0.text.lowercased() == value }
        case .startsWith(let start): value.hasPrefix(start.lowercased())
        case .endsWith(let end): value.hasSuffix(end.lowercased())
        case .isEmpty: false
        case .opposite(let test): test.verdict(on: value).map { !$0 }
        // A multi-select may have others beside it.
        case .contains(let operand): operand.text.lowercased() == value ? true : nil
        case .date, .number: nil
        }
    }
}
