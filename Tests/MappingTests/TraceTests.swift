import Foundation
import NotionAPI
import ReconcileModel
import TestSupport
import Testing

@testable import Mapping

/// What each step of the mapping did, as people will be told it.
@Suite struct TraceTests {
    private static let place = SourceLocation(file: "orgs.d/acm.yaml", line: 9, column: 20)

    private static func choice(_ name: String, _ type: PropertyType, _ options: [String]) -> PropertySchema {
        PropertySchema(id: PropertyID(name.lowercased()), name: name, type: type, options: options)
    }

    private static let source = Sample.dataSource([
        Sample.property("Name", .title), Sample.property("Date", .date), Sample.property("Ends", .date),
        Sample.property("Track", .richText), Sample.property("Room", .richText), Sample.property("Text", .richText),
        Sample.property("Speaker", .people), Sample.property("Link", .url), Sample.property("Repeats", .richText),
        Sample.property("Published", .checkbox),
        choice("Type", .select, ["Workshop", "Talk"]), choice("Status", .status, ["Draft", "Confirmed", "Cancelled"]),
    ])

    /// Everything that a declaration can say of an event.
    private static func organization() throws -> Organization {
        var organization = Sample.organization()
        organization.properties.end = "Ends"
        organization.properties[.summary] = .pattern(try TextPattern("{Name} ({Track})"))
        organization.properties[.location] = .property("Room")
        organization.properties[.description] = .pattern(
            try TextPattern("{Text}\nSpeaker: {Speaker}\nSign up: {Link}")
        )
        organization.properties[.recurrence] = .property("Repeats")
        func condition(_ property: String, _ test: FilterTest) -> FilterRule {
            .condition(FilterCondition(property, test, source: place))
        }
        organization.filter = .rule(
            .all([
                condition("Published", .equals([FilterOperand("true", .truth(true))])),
                .any([
                    condition("Status", .equals([FilterOperand("Confirmed"), FilterOperand("Cancelled")])),
                    condition("Speaker", .contains(FilterOperand("Ada"))),
                ]),
            ])
        )
        organization.window = DeclaredWindow(past: CalendarOffset(30, .day), future: CalendarOffset(1, .year))
        var workshop = EventTemplate()
        (workshop.duration, workshop.color, workshop.isBusy) = (5_400, .blueberry, true)
        (workshop.location, workshop.title) = ("Room 101", try TextPattern("Workshop: {title}"))
        organization.templates = TemplateRules(
            property: "Type",
            source: place,
            values: [TemplateRules.Value("Workshop", workshop, source: place)]
        )
        organization.cancelled = CancelledRule(
            property: "Status",
            source: place,
            values: [CancelledRule.Value("Cancelled", source: place)],
            treatment: .prefix("Cancelled: ")
        )
        return organization
    }

    private static func text(_ text: String) -> PropertyValue { .richText(RichText(text: text)) }

    private static let values: [String: PropertyValue] = [
        "Name": .title(RichText(text: "Swift")),
        "Date": .date(NotionDate(start: "2026-11-20T17:00:00.000+01:00", timeZone: "Europe/Berlin")),
        "Ends": .date(nil), "Track": text(""), "Room": text(""), "Text": text("Bring a laptop."),
        "Speaker": .people([NotionUser(id: "1", name: "Ada"), NotionUser(id: "2", email: "bo@example.org")]),
        "Link": .url(nil), "Repeats": text("every 2 weeks, 3 times"), "Published": .checkbox(true),
        "Type": .select("Workshop"), "Status": .status("Cancelled"),
    ]

    private static func page(_ changes: [String: PropertyValue] = [:]) -> NotionPage {
        var page = NotionPage(id: Sample.page)
        for (name, value) in values.merging(changes, uniquingKeysWith: { $1 }) {
            page.properties[name] = PageProperty(id: PropertyID(name.lowercased()), value: value)
        }
        return page
    }

    private static func mapper(_ change: (inout Organization) -> Void = { _ in }) throws -> PageMapper {
        var organization = try organization()
        change(&organization)
        let mapping = try SchemaMapping.resolve(organization, in: source)
        return PageMapper(mapping: mapping, organization: organization)
    }

    private static func json(_ trace: MappingTrace) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(trace), as: UTF8.self) + "\n"
    }

    private static func removing(_ organization: inout Organization) { organization.cancelled?.treatment = .remove }

    private struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var changes: [String: PropertyValue] = [:]
        var organization: @Sendable (inout Organization) -> Void = { _ in }
        var page: @Sendable (inout NotionPage) -> Void = { _ in }

        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(name: "rich"),
        Case(name: "filtered-out", changes: ["Published": .checkbox(false)]),
        Case(
            name: "undecided",
            changes: ["Status": .status("Draft"), "Speaker": .people([NotionUser(id: "3")])]
        ),
        Case(
            name: "outside",
            changes: ["Date": .date(NotionDate(start: "2020-11-20")), "Repeats": text(""), "Type": .select(nil)]
        ),
        Case(name: "cancelled", organization: removing),
        Case(name: "undated", changes: ["Date": .date(nil)]),
        Case(
            name: "invalid-date",
            changes: ["Ends": .date(NotionDate(start: "2026-11-20T16:00:00.000", timeZone: "Europe/Berlin"))]
        ),
        Case(name: "invalid-rule", changes: ["Repeats": text("now and then"), "Room": text("Hall")]),
        Case(name: "trashed", page: { $0.isInTrash = true }),
    ]

    @Test(arguments: cases)
    private func `each step is told`(one: Case) throws {
        var page = Self.page(one.changes)
        one.page(&page)
        let mapper = try Self.mapper(one.organization)
        let (outcome, trace) = mapper.traced(page)
        expectGolden(try Self.json(trace), named: "trace-\(one.name).json")
        // To ask for it changes nothing.
        #expect(outcome == mapper.outcome(for: page))
        let again = try JSONDecoder().decode(MappingTrace.self, from: Data(try Self.json(trace).utf8))
        #expect(again == trace)
    }

    @Test func `pages that the fixtures have are told in every step, and mapped alike`() throws {
        let mapping = try SchemaMapping.resolve(Sample.organization(), in: try Fixture.dataSource())
        let mapper = PageMapper(mapping: mapping, organization: Sample.organization())
        for page in try Fixture.pages("query-page") {
            let (outcome, trace) = mapper.traced(page)
            #expect(outcome == mapper.outcome(for: page))
            #expect(trace.steps.map(\.subject).prefix(2) == [.title, .date])
        }
    }
}
