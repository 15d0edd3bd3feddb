import ReconcileModel
import TestSupport

extension RandomDeclaration {
    mutating func filter(depth: Int) -> DrawnFilter {
        guard depth < 3, random.chance(depth == 0 ? 60 : 35) else { return tests() }
        let members = (0..<Int.random(in: 1...3, using: &random)).map { _ in filter(depth: depth + 1) }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .all(members)
        case 1: return .any(members)
        default: return .not(members.first ?? tests())
        }
    }

    private mutating func tests() -> DrawnFilter {
        let columns: [DrawnColumn] = [
            .status, .status, .type, .tags, .published, .seats, .speaker, .link, .mail, .deadline, .score, .crew,
            .related, .code, .created, .name,
        ]
        let column = pick(columns) ?? .status
        let several = random.chance(15) && [.seats, .deadline, .speaker].contains(column)
        var tests: [DrawnFilter.Test] = []
        for _ in 0..<(several ? 2 : 1) {
            let test = test(column)
            if !tests.contains(where: { $0.key == test.key }) { tests.append(test) }
        }
        return .tests(column, byID: random.chance(15), tests)
    }

    private mutating func test(_ column: DrawnColumn) -> DrawnFilter.Test {
        let key = pick(Self.keys(column)) ?? .empty
        let operands: [DrawnFilter.Operand]
        switch key {
        case .empty: operands = [.flag(random.chance(50))]
        case .isIn, .isNotIn:
            operands = (0..<Int.random(in: 1...2, using: &random)).map { _ in operand(column, key) }
        default: operands = [operand(column, key)]
        }
        return DrawnFilter.Test(key: key, operands: operands)
    }

    private static let equality: [FilterOperator] = [.equals, .differs, .isIn, .isNotIn]
    private static let days: [FilterOperator] = [.before, .after, .onOrBefore, .onOrAfter]

    private static func keys(_ column: DrawnColumn) -> [FilterOperator] {
        switch column {
        case .status, .type: equality + [.empty]
        case .tags, .crew, .related: [.contains, .doesNotContain, .empty]
        case .published: equality
        case .seats, .code: equality + [.lessThan, .greaterThan, .empty]
        case .score: [.equals, .differs, .lessThan, .greaterThan, .empty]
        case .deadline, .created: equality + days + days + [.empty]
        default: equality + [.contains, .doesNotContain, .startsWith, .endsWith, .empty]
        }
    }

    private mutating func operand(_ column: DrawnColumn, _ key: FilterOperator) -> DrawnFilter.Operand {
        switch column {
        case .status, .type, .tags:
            let name = pick(column.options) ?? ""
            return .text(random.chance(20) ? name.uppercased() : name)
        case .published: return .flag(random.chance(50))
        case .seats, .score: return .number(Int.random(in: 0...5, using: &random))
        case .code:
            let number = Int.random(in: 1...9, using: &random)
            let isOrder = key == .lessThan || key == .greaterThan
            return isOrder || random.chance(50) ? .number(number) : .text("EV-\(number)")
        case .deadline, .created:
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return .today
            case 1: return .day(RandomPage.today + Int.random(in: -3...3, using: &random))
            default:
                return pick([.offset(-1, "d"), .offset(1, "d"), .offset(2, "w"), .offset(-1, "mo")]) ?? .today
            }
        case .crew: return .text(pick(["Ada", "bo", "ada@example.org", DrawnPeople.idOfAda]) ?? "Ada")
        case .related: return .page(900 + Int.random(in: 0...2, using: &random))
        default:
            return .text(pick(["ada", "Bo B.", "https://example.org/1", "ADA@example.org", "K", "g"]) ?? "ada")
        }
    }
}
