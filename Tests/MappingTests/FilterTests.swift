import NotionAPI
import ReconcileModel
import Testing

@testable import Mapping

/// What a filter says of single values; in Phoenix it is 19 November 2026.
@Suite struct FilterTests {
    private static let ada = NotionUser(
        id: "11111111-2222-3333-4444-555555555555",
        name: "Ada",
        email: "ada@example.org"
    )
    private static let other = PageID(rawValue: "5146e588-878b-5ab6-933c-151f3f76bb32")

    /// What becomes of a page with one more property, under conditions that are asked of it together.
    private static func outcome(
        _ value: PropertyValue,
        _ tests: [FilterTest],
        options: [String] = []
    ) throws -> PageOutcome {
        let column = PropertySchema(id: PropertyID("x"), name: "X", type: value.type, options: options)
        let source = Sample.dataSource([Sample.property("Name", .title), Sample.property("Date", .date), column])
        var organization = Sample.organization()
        let place = SourceLocation(file: "acm.yaml", line: 9, column: 20)
        organization.filter = .rule(.all(tests.map { .condition(FilterCondition("X", $0, source: place)) }))
        var page = Sample.page()
        page.properties["X"] = PageProperty(id: PropertyID("x"), value: value)
        let mapping = try SchemaMapping.resolve(organization, in: source)
        return PageMapper(mapping: mapping, organization: organization).outcome(for: page)
    }

    /// Nil: unknown.
    private static func holds(_ value: PropertyValue, _ test: FilterTest) throws -> Bool? {
        switch try outcome(value, [test], options: ["Draft", "Public"]) {
        case .event: true
        case .filteredOut: false
        default: nil
        }
    }

    private static func text(_ text: String) -> FilterTest { .equals([FilterOperand(text)]) }
    private static func number(_ number: Double) -> FilterTest {
        .equals([FilterOperand("\(number)", .number(number))])
    }
    private static func truth(_ value: Bool) -> FilterTest { .equals([FilterOperand("\(value)", .truth(value))]) }
    private static func contains(_ text: String) -> FilterTest { .contains(FilterOperand(text)) }
    private static func day(_ text: String) -> FilterDay { FilterDay(text) ?? .date(CivilDate(daysSince1970: 0)) }
    private static func rich(_ text: String) -> PropertyValue { .richText(RichText(text: text)) }

    static let certain: [(PropertyValue, FilterTest, Bool)] = [
        (.select("Draft"), text("draft"), true), (.select("Draft"), text("Public"), false),
        (.select(nil), text("Draft"), false),
        (.status("Public"), .equals([FilterOperand("Draft"), FilterOperand("Public")]), true),
        (.select(nil), .isEmpty, true), (.select("Draft"), .isEmpty, false),
        (.multiSelect(["Draft", "Public"]), contains("PUBLIC"), true), (.multiSelect([]), contains("Public"), false),
        (.multiSelect([]), .isEmpty, true),
        (rich("Board Meeting"), text("board meeting"), true), (rich("Board Meeting"), contains("MEET"), true),
        (rich("Board Meeting"), .startsWith("board"), true), (rich("Board Meeting"), .endsWith("ING"), true),
        (rich("Straße"), contains("STRASSE"), false), (rich("ÉTÉ"), text("été"), true),
        (rich(" \n"), .isEmpty, true), (rich(""), .startsWith("a"), false),
        (rich("5"), .equals([FilterOperand("5", .number(5))]), true),
        (.url("https://example.org"), .startsWith("https:"), true), (.email("a@b.c"), contains("@b"), true),
        (.phoneNumber(nil), .isEmpty, true),
        (.number(3), number(3), true), (.number(nil), number(3), false), (.number(3), .number(.less, 4), true),
        (.number(3), .number(.greater, 3), false), (.number(nil), .number(.less, 4), false),
        (.checkbox(true), truth(true), true), (.checkbox(false), truth(true), false),
        (.uniqueID(prefix: "EV", number: 3), text("EV-3"), true),
        (.uniqueID(prefix: "EV", number: 3), text("ev-3"), true),
        (.uniqueID(prefix: "EV", number: 3), .equals([FilterOperand("3", .number(3))]), true),
        (.uniqueID(prefix: "EV", number: 3), text("AB-3"), false),
        (.uniqueID(prefix: "EV", number: 3), .number(.greater, 2), true),
        (.date(NotionDate(start: "2026-11-19")), text("today"), true),
        (.date(NotionDate(start: "2026-11-19", end: "2026-11-25")), .date(.less, day("2026-11-20")), true),
        (.date(NotionDate(start: "2026-11-20T05:00:00.000Z")), text("2026-11-19"), true),
        (.date(NotionDate(start: "2026-11-19T20:00:00.000-07:00")), .date(.greater, day("today")), false),
        (.date(NotionDate(start: "2026-11-20", timeZone: "Asia/Tokyo")), .date(.atLeast, day("+1d")), true),
        (.date(NotionDate(start: "2026-11-20T01:00", timeZone: "Asia/Tokyo")), text("2026-11-19"), true),
        (.date(nil), .date(.less, day("2026-11-20")), false), (.date(nil), .isEmpty, true),
        (.createdTime("2026-11-19T06:59:00.000Z"), text("2026-11-18"), true),
        (.lastEditedTime("2026-11-19T07:00:00.000Z"), .date(.atLeast, day("today")), true),
        (.people([ada]), contains("ada"), true), (.people([ada]), contains("ADA@example.org"), true),
        (.people([ada]), contains("11111111222233334444555555555555"), true), (.people([ada]), contains("Bob"), false),
        (.people([NotionUser(id: "1"), ada]), contains("Ada"), true), (.people([NotionUser(id: "1")]), .isEmpty, false),
        (.createdBy(ada), contains("Ada"), true), (.people([]), contains("Ada"), false),
        (
            .relation([other], hasMore: false), contains("https://www.notion.so/Talk-5146e588878b5ab6933c151f3f76bb32"),
            true
        ),
        (.relation([], hasMore: false), contains(other.rawValue), false),
        (.formula(.string("Yes")), text("yes"), true), (.formula(.number(2)), number(2), true),
        (.formula(.boolean(true)), truth(true), true),
        (.formula(.date(NotionDate(start: "2026-12-24"))), .date(.greater, day("2026-12-01")), true),
        (.formula(.string(nil)), .isEmpty, true), (.formula(.boolean(nil)), truth(false), false),
        (.rollup(.number(2)), .number(.less, 3), true),
        (.rollup(.date(NotionDate(start: "2026-12-24"))), text("2026-12-24"), true),
        (.rollup(.array([.select("Draft"), .select("Other")])), contains("draft"), true),
        (.rollup(.array([.select("Draft")])), text("Draft"), true),
        (.rollup(.array([.select(nil)])), text("Draft"), false),
        (.rollup(.array([])), .isEmpty, true), (.rollup(.array([])), number(3), false),
        (.files([NotionFile(name: "a")]), .isEmpty, false), (.place(nil), .isEmpty, true),
    ]

    @Test(arguments: certain)
    func `a value meets a condition or its opposite`(value: PropertyValue, test: FilterTest, holds: Bool) throws {
        #expect(try Self.holds(value, test) == holds)
        let opposite: FilterTest = .opposite(test)
        let result = try Self.holds(value, opposite)
        #expect(result == !holds)
    }

    @Test(arguments: [
        (PropertyValue.people([NotionUser(id: "1")]), contains("Ada"), "user_hidden"),
        (.people([NotionUser(id: "1", name: "Bob")]), contains("ada@example.org"), "user_hidden"),
        (.createdBy(NotionUser(id: "1")), contains("Ada"), "user_hidden"),
        (.formula(.number(2)), text("2"), "filter_undecided"), (.formula(.string("2")), number(2), "filter_undecided"),
        (.formula(.boolean(true)), text("Yes"), "filter_undecided"),
        (.formula(.unsupported), .isEmpty, "filter_undecided"),
        (.formula(.string("soon")), .date(.less, day("2026-11-20")), "filter_undecided"),
        (.rollup(.incomplete), .isEmpty, "filter_undecided"), (.rollup(.unsupported), number(1), "filter_undecided"),
        (.rollup(.array([.number(1), .number(2)])), number(1), "filter_undecided"),
        (.date(NotionDate(start: "soon")), .date(.less, day("2026-11-20")), "filter_undecided"),
        (.malformed(.select), text("Draft"), "filter_undecided"),
    ])
    func `what is not known is neither`(value: PropertyValue, test: FilterTest, code: String) throws {
        #expect(try Self.holds(value, test) == nil)
        let outcome = try Self.outcome(value, [.opposite(test)], options: ["Draft"])
        #expect(outcome.warnings.map(\.code) == [code])
    }

    @Test func `what is unknown does not matter where the rest decides`() throws {
        let hidden = PropertyValue.people([NotionUser(id: "1")])
        #expect(
            try Self.outcome(hidden, [Self.contains("Ada"), .isEmpty])
                == .filteredOut(
                    Sample.page,
                    title: "Talk",
                    [
                        FilterFact(property: "X", value: hidden)
                    ]
                )
        )
    }

    @Test func `the fact that decided is told`() {
        func fact(_ value: PropertyValue) -> String { FilterFact(property: "Status", value: value).description }
        #expect(fact(.status("Draft")) == "Status is Draft")
        #expect(fact(.status(nil)) == "Status is empty")
        #expect(fact(.relation([Self.other], hasMore: false)) == "Status is 1 page")
    }

    @Test func `another type of value than the schema said is unknown`() throws {
        let source = Sample.dataSource([
            Sample.property("Name", .title), Sample.property("Date", .date), Sample.property("X", .checkbox),
        ])
        var organization = Sample.organization()
        let place = SourceLocation(file: "acm.yaml", line: 1, column: 1)
        organization.filter = .rule(.condition(FilterCondition("X", Self.truth(true), source: place)))
        let mapper = PageMapper(
            mapping: try SchemaMapping.resolve(organization, in: source),
            organization: organization
        )
        var page = Sample.page()
        #expect(mapper.outcome(for: page).warnings.map(\.code) == ["property_absent"])
        page.properties["X"] = PageProperty(id: PropertyID("x"), value: .select("Yes"))
        #expect(mapper.outcome(for: page).warnings.map(\.code) == ["property_unreadable"])
    }
}
