import ConfigLoading
import Foundation
import ReconcileModel
import Testing

@Suite struct ExplanationTests {
    private func explanation(
        _ own: String,
        defaults: String? = nil,
        zone: String? = nil
    ) throws -> [String: DeclarationExplanation.Entry] {
        let folder = try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\n\(own)"])
        if let defaults { try folder.write(defaults, to: "_defaults.yaml") }
        let found = try ConfigLoader(defaultTimeZone: zone).explanations(in: folder.path).first
        let entries = try #require(found).entries.map { entry in
            var entry = entry
            if case .file(var location) = entry.origin {
                location.file = URL(filePath: location.file).lastPathComponent
                entry.origin = .file(location)
            }
            return entry
        }
        #expect(Set(entries.map(\.key)).count == entries.count)
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0) })
    }

    private func place(_ file: String, _ line: Int, _ column: Int) -> DeclarationExplanation.Origin {
        .file(SourceLocation(file: file, line: line, column: column))
    }

    @Test func `a value tells whether it is from the file, the defaults, the environment or nobody`() throws {
        let entries = try explanation(
            "calendar: {name: Talks}\n",
            defaults: "calendar:\n  name: All\n  description: Welcome\ndefault_duration: 90m\n",
            zone: "America/Phoenix"
        )
        #expect(entries["prefix"]?.origin == place("acm.yaml", 1, 9))
        #expect(entries["calendar.name"]?.value == .text("Talks"))
        #expect(entries["calendar.name"]?.origin == place("acm.yaml", 3, 18))
        #expect(entries["calendar.description"]?.value == .text("Welcome"))
        #expect(entries["calendar.description"]?.origin == place("_defaults.yaml", 3, 16))
        #expect(entries["default_duration"]?.value == .text("1h30m"))
        #expect(entries["default_duration"]?.origin == place("_defaults.yaml", 4, 19))
        #expect(entries["timezone"]?.value == .text("America/Phoenix"))
        #expect(entries["timezone"]?.origin == .variable("TIMEZONE"))
        #expect(entries["active"]?.value == .flag(true) && entries["active"]?.origin == .standard)
        #expect(entries["safety.max_delete_percent"]?.value == .number(25))
        #expect(entries["calendar"] == nil)
        #expect(entries["calendar.sharing"]?.value == .none("left alone"))
    }

    @Test func `what people keep is told, be it by a default, and a column of one's own wins`() throws {
        let defaults = "properties: {location: null, description: null}\n"
        let entries = try explanation("properties: {description: Text}\n", defaults: defaults)
        #expect(entries["properties.location"]?.value == .none("null: it belongs to people"))
        #expect(entries["properties.location"]?.origin == place("_defaults.yaml", 1, 24))
        #expect(entries["properties.description"]?.value == .text("Text"))
        #expect(entries["properties.title"]?.origin == .standard)
        let given = try explanation("google_calendar_id: given@example.org\n")
        #expect(given["calendar.name"]?.value == .none("as it is, unless reconcile created it"))
    }

    @Test func `a zone of its own is no variable's`() throws {
        let entries = try explanation("timezone: UTC\n", zone: "America/Phoenix")
        #expect(entries["timezone"]?.value == .text("UTC"))
        #expect(entries["timezone"]?.origin == place("acm.yaml", 3, 11))
        #expect(try explanation("")["timezone"]?.origin == .standard)
    }

    @Test func `nothing is explained where anything is wrong`() throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: a\nname: A\n", "b.yaml": "prefix: b\n"])
        #expect(throws: ConfigError.self) { try ConfigLoader().explanations(in: folder.path) }
    }
}
