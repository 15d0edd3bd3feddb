import NotionAPI
import ReconcileModel
import Testing

@testable import Mapping

/// What templates and cancellation make of a page.
@Suite struct TemplateMappingTests {
    private static let place = SourceLocation(file: "orgs.d/acm.yaml", line: 9, column: 20)

    private static func template(_ set: (inout EventTemplate) throws -> Void) rethrows -> EventTemplate {
        var template = EventTemplate()
        try set(&template)
        return template
    }

    private static let workshop = template { ($0.color, $0.isBusy, $0.location) = (.tomato, false, "Room 1") }
    private static let talk = template { ($0.color, $0.visibility) = (.sage, .hidden) }

    private static func outcome(
        _ value: PropertyValue,
        otherwise: EventTemplate? = nil,
        options: [String] = [],
        more: (inout Organization) throws -> Void = { _ in },
        page change: (inout NotionPage) -> Void = { _ in }
    ) throws -> PageOutcome {
        let column = PropertySchema(id: PropertyID("x"), name: "X", type: value.type, options: options)
        let source = Sample.dataSource([
            Sample.property("Name", .title), Sample.property("Date", .date), Sample.property("title", .richText),
            column,
        ])
        var organization = Sample.organization()
        let isCheckbox = value.type == .checkbox
        organization.templates = TemplateRules(
            property: "X",
            source: place,
            values: [
                TemplateRules.Value(isCheckbox ? "true" : "Workshop", workshop, source: place),
                TemplateRules.Value(isCheckbox ? "false" : "Talk", talk, source: place),
            ],
            otherwise: otherwise
        )
        try more(&organization)
        var page = Sample.page()
        page.properties["X"] = PageProperty(id: PropertyID("x"), value: value)
        page.properties["title"] = PageProperty(id: PropertyID("title"), value: .richText(RichText(text: "Other")))
        change(&page)
        let mapping = try SchemaMapping.resolve(organization, in: source)
        return PageMapper(mapping: mapping, organization: organization).outcome(for: page)
    }

    private static let options = ["Workshop", "Talk", "Other"]

    @Test(arguments: [
        (PropertyValue.select("Workshop"), "tomato"), (.select("talk"), "sage"), (.select("Other"), "graphite"),
        (.select(nil), "graphite"), (.status("Workshop"), "tomato"),
        (.multiSelect(["Other", "Talk", "Workshop"]), "sage"),
        (.multiSelect([]), "graphite"), (.checkbox(true), "tomato"), (.checkbox(false), "sage"),
        (.richText(RichText(text: "WORKSHOP")), "tomato"), (.formula(.string("Talk")), "sage"),
        (.formula(.number(3)), "graphite"),
    ])
    func `a value chooses its template`(value: PropertyValue, color: String) throws {
        let outcome = try Self.outcome(
            value,
            otherwise: Self.template { $0.color = .graphite },
            options: Self.options
        )
        #expect(outcome.event?.text(of: .color) == color)
    }

    @Test func `what a template sets is managed for this event alone`() throws {
        guard case .event(let desired, _) = try Self.outcome(.select("Workshop"), options: Self.options) else {
            Issue.record("no event")
            return
        }
        #expect(desired.settings == [.color, .busy, .location])
        #expect(desired.settingsMark == [.color: "tomato", .busy: "false", .location: "Room 1"])
        #expect(desired.hash == ContentHash(of: desired.event))
        guard case .event(let plain, _) = try Self.outcome(.select("Other"), options: Self.options) else {
            Issue.record("no event")
            return
        }
        #expect(plain.settings.isEmpty && plain.settingsMark == nil && plain.event.fields == [.summary, .start, .end])
    }

    @Test func `title and description mean what the page gives, whatever properties are called`() throws {
        let titled = try Self.template { $0.title = try TextPattern("Board: {title}") }
        let outcome = try Self.outcome(.select(nil), otherwise: titled, options: Self.options)
        #expect(outcome.event?.summary == "Board: Talk")
        let untitled = try Self.outcome(
            .select(nil),
            otherwise: titled,
            options: Self.options,
            page: { $0.properties["Name"]?.value = .title(RichText(text: "")) }
        )
        #expect(untitled.event?.summary == "Board: Untitled")
        let described = try Self.template { $0.description = try TextPattern("{description}\nX: {X}") }
        let text = try Self.outcome(.select("Other"), otherwise: described, options: Self.options)
        #expect(text.event?.description == "X: Other")
    }

    @Test func `what chooses and is not shown leaves the event as it is`() throws {
        #expect(try Self.outcome(.formula(.unsupported)).warnings.map(\.code) == ["property_unreadable"])
    }

    private static func cancelled(_ treatment: CancelledRule.Treatment, _ value: PropertyValue) throws -> PageOutcome {
        try outcome(value, options: options) { organization in
            let named = value.type == .checkbox ? "true" : "Other"
            organization.cancelled = CancelledRule(
                property: "X",
                source: place,
                values: [CancelledRule.Value(named, source: place)],
                treatment: treatment
            )
        }
    }

    @Test func `a page that is called off has no event, or one that says so`() throws {
        #expect(try Self.cancelled(.remove, .select("Other")) == .cancelled(Sample.page, title: "Talk"))
        #expect(try Self.cancelled(.remove, .select("Talk")).event != nil)
        let kept = try #require(try Self.cancelled(.prefix("Off: "), .checkbox(true)).event)
        #expect(kept.summary == "Off: Talk" && kept.isCancelled && kept.text(of: .busy) == "false")
        #expect(kept.text(of: .color) == "tomato")
        let other = try #require(try Self.cancelled(.prefix("Off: "), .checkbox(false)).event)
        #expect(other.summary == "Talk" && !other.isCancelled)
    }
}
