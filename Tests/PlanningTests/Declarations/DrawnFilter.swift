import NotionAPI
import ReconcileModel
import TestSupport

/// A filter as it was made up.
indirect enum DrawnFilter: Hashable {
    case all([DrawnFilter])
    case any([DrawnFilter])
    case not(DrawnFilter)
    /// Several conditions on one column hold together.
    case tests(DrawnColumn, byID: Bool, [Test])

    struct Test: Hashable {
        var key: FilterOperator
        var operands: [Operand]
    }

    enum Operand: Hashable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case day(Int)
        case today
        case offset(Int, String)
        case page(Int)
    }

    var columns: Set<DrawnColumn> {
        switch self {
        case .all(let filters), .any(let filters): Set(filters.flatMap(\.columns))
        case .not(let filter): filter.columns
        case .tests(let column, _, _): [column]
        }
    }

    var keys: Set<FilterOperator> {
        switch self {
        case .all(let filters), .any(let filters): Set(filters.flatMap(\.keys))
        case .not(let filter): filter.keys
        case .tests(_, _, let tests): Set(tests.map(\.key))
        }
    }

    var yaml: String {
        switch self {
        case .all(let filters): "{all: [\(filters.map(\.yaml).joined(separator: ", "))]}"
        case .any(let filters): "{any: [\(filters.map(\.yaml).joined(separator: ", "))]}"
        case .not(let filter): "{not: \(filter.yaml)}"
        case .tests(let column, let byID, let tests):
            "{property: \(DrawnDeclaration.quoted(byID ? column.id : column.rawValue)), "
                + "\(tests.map(\.yaml).joined(separator: ", "))}"
        }
    }
}

extension DrawnFilter.Test {
    var yaml: String {
        let texts = operands.map(\.yaml)
        let isList = key == .isIn || key == .isNotIn
        return "\(key.rawValue): \(isList ? "[\(texts.joined(separator: ", "))]" : texts.joined())"
    }
}

extension DrawnFilter.Operand {
    var yaml: String {
        switch self {
        case .text(let text): DrawnDeclaration.quoted(text)
        case .number(let number): String(number)
        case .flag(let isSet): String(isSet)
        case .day(let day): ReferenceTime.text(day: day)
        case .today: "today"
        case .offset(let count, let unit): DrawnDeclaration.quoted("\(count < 0 ? "-" : "+")\(abs(count))\(unit)")
        case .page(let number): DrawnDeclaration.quoted(PageID.number(number).rawValue)
        }
    }
}

/// True, false, or nil where what is asked was not shown.
extension DrawnFilter {
    func takes(_ page: DrawnPage, today: Int, zone: String) -> Bool? {
        switch self {
        case .all(let filters): return Self.all(filters.map { $0.takes(page, today: today, zone: zone) })
        case .any(let filters): return Self.any(filters.map { $0.takes(page, today: today, zone: zone) })
        case .not(let filter): return filter.takes(page, today: today, zone: zone).map { !$0 }
        case .tests(let column, _, let tests):
            let asked = Asked(value: page[column], column: column, today: today, zone: zone)
            return Self.all(tests.map { asked.answer($0.key, $0.operands) })
        }
    }

    static func all(_ answers: [Bool?]) -> Bool? {
        if answers.contains(false) { return false }
        return answers.contains(nil) ? nil : true
    }

    static func any(_ answers: [Bool?]) -> Bool? {
        if answers.contains(true) { return true }
        return answers.contains(nil) ? nil : false
    }

    /// One column of one page, asked something.
    private struct Asked {
        var value: DrawnValue
        var column: DrawnColumn
        var today: Int
        var zone: String

        func answer(_ key: FilterOperator, _ operands: [Operand]) -> Bool? {
            // An option that the database has not.
            if case .options(let names) = value, names.contains(where: { !column.options.contains($0) }) { return nil }
            switch key {
            case .differs: return answer(.equals, operands).map { !$0 }
            case .isNotIn: return answer(.isIn, operands).map { !$0 }
            case .doesNotContain: return answer(.contains, operands).map { !$0 }
            case .isIn: return DrawnFilter.any(operands.map { answer(.equals, [$0]) })
            case .empty: return operands.first == .flag(isEmpty)
            default: return operands.first.flatMap { one(key, $0) }
            }
        }

        private func one(_ key: FilterOperator, _ operand: Operand) -> Bool? {
            switch value {
            case .text(let text): return ofText(text.lowercased(), key, operand)
            case .options(let names):
                guard case .text(let wanted) = operand else { return nil }
                return names.contains { $0.lowercased() == wanted.lowercased() }
            case .flag(let isSet): return .flag(isSet) == operand
            case .number(let number): return ofNumber(number, key, operand)
            case .date(let date): return date.map { ofDay($0, key, operand) } ?? false
            case .people(let users):
                guard case .text(let wanted) = operand else { return nil }
                return DrawnFilter.any(users.map { isMeant($0, wanted) })
            case .pages(let pages, let hasMore):
                guard case .page(let number) = operand else { return nil }
                return pages.contains(number) ? true : hasMore ? nil : false
            case .rule: return nil
            }
        }

        private func ofText(_ text: String, _ key: FilterOperator, _ operand: Operand) -> Bool? {
            // A formula that gives a text where a number is asked for.
            guard case .text(let wanted) = operand else { return nil }
            let asked = wanted.lowercased()
            return switch key {
            case .contains: text.contains(asked)
            case .startsWith: text.hasPrefix(asked)
            case .endsWith: text.hasSuffix(asked)
            default: text == asked
            }
        }

        private func ofNumber(_ number: Int?, _ key: FilterOperator, _ operand: Operand) -> Bool? {
            switch operand {
            case .number(let wanted):
                guard let number else { return false }
                return key == .lessThan ? number < wanted : key == .greaterThan ? number > wanted : number == wanted
            case .text(let text):
                // `EV-3`
                return number.map { "ev-\($0)" == text.lowercased() } ?? false
            default: return nil
            }
        }

        private func ofDay(_ date: DrawnDate, _ key: FilterOperator, _ operand: Operand) -> Bool? {
            guard date.garbage == nil else { return nil }
            let day =
                switch date.start.resolved(date.zone) {
                case .day(let day): day
                case .instant(let instant): ReferenceTime.wall(instant, in: zone).day
                }
            let bound: Int
            switch operand {
            case .day(let day): bound = day
            case .today: bound = today
            case .offset(let count, let unit): bound = ReferenceTime.adding(count, unit, to: today)
            default: return nil
            }
            return switch key {
            case .before: day < bound
            case .after: day > bound
            case .onOrBefore: day <= bound
            case .onOrAfter: day >= bound
            default: day == bound
            }
        }

        private func isMeant(_ user: NotionUser, _ wanted: String) -> Bool? {
            if user.id == wanted || user.name?.lowercased() == wanted.lowercased() { return true }
            if user.email?.lowercased() == wanted.lowercased() { return true }
            if wanted == DrawnPeople.idOfAda { return false }
            return (wanted.contains("@") ? user.email : user.name) == nil ? nil : false
        }

        private var isEmpty: Bool {
            switch value {
            case .text(let text): text.isEmpty
            case .options(let names): names.isEmpty
            case .flag: false
            case .number(let number): number == nil
            case .date(let date): date == nil
            case .people(let users): users.isEmpty
            case .pages(let pages, _): pages.isEmpty
            case .rule(let rule): rule == nil
            }
        }
    }
}

/// Who is on the crew.
enum DrawnPeople {
    static let idOfAda = "11111111-1111-4111-8111-111111111111"
    static let all = [
        NotionUser(id: idOfAda, name: "Ada", email: "ada@example.org"),
        NotionUser(id: "22222222-2222-4222-8222-222222222222", name: "Bo"),
        // Somebody who left.
        NotionUser(id: "33333333-3333-4333-8333-333333333333"),
    ]
}
