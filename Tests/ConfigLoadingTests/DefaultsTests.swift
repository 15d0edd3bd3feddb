import ReconcileModel
import Testing

@Suite struct DefaultsTests {
    private static let acm = "prefix: acm\nname: ACM\n"

    @Test func `an organization inherits what it does not declare, its own values win`() throws {
        let defaults = """
            active: false
            sync_enabled: false
            timezone: America/Phoenix
            default_duration: 2h
            sync_interval: 1h
            deletions: never
            safety: {max_delete_percent: 10}
            """
        let folder = try TemporaryFolder([
            "_defaults.yaml": defaults,
            "a.yaml": "prefix: a\nname: A\n",
            "b.yaml":
                "prefix: b\nname: B\nactive: true\ntimezone: UTC\ndefault_duration: 1h\nsync_interval: 5m\ndeletions: auto\n",
        ])
        let organizations = try folder.load(defaultTimeZone: "Asia/Tokyo")
        #expect(organizations.map(\.isActive) == [false, true])
        #expect(organizations.map(\.timeZone) == ["America/Phoenix", "UTC"])
        #expect(organizations.map(\.defaultDuration) == [7200, 3600])
        #expect(organizations.map(\.syncInterval) == [3600, 300])
        #expect(organizations.map(\.deletions) == [.never, .auto])
        #expect(organizations.map(\.maxDeletePercent) == [10, 10])
    }

    @Test func `a field can be left to people, against the defaults and by them`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "properties: {location: null, description: Text}\n",
            "a.yaml": "prefix: a\nname: A\n",
            "b.yaml": "prefix: b\nname: B\nproperties: {location: Ort, description: ~}\n",
        ])
        let properties = try folder.load().map(\.properties)
        #expect(
            properties == [
                PropertyMapping([.description: "Text"], leftToPeople: [.location]),
                PropertyMapping([.location: "Ort"], leftToPeople: [.description]),
            ]
        )
        // A key with nothing behind it decides nothing.
        let wrong = try TemporaryFolder(["a.yaml": "prefix: a\nname: A\nproperties:\n  description:\n"])
        #expect(throws: (any Error).self) { try wrong.load() }
    }

    @Test func `null gives title and date back to their usual columns`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "properties: {title: '{A} {B}', date: When}\n",
            "a.yaml": "prefix: a\nname: A\nproperties: {title: null, date: null}\n",
        ])
        #expect(try folder.load().map(\.properties) == [PropertyMapping()])
    }

    @Test func `mappings are merged key by key`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yml":
                "calendar: {description: Events}\nproperties: {title: Titel, date: Datum, location: Ort, description: Text}\n",
            "a.yaml": "prefix: a\nname: A\n",
            "b.yaml": "prefix: b\nname: B\ncalendar: {name: B}\nproperties: {date: When}\n",
            "c.yaml": "prefix: c\nname: C\ncalendar: {description: C}\nproperties: {}\n",
        ])
        let organizations = try folder.load()
        #expect(
            organizations.map(\.calendar) == [
                CalendarSettings(description: "Events"), CalendarSettings(name: "B", description: "Events"),
                CalendarSettings(description: "C"),
            ]
        )
        let shared = PropertyMapping([.summary: "Titel", .start: "Datum", .location: "Ort", .description: "Text"])
        var own = shared
        own.date = "When"
        #expect(organizations.map(\.properties) == [shared, own, shared])
    }

    @Test(arguments: [
        ("prefix: x", "1:9: \"prefix\""), ("name: X", "1:7: \"name\""),
        ("notion_database_id: 2f0c7a31d8e54b6f9a120c3b4d5e6f70", "1:21: \"notion_database_id\""),
        ("data_source: Events", "1:14: \"data_source\""),
        ("google_calendar_id: a@b", "1:21: \"google_calendar_id\""),
    ])
    func `what identifies an organization cannot be a default`(line: String, expected: String) throws {
        let folder = try TemporaryFolder(["_defaults.yaml": line + "\n", "acm.yaml": Self.acm])
        #expect(
            folder.problems() == [
                "_defaults.yaml:\(expected) cannot be a default; give it in the organization's own file"
            ]
        )
    }

    @Test(arguments: [
        ("", "1:1: the file is empty; write a declaration, or delete the file"),
        ("timezone: Nowhere\n", "1:11: unknown time zone \"Nowhere\"; use a name such as \"America/Phoenix\""),
        (
            "templates: {otherwise: {reminders: 10m}}\n",
            "1:36: \"templates.otherwise.reminders\" must be a list of lengths of time, not the text \"10m\"; write [10m, 1d]"
        ),
    ])
    func `an error in the defaults is reported once, not for every organization`(
        content: String,
        expected: String
    ) throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": content, "acm.yaml": Self.acm, "b.yaml": "prefix: b\nname: B\n",
        ])
        #expect(folder.problems() == ["_defaults.yaml:\(expected)"])
    }

    @Test func `two files of defaults are one too many`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "active: true\n", "_defaults.yml": "active: false\n", "acm.yaml": Self.acm,
        ])
        #expect(
            folder.problems() == [
                "_defaults.yml:1:1: there are two files of defaults, this one and _defaults.yaml; keep one of them"
            ]
        )
    }

    @Test func `a default does not stand in for a wrong value`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "sync_enabled: true\n", "acm.yaml": Self.acm + "sync_enabled: yes\n",
        ])
        #expect(
            folder.problems() == [
                "acm.yaml:3:15: \"sync_enabled\" must be true or false, not the text \"yes\"; write true"
            ]
        )
    }

    @Test func `a default can make a key required`() throws {
        let folder = try TemporaryFolder(["_defaults.yaml": "sync_enabled: true\n", "acm.yaml": Self.acm])
        #expect(
            folder.problems() == [
                "acm.yaml:1:1: missing key \"notion_database_id\", which \"sync_enabled: true\" at _defaults.yaml:1:15 "
                    + "asks for; add the id or the URL of the Notion database"
            ]
        )
    }

    @Test(arguments: [
        ("name: Z\n", "prefix: a\n", "\"name\" cannot be a default"),
        (
            "notion_database_id: x\n", "prefix: a\nname: A\nsync_enabled: true\n",
            "\"notion_database_id\" cannot be a default"
        ),
        ("sync_enabled: maybe\n", "prefix: a\nname: A\n", "\"sync_enabled\" must be true or false"),
        ("calendar: {nmae: x, name: C}\n", "prefix: a\nname: A\ncalendar: {description: D}\n", "unknown key \"nmae\""),
        ("timezone: America/Phoenx\n", "prefix: a\nname: A\n", "unknown time zone"),
    ])
    func `a mistake in the defaults is told once, however many organizations there are`(
        defaults: String,
        own: String,
        expected: String
    ) throws {
        let folder = try TemporaryFolder(["_defaults.yaml": defaults, "a.yaml": own])
        try folder.write(own.replacing("prefix: a", with: "prefix: b"), to: "b.yaml")
        let problems = try #require(folder.problems())
        #expect(problems.count == 1 && problems.first?.contains(expected) == true, "\(problems)")
    }
}
