import JSON
import NotionAPI
import ReconcileModel
import Testing

@testable import Mapping

/// A filter against a schema: mistakes, and what of it is sent with the query.
@Suite struct FilterResolutionTests {
    private static let place = SourceLocation(file: "orgs.d/acm.yaml", line: 9, column: 20)

    private static let source = Sample.dataSource([
        Sample.property("Name", .title), Sample.property("Date", .date),
        PropertySchema(id: PropertyID("st"), name: "Status", type: .status, options: ["Draft", "Confirmed", "Public"]),
        PropertySchema(id: PropertyID("ta"), name: "Tags", type: .multiSelect, options: ["Public", "Food"]),
        Sample.property("Published", .checkbox), Sample.property("Seats", .number), Sample.property("Text", .richText),
        Sample.property("Made", .createdTime), Sample.property("Sum", .formula), Sample.property("Speaker", .people),
        Sample.property("Programme", .relation), Sample.property("Number", .uniqueID), Sample.property("Go", .button),
    ])

    private static func rule(_ property: String, _ test: FilterTest) -> FilterRule {
        .condition(FilterCondition(property, test, source: place))
    }

    private static func equals(_ texts: String...) -> FilterTest { .equals(texts.map { FilterOperand($0) }) }
    private static let isTrue = FilterTest.equals([FilterOperand("true", .truth(true))])

    private func problem(_ property: String, _ test: FilterTest) -> String? {
        var organization = Sample.organization()
        organization.filter = .rule(Self.rule(property, test))
        do throws(Failure) {
            _ = try SchemaMapping.resolve(organization, in: Self.source)
            return nil
        } catch { return "\(error.code.rawValue): \(error.message) \(error.hint ?? "")" }
    }

    @Test(arguments: [
        (
            "Statsu", equals("Public"),
            "property_missing: orgs.d/acm.yaml:9:20: there is no property \"Statsu\" in the Notion data source \"Events\" (5146e588); "
                + "nothing was changed. Did you mean \"Status\"? It has \"Name\", \"Date\", \"Status\", \"Tags\", \"Published\", \"Seats\", "
                + "\"Text\", \"Made\", \"Sum\", \"Speaker\", \"Programme\", \"Number\", \"Go\"; a property that was renamed must be renamed "
                + "in the declaration, too."
        ),
        (
            "Status", equals("Confrimed"),
            "property_option_missing: orgs.d/acm.yaml:9:20: the property \"Status\" has no option \"Confrimed\", which the filter asks for; "
                + "nothing was changed. Did you mean \"Confirmed\"? It has \"Draft\", \"Confirmed\", \"Public\"; an option that was renamed "
                + "must be renamed in the declaration, too."
        ),
        (
            "Tags", equals("Public"),
            "property_type: orgs.d/acm.yaml:9:20: the property \"Tags\" has the type multi_select, of which \"is\" cannot be asked. "
                + "What can be asked of it: contains, does_not_contain, empty."
        ),
        (
            "Published", .opposite(equals("yes")),
            "property_value: orgs.d/acm.yaml:9:20: the filter compares \"Published\", of type checkbox, with \"yes\". Give true or false."
        ),
        (
            "Seats", equals("many"),
            "property_value: orgs.d/acm.yaml:9:20: the filter compares \"Seats\", of type number, with \"many\". "
                + "Give a number, without quotation marks."
        ),
        (
            "Date", equals("soon"),
            "property_value: orgs.d/acm.yaml:9:20: the filter compares \"Date\", of type date, with \"soon\". "
                + "Give a day such as 2026-12-01, today, -30d or +6mo."
        ),
        (
            "Number", equals("EV"),
            "property_value: orgs.d/acm.yaml:9:20: the filter compares \"Number\", of type unique_id, with \"EV\". "
                + "Give an id such as EV-3, or its number."
        ),
        (
            "Programme", .contains(FilterOperand("Talks")),
            "property_value: orgs.d/acm.yaml:9:20: the filter compares \"Programme\", of type relation, with \"Talks\". "
                + "Give the id or the address of a page."
        ),
        (
            "Go", .opposite(.isEmpty),
            "property_type: orgs.d/acm.yaml:9:20: the property \"Go\" has the type button, of which \"empty\" cannot be asked. "
                + "Ask for another property."
        ),
    ])
    func `what the schema does not have, or cannot be asked, is an error with its place`(
        property: String,
        test: FilterTest,
        message: String
    ) {
        #expect(problem(property, test) == message)
    }

    private static func query(_ rule: FilterRule) throws -> String? {
        var organization = Sample.organization()
        organization.filter = .rule(rule)
        return try SchemaMapping.resolve(organization, in: source).query(of: organization, now: Sample.now)?.text(
            .sorted
        )
    }

    @Test func `what Notion evaluates alike is sent with the query, and nothing else`() throws {
        let status = Self.rule("Status", Self.equals("confirmed", "Public"))
        let either =
            #"{"or":[{"property":"Status","status":{"equals":"Confirmed"}},{"property":"Status","status":{"equals":"Public"}}]}"#
        #expect(try Self.query(status) == either)
        #expect(try Self.query(.all([status, Self.rule("Text", Self.equals("x"))])) == either)
        #expect(try Self.query(.any([status, Self.rule("Text", Self.equals("x"))])) == nil)
        #expect(try Self.query(Self.rule("Status", .opposite(Self.equals("Draft")))) == nil)
        #expect(
            try Self.query(.not(Self.rule("Published", Self.isTrue)))
                == #"{"checkbox":{"equals":false},"property":"Published"}"#
        )
        #expect(
            try Self.query(Self.rule("Made", .date(.atLeast, .fromToday(CalendarOffset(-1, .month)))))
                == #"{"created_time":{"on_or_after":"2026-10-17"},"timestamp":"created_time"}"#
        )
        #expect(try Self.query(Self.rule("Date", .date(.less, .fromToday(CalendarOffset(0, .day))))) == nil)
        #expect(try Self.query(Self.rule("Sum", Self.isTrue)) == nil)
        #expect(try Self.query(Self.rule("Speaker", .contains(FilterOperand("Ada")))) == nil)
    }

    @Test func `no query is deeper than Notion takes it`() throws {
        let (published, food) = (
            Self.rule("Published", Self.isTrue), Self.rule("Tags", .contains(FilterOperand("Food")))
        )
        let status = Self.rule("Status", Self.equals("Confirmed", "Public"))
        let deep = FilterRule.any([.all([status, published]), food])
        let query = try #require(try Self.query(deep))
        #expect(
            query
                == #"{"or":[{"checkbox":{"equals":true},"property":"Published"},{"multi_select":{"contains":"Food"},"property":"Tags"}]}"#
        )
        #expect(try Self.query(.all([deep, published])) == #"{"checkbox":{"equals":true},"property":"Published"}"#)
    }
}
