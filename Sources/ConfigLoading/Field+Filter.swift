import JSON
import ReconcileModel

// `filter:`: conditions, and groups of them.
extension Field {
    fileprivate static let groupKeys = ["all", "any", "not"]
    fileprivate static let rawKey = "notion"
    fileprivate static let propertyKey = "property"

    /// Keys that may stand in a filter; what is behind them the filter reads itself.
    fileprivate static func filterKeys(isTop: Bool) -> [KeyRow] {
        let names = groupKeys + (isTop ? [rawKey] : []) + [propertyKey] + FilterOperator.allCases.map(\.rawValue)
        return names.map { name in
            KeyRow(
                key: DeclarationKey(path: "filter.\(name)", meaning: "", value: .text),
                shows: { _ in .none("") },
                reads: { _, _, _ in }
            )
        }
    }
}

extension Problems {
    private static let example = "{property: Status, is: Confirmed}"

    /// - Returns: nil where anything in it is wrong, which is noted.
    mutating func filter(_ field: Field) -> EventFilter? {
        if case .mapping(let entries) = field.node.content, let raw = entries.first(where: { $0.key == Field.rawKey }) {
            guard entries.count == 1 else {
                note(
                    field.problem(
                        "\"notion\" in \(field.quotedName) stands alone: what is beside it would not be asked",
                        hint: "write either a raw filter or conditions"
                    )
                )
                return nil
            }
            return value { () throws(Diagnostic) in
                try Field(name: "\(field.name).notion", node: raw.value).rawFilter()
            }
            .map(EventFilter.notion)
        }
        return rule(field, isTop: true).map(EventFilter.rule)
    }

    private mutating func rule(_ field: Field, isTop: Bool = false) -> FilterRule? {
        guard case .mapping(let given) = field.node.content else {
            note(field.mismatch("a condition, such as \(Self.example)"))
            return nil
        }
        guard !given.isEmpty else {
            note(field.problem("\(field.quotedName) must not be empty", hint: "write \(Self.example)"))
            return nil
        }
        // Notion's own words: the nearest key of ours would be the opposite of one of them.
        let groups = ["and": "all", "or": "any"]
        if let entry = given.first(where: { groups[$0.key] != nil }), let group = groups[entry.key] {
            note(
                Diagnostic(
                    location: entry.keyLocation,
                    message: "unknown key \"\(entry.key)\" in \(field.quotedName)",
                    hint: "write \(group): [{…}, {…}], or a filter of Notion's own under notion:"
                )
            )
            return nil
        }
        guard let entries = entries(of: field, Field.filterKeys(isTop: isTop)), entries.count == given.count else {
            return nil
        }
        let combined = entries.filter { Field.groupKeys.contains($0.row.key.name) }
        guard let (row, member) = combined.first else { return conditions(field, entries) }
        guard entries.count == 1 else {
            let others = entries.filter { $0.row.key.name != row.key.name }.map { "\"\($0.row.key.name)\"" }
            note(
                field.problem(
                    "\"\(row.key.name)\" in \(field.quotedName) stands alone, without \(others.joined(separator: ", "))",
                    hint: "put the conditions into one list: all: [{…}, {…}]"
                )
            )
            return nil
        }
        switch row.key.name {
        case "not": return rule(member).map(FilterRule.not)
        case "all": return rules(member).map(FilterRule.all)
        default: return rules(member).map(FilterRule.any)
        }
    }

    private mutating func rules(_ field: Field) -> [FilterRule]? {
        let items = value { () throws(Diagnostic) in
            try field.items(of: "a list of conditions", hint: "write [\(Self.example)]")
        }
        guard let items else { return nil }
        guard !items.isEmpty else {
            note(field.problem("\(field.quotedName) must not be empty", hint: "write [\(Self.example)]"))
            return nil
        }
        let rules = items.map { rule($0) }
        return rules.contains { $0 == nil } ? nil : rules.compactMap(\.self)
    }

    /// The conditions on one property; several hold together.
    private mutating func conditions(_ field: Field, _ entries: [(row: KeyRow, field: Field)]) -> FilterRule? {
        guard let name = entries.first(where: { $0.row.key.name == Field.propertyKey })?.field else {
            note(field.problem("missing key \"property\" in \(field.quotedName)", hint: "write \(Self.example)"))
            return nil
        }
        guard let property = value(name.line) else { return nil }
        var rules: [FilterRule] = []
        var isWhole = true
        for (row, field) in entries {
            guard let asked = FilterOperator(rawValue: row.key.name) else { continue }
            guard let test = value({ () throws(Diagnostic) in try field.test(asked) }) else {
                isWhole = false
                continue
            }
            rules.append(.condition(FilterCondition(property, test, source: name.node.location)))
        }
        guard isWhole else { return nil }
        guard let first = rules.first else {
            note(
                field.problem(
                    "\(field.quotedName) asks nothing of \(Excerpt.quoted(property))",
                    hint: "add one of \(FilterOperator.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            )
            return nil
        }
        return rules.count == 1 ? first : .all(rules)
    }
}

extension Field {
    fileprivate func test(_ asked: FilterOperator) throws(Diagnostic) -> FilterTest {
        switch asked {
        case .equals: .equals([try operand()])
        case .differs: .opposite(.equals([try operand()]))
        case .isIn: .equals(try operands())
        case .isNotIn: .opposite(.equals(try operands()))
        case .contains: .contains(try operand())
        case .doesNotContain: .opposite(.contains(try operand()))
        case .startsWith: .startsWith(try text())
        case .endsWith: .endsWith(try text())
        case .empty: try boolean() ? .isEmpty : .opposite(.isEmpty)
        case .before: .date(.less, try day())
        case .after: .date(.greater, try day())
        case .onOrBefore: .date(.atMost, try day())
        case .onOrAfter: .date(.atLeast, try day())
        case .lessThan: .number(.less, try number())
        case .greaterThan: .number(.greater, try number())
        }
    }

    /// One value to compare with.
    private func operand() throws(Diagnostic) -> FilterOperand {
        guard case .scalar(let scalar) = node.content else {
            throw mismatch("one value", hint: name.hasSuffix(".is") ? "for several write in: […]" : nil)
        }
        guard scalar.meaning != .null else {
            throw problem("\(quotedName) has no value", hint: "for pages without one write empty: true")
        }
        let text = try text("a value")
        switch scalar.meaning {
        case .boolean(let value): return FilterOperand(text, .truth(value))
        case .integer, .number: return FilterOperand(text, Double(text).map { .number($0) } ?? .text)
        case .null, .text: return FilterOperand(text)
        }
    }

    private func operands() throws(Diagnostic) -> [FilterOperand] {
        let items = try items(of: "a list of values", hint: "write [\(plainText ?? "Confirmed")]")
        guard !items.isEmpty else { throw problem("\(quotedName) must not be empty") }
        var operands: [FilterOperand] = []
        for item in items { operands.append(try item.operand()) }
        return operands
    }

    private func day() throws(Diagnostic) -> FilterDay {
        let expected = "a day such as 2026-12-01, today, -30d or +6mo"
        let text = try text(expected)
        if let day = FilterDay(text) { return day }
        throw mismatch(expected, hint: Self.dayHint(text))
    }

    private static func dayHint(_ text: String) -> String? {
        switch text.lowercased() {
        case "now", "today": return "write today"
        case "tomorrow": return "write +1d"
        case "yesterday": return "write -1d"
        default: break
        }
        if CalendarOffset(text) != nil { return "write -\(text) for days that are past, +\(text) for days to come" }
        // A day with a time behind it.
        if CivilDate(text.prefix(10)) != nil { return "write \(text.prefix(10)): conditions are about days" }
        return nil
    }

    private func number() throws(Diagnostic) -> Double {
        let expected = "a number"
        let text = try text(expected)
        guard case .scalar(let scalar) = node.content, let number = Double(text), number.isFinite else {
            throw mismatch(expected)
        }
        switch scalar.meaning {
        case .integer, .number: return number
        case .null, .boolean, .text: throw mismatch(expected, hint: "write \(text), without quotation marks")
        }
    }

    /// A filter in Notion's own form.
    fileprivate func rawFilter() throws(Diagnostic) -> RawFilter {
        let hint = "write {property: Status, select: {equals: Confirmed}}"
        guard case .mapping(let entries) = node.content else { throw mismatch("a filter of Notion's", hint: hint) }
        guard entries.contains(where: { ["and", "or", "property", "timestamp"].contains($0.key) }) else {
            throw problem("\(quotedName) has none of the keys and, or, property, timestamp", hint: hint)
        }
        let filter = try json(of: node)
        guard filter.filterDepth <= JSON.deepestFilter else {
            throw problem(
                "\(quotedName) nests its groups more than \(JSON.deepestFilter) levels deep, which Notion refuses",
                hint: "write it with fewer levels, or as conditions without notion:"
            )
        }
        return RawFilter(filter, source: node.location)
    }

    private func json(of node: YAMLNode) throws(Diagnostic) -> JSON {
        switch node.content {
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: return .null
            case .boolean(let value): return .bool(value)
            case .integer(let value): return .integer(value)
            case .number:
                guard let value = Double(scalar.text), value.isFinite else {
                    throw Field(name: name, node: node).mismatch("a number that JSON can hold")
                }
                return .number(value)
            case .text: return .string(scalar.text)
            }
        case .sequence(let nodes):
            var values: [JSON] = []
            for node in nodes { values.append(try json(of: node)) }
            return .array(values)
        case .mapping(let entries):
            var members = JSON.Members()
            for entry in entries { members[entry.key] = try json(of: entry.value) }
            return .object(members)
        }
    }
}
