import NotionAPI
import ReconcileModel

/// Finds the properties that a filter names, and holds what it asks against their types and options.
struct FilterResolution {
    let lookup: PropertyLookup

    /// - Throws: where a property or an option does not exist, or a property cannot be asked so. A filter must never take
    ///   events away because somebody renamed something.
    func filter(_ rule: FilterRule) throws(Failure) -> PageFilter {
        switch rule {
        case .all(let rules): return .all(try filters(rules))
        case .any(let rules): return .any(try filters(rules))
        case .not(let rule): return .not(try filter(rule))
        case .condition(let condition):
            let column = try lookup.asked(condition.property, at: condition.source)
            try check(condition.test, of: column, at: condition.source)
            return .test(column, condition.test)
        }
    }

    /// The properties that a filter of Notion's own asks for, each once.
    ///
    /// - Throws: where one does not exist, or has not the option that it is asked for: then no page would pass.
    func columns(_ raw: RawFilter) throws(Failure) -> [PropertySchema] {
        var columns: [PropertySchema] = []
        for condition in raw.conditions {
            let column = try lookup.asked(condition.property, at: raw.source)
            for option in condition.options {
                try lookup.check(
                    option,
                    of: column,
                    at: raw.source,
                    asker: "the filter asks for",
                    isExact: true
                )
            }
            columns.append(column)
        }
        return columns.unique
    }

    private func filters(_ rules: [FilterRule]) throws(Failure) -> [PageFilter] {
        var filters: [PageFilter] = []
        for rule in rules { filters.append(try filter(rule)) }
        return filters
    }

    private func check(_ test: FilterTest, of column: PropertySchema, at place: SourceLocation) throws(Failure) {
        let possible = FilterQuestion.possible(of: column.type)
        guard possible.contains(FilterQuestion(test)) else {
            let words = possible.flatMap(\.operators).map(\.rawValue)
            throw Failure(
                code: "property_type",
                message:
                    "\(place): the property \"\(column.name)\" has the type \(column.type), of which "
                    + "\"\(test.key)\" cannot be asked.",
                hint: words.isEmpty
                    ? "Ask for another property." : "What can be asked of it: \(words.joined(separator: ", "))."
            )
        }
        switch test {
        case .equals(let operands): for operand in operands { try check(operand, of: column, at: place) }
        case .contains(let operand): try check(operand, of: column, at: place)
        case .opposite(let test): try check(test, of: column, at: place)
        case .startsWith, .endsWith, .isEmpty, .date, .number: break
        }
    }

    /// What kind of value fits a column is known but for formulas and rollups.
    private func check(
        _ operand: FilterOperand,
        of column: PropertySchema,
        at place: SourceLocation
    ) throws(Failure) {
        func wrong(_ expected: String) -> Failure {
            Failure(
                code: "property_value",
                message:
                    "\(place): the filter compares \"\(column.name)\", of type \(column.type), with \"\(operand.text)\".",
                hint: "Give \(expected)."
            )
        }
        switch column.type {
        case .select, .multiSelect, .status:
            try lookup.check(operand.text, of: column, at: place, asker: "the filter asks for")
        case .number:
            guard case .number = operand.kind else { throw wrong("a number, without quotation marks") }
            return
        case .checkbox:
            guard case .truth = operand.kind else { throw wrong("true or false") }
            return
        case .date, .createdTime, .lastEditedTime:
            guard FilterDay(operand.text) == nil else { return }
            throw wrong("a day such as 2026-12-01, today, -30d or +6mo")
        case .uniqueID:
            let digits = operand.text.split(separator: "-").last ?? ""
            guard Int(digits) == nil else { return }
            throw wrong("an id such as EV-3, or its number")
        case .relation:
            guard PageID(parsing: operand.text) == nil else { return }
            throw wrong("the id or the address of a page")
        default: return
        }
    }
}

/// What conditions ask, without the values they ask for.
enum FilterQuestion: CaseIterable {
    case equals, contains, affix, isEmpty, date, number

    init(_ test: FilterTest) {
        switch test {
        case .equals: self = .equals
        case .contains: self = .contains
        case .startsWith, .endsWith: self = .affix
        case .isEmpty: self = .isEmpty
        case .date: self = .date
        case .number: self = .number
        case .opposite(let test): self = FilterQuestion(test)
        }
    }

    /// The keys that ask it.
    var operators: [FilterOperator] {
        switch self {
        case .equals: [.equals, .differs, .isIn, .isNotIn]
        case .contains: [.contains, .doesNotContain]
        case .affix: [.startsWith, .endsWith]
        case .isEmpty: [.empty]
        case .date: [.before, .after, .onOrBefore, .onOrAfter]
        case .number: [.lessThan, .greaterThan]
        }
    }

    static func possible(of type: PropertyType) -> [FilterQuestion] {
        switch type {
        case .title, .richText, .url, .email, .phoneNumber: [.equals, .contains, .affix, .isEmpty]
        case .select, .status: [.equals, .isEmpty]
        case .multiSelect, .people, .relation, .createdBy, .lastEditedBy: [.contains, .isEmpty]
        case .number, .uniqueID: [.equals, .number, .isEmpty]
        case .checkbox: [.equals]
        case .date, .createdTime, .lastEditedTime: [.equals, .date, .isEmpty]
        case .formula, .rollup: allCases
        case .files, .place, .verification: [.isEmpty]
        default: []
        }
    }
}
