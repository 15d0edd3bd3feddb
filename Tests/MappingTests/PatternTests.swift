import NotionAPI
import ReconcileModel
import Testing

@testable import Mapping

/// Texts that patterns make, and ends that a second column gives.
@Suite struct PatternTests {
    private static let source = Sample.dataSource([
        Sample.property("Name", .title), Sample.property("Date", .date), Sample.property("Track", .select),
        Sample.property("Speaker", .people), Sample.property("Link", .url), Sample.property("Text", .richText),
        Sample.property("Ends", .date), Sample.property("Files", .files),
    ])

    /// Of a page in which these are set.
    private static func outcome(
        _ declare: (inout PropertyMapping) throws -> Void,
        _ values: [String: PropertyValue] = [:]
    ) throws -> PageOutcome {
        var organization = Sample.organization()
        try declare(&organization.properties)
        let mapping = try SchemaMapping.resolve(organization, in: source)
        var page = NotionPage(id: Sample.page)
        let empty: [String: PropertyValue] = [
            "Name": .title(RichText(text: "Talk")), "Date": .date(NotionDate(start: "2026-11-20")),
            "Track": .select(nil),
            "Speaker": .people([]), "Link": .url(nil), "Text": .richText(RichText(text: "")), "Ends": .date(nil),
        ]
        for (name, value) in empty.merging(values, uniquingKeysWith: { $1 }) {
            page.properties[name] = PageProperty(id: PropertyID(name.lowercased()), value: value)
        }
        return PageMapper(mapping: mapping, organization: organization).outcome(for: page)
    }

    private static func title(_ pattern: String, _ values: [String: PropertyValue] = [:]) throws -> String? {
        try outcome({ $0[.summary] = .pattern(try TextPattern(pattern)) }, values).event?.summary
    }

    private static func description(_ pattern: String, _ values: [String: PropertyValue] = [:]) throws -> String? {
        try outcome({ $0[.description] = .pattern(try TextPattern(pattern)) }, values).event?.description
    }

    private static func text(_ text: String) -> PropertyValue { .richText(RichText(text: text)) }

    @Test func `brackets whose properties are empty go, with one space`() throws {
        let track = ["Track": PropertyValue.select("AI")]
        #expect(try Self.title("{Name} ({Track})", track) == "Talk (AI)")
        #expect(try Self.title("{Name} ({Track})") == "Talk")
        #expect(try Self.title("({Track}) {Name}") == "Talk")
        #expect(try Self.title("{Name} ({Track}) here") == "Talk here")
        #expect(try Self.title("{Name} [{Track}, {Text}]", track) == "Talk [AI, ]")
        #expect(try Self.title("{Name} (soon)") == "Talk (soon)")
        #expect(try Self.title("{Name} [x ({Track})]") == "Talk")
        #expect(try Self.title("{{{Name}}}") == "{Talk}")
    }

    @Test func `lines whose properties are empty go, others stay`() throws {
        let pattern = "{Text}\nSpeaker: {Speaker}\n\nSign up: {Link}\nSee you there\n"
        let values = ["Text": Self.text("About"), "Link": PropertyValue.url("https://example.org")]
        #expect(try Self.description(pattern, values) == "About\n\nSign up: https://example.org\nSee you there")
        #expect(try Self.description(pattern) == "See you there")
        #expect(try Self.description("Speaker: {Speaker}") == nil)
    }

    @Test func `a value is no pattern, and a title has one line`() throws {
        let values = ["Text": Self.text("a {Name} (b)\nc")]
        #expect(try Self.title("{Name}: {Text}", values) == "Talk: a {Name} (b) c")
        #expect(try Self.description("{Text}!", values) == "a {Name} (b)\nc!")
        #expect(try Self.title("{Name}\n{Text}", values) == "Talk a {Name} (b) c")
    }

    @Test func `a title of nothing is untitled, and what is not shown is not empty`() throws {
        let untitled = try Self.outcome({ $0[.summary] = .pattern(try TextPattern("({Track})")) })
        #expect(untitled.event?.summary == "Untitled")
        #expect(untitled.warnings.map(\.code) == ["title_empty"])
        let hidden = try Self.outcome(
            { $0[.description] = .pattern(try TextPattern("By {Speaker}")) },
            ["Speaker": .people([NotionUser(id: "1")])]
        )
        #expect(hidden.warnings.map(\.code) == ["user_hidden"])
    }

    @Test func `what a pattern needs is asked for, and must be there`() throws {
        var organization = Sample.organization()
        organization.properties[.description] = .pattern(try TextPattern("{Text} {link} {Text}"))
        let mapping = try SchemaMapping.resolve(organization, in: Self.source)
        #expect(mapping.propertyIDs.map(\.written) == ["name", "date", "text", "link"])
        #expect(mapping.managedFields.contains(.description))
        for (pattern, code) in [("{Txet}", "property_missing"), ("{Files}", "property_type")] {
            organization.properties[.description] = .pattern(try TextPattern(pattern))
            do throws(Failure) {
                _ = try SchemaMapping.resolve(organization, in: Self.source)
                Issue.record("\(pattern) is there")
            } catch { #expect(error.code.rawValue == code) }
        }
    }

    private static func times(_ start: NotionDate, _ end: NotionDate?) throws -> String {
        let outcome = try outcome({ $0.end = "Ends" }, ["Date": .date(start), "Ends": .date(end)])
        guard let event = outcome.event else { return outcome.warnings.map(\.code).joined() }
        return "\(event.start) \(event.end)"
    }

    @Test func `a second column gives the end`() throws {
        let (day, time) = (
            NotionDate(start: "2026-11-20", end: "2026-11-21"), NotionDate(start: "2026-11-20T10:00:00.000-07:00")
        )
        #expect(try Self.times(day, NotionDate(start: "2026-11-25", end: "2026-11-30")) == "2026-11-20 2026-11-26")
        #expect(try Self.times(day, nil) == "2026-11-20 2026-11-22")
        #expect(
            try Self.times(time, NotionDate(start: "2026-11-20T20:00:00.000+01:00"))
                == "2026-11-20T17:00:00Z 2026-11-20T19:00:00Z"
        )
        #expect(
            try Self.times(time, NotionDate(start: "2026-11-20T20:00:00", timeZone: "Europe/Berlin"))
                == "2026-11-20T17:00:00Z 2026-11-20T19:00:00Z"
        )
        #expect(try Self.times(time, nil) == "2026-11-20T17:00:00Z 2026-11-20T18:00:00Z")
        #expect(try Self.times(time, NotionDate(start: "2026-11-21")) == "date_invalid")
        #expect(try Self.times(day, NotionDate(start: "2026-11-19")) == "date_invalid")
    }
}
