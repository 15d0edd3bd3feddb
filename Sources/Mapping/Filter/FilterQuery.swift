import JSON
import NotionAPI
import ReconcileModel

/// The part of a filter that is sent with a query.
///
/// It may let pages pass that the filter does not take, never the other way round: of each page that Notion lists, the
/// decision is made here. So only what Notion certainly evaluates alike is sent. Left out are texts (how Notion folds case
/// is not documented), what formulas and rollups give, opposites (whether they hold of empty values is not documented), and
/// people; dates are sent with two days to spare and only where they are bounded below, since days of ranges and zones may be
/// taken otherwise there.
struct FilterQuery {
    /// In the organization's zone.
    let today: CivilDate

    /// More members than this are not sent.
    private static let longestGroup = 50
    private static let daysToSpare = 2

    /// At most two levels deep, as Notion takes it; nil: nothing of it can be sent.
    func query(_ filter: PageFilter) -> JSON? { condition(filter).flatMap { flat($0) } }

    /// A condition that holds wherever the filter does, as deep as it may be.
    private func condition(_ filter: PageFilter) -> JSON? {
        switch filter {
        case .all(let filters): return Self.group("and", filters.compactMap(condition))
        case .any(let filters):
            let conditions = filters.map(condition)
            return conditions.contains { $0 == nil } ? nil : Self.group("or", conditions.compactMap(\.self))
        case .not(.not(let filter)): return condition(filter)
        case .not(.all(let filters)): return condition(.any(filters.map(PageFilter.not)))
        case .not(.any(let filters)): return condition(.all(filters.map(PageFilter.not)))
        case .not(.test(let column, let test)): return condition(column, test.opposed)
        case .test(let column, let test): return condition(column, test)
        }
    }

    private func condition(_ column: PropertySchema, _ test: FilterTest) -> JSON? {
        let type = column.type
        func asks(_ condition: JSON) -> JSON {
            if type == .createdTime || type == .lastEditedTime {
                return .object(["timestamp": .string(type.rawValue), type.rawValue: condition])
            }
            return .object(["property": .string(column.name), type.rawValue: condition])
        }
        switch (type, test) {
        case (.select, .equals(let operands)), (.status, .equals(let operands)):
            return any(options(operands, of: column).map { asks(["equals": .string($0)]) })
        case (.multiSelect, .contains(let operand)):
            return any(options([operand], of: column).map { asks(["contains": .string($0)]) })
        case (.checkbox, .equals(let operands)):
            return any(operands.compactMap(\.truth).map { asks(["equals": .bool($0)]) })
        case (.checkbox, .opposite(.equals(let operands))):
            let others = [true, false].filter { !operands.compactMap(\.truth).contains($0) }
            return any(others.map { asks(["equals": .bool($0)]) })
        case (.number, .equals(let operands)):
            return any(operands.compactMap(\.number).map { asks(["equals": $0]) })
        case (.number, .number(let order, let bound)), (.uniqueID, .number(let order, let bound)):
            return asks([order == .less ? "less_than" : "greater_than": .of(bound)])
        case (.relation, .contains(let operand)):
            return PageID(parsing: operand.text).map { asks(["contains": .string($0.rawValue)]) }
        case (.select, .isEmpty): return asks(["is_empty": true])
        // A status that nobody set may be shown as the first option: what its emptiness means is not sent.
        case (.select, .opposite(.isEmpty)), (.multiSelect, .opposite(.isEmpty)),
            (.date, .opposite(.isEmpty)), (.number, .opposite(.isEmpty)):
            return asks(["is_not_empty": true])
        case (.date, .date(let order, let day)), (.createdTime, .date(let order, let day)),
            (.lastEditedTime, .date(let order, let day)):
            guard order == .greater || order == .atLeast else { return nil }
            let day = day.date(today: today).adding(days: -Self.daysToSpare)
            return asks(["on_or_after": .string(day.description)])
        default: return nil
        }
    }

    /// The options that are meant, as the schema has them.
    private func options(_ operands: [FilterOperand], of column: PropertySchema) -> [String] {
        let wanted = Set(operands.map { $0.text.lowercased() })
        return column.options.filter { wanted.contains($0.lowercased()) }
    }

    private func any(_ conditions: [JSON]) -> JSON? { Self.group("or", conditions) }

    /// Groups of the same kind within are taken in.
    private static func group(_ name: String, _ members: [JSON]) -> JSON? {
        let members = members.flatMap { $0.filterMembers(of: name) ?? [$0] }
        guard members.count <= longestGroup else { return nil }
        return members.count > 1 ? .object([name: .array(members)]) : members.first
    }

    /// Without what is too deep for Notion: conditions of an `and` may be left out, for more pages pass then.
    private func flat(_ condition: JSON) -> JSON? {
        guard condition.filterDepth > JSON.deepestFilter else { return condition }
        if let members = condition.filterMembers(of: "and") {
            return Self.group("and", members.filter { $0.filterDepth < JSON.deepestFilter })
        }
        guard let members = condition.filterMembers(of: "or") else { return nil }
        let flattened = members.map { member in
            member.filterDepth < JSON.deepestFilter
                ? member
                : member.filterMembers(of: "and").flatMap { Self.group("and", $0.filter { $0.filterDepth == 0 }) }
        }
        return flattened.contains { $0 == nil } ? nil : Self.group("or", flattened.compactMap(\.self))
    }
}

extension FilterTest {
    /// The exact opposite.
    fileprivate var opposed: FilterTest {
        if case .opposite(let test) = self { return test }
        return .opposite(self)
    }
}

extension FilterOperand {
    fileprivate var truth: Bool? { if case .truth(let value) = kind { value } else { nil } }

    fileprivate var number: JSON? { if case .number(let value) = kind { .of(value) } else { nil } }
}

extension JSON {
    /// A number without a needless fraction.
    fileprivate static func of(_ number: Double) -> JSON { Int(exactly: number).map(JSON.integer) ?? .number(number) }
}
