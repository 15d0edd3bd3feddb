import ReconcileModel
import Testing

@Suite struct KeyTests {
    private static let known =
        "known here: prefix, previously, name, active, sync_enabled, notion_database_id, data_source, credentials, google_calendar_id, timezone, "
        + "calendar, properties, filter, window, default_duration, sync_interval, templates, cancelled, write_back, deletions, safety"

    @Test(arguments: [
        ("prefx: a\n", "3:1: unknown key \"prefx\"; did you mean \"prefix\"?"),
        ("Active: true\n", "3:1: unknown key \"Active\"; did you mean \"active\"?"),
        ("sync-enabled: true\n", "3:1: unknown key \"sync-enabled\"; did you mean \"sync_enabled\"?"),
        ("syncEnabled: true\n", "3:1: unknown key \"syncEnabled\"; did you mean \"sync_enabled\"?"),
        ("timezoen: UTC\n", "3:1: unknown key \"timezoen\"; did you mean \"timezone\"?"),
        ("calendar_id: x\n", "3:1: unknown key \"calendar_id\"; did you mean \"google_calendar_id\"?"),
        ("colour: red\n", "3:1: unknown key \"colour\"; \(known)"),
        ("\"a\\\"\\\\b\\nc\": red\n", "3:1: unknown key \"a\\\"\\\\b\\nc\"; \(known)"),
        (
            "\(String(repeating: "x", count: 61)): red\n",
            "3:1: unknown key \"\(String(repeating: "x", count: 60))…\"; \(known)"
        ),
        (
            "calendar: {nmae: x}\n",
            "3:12: unknown key \"nmae\" in \"calendar\"; did you mean \"name\"?"
        ),
        (
            "calendar: {colour: x}\n",
            "3:12: unknown key \"colour\" in \"calendar\"; known here: name, description, sharing"
        ),
        ("properties:\n  titel: Name\n", "4:3: unknown key \"titel\" in \"properties\"; did you mean \"title\"?"),
        (
            "credentials: {ntn_a1b2c3: x}\n",
            "3:15: unknown key in \"credentials\"; known here: notion, google, webhook, impersonate"
        ),
        (
            "safety: {max_deletes: 3}\n",
            "3:10: unknown key \"max_deletes\" in \"safety\"; known here: max_delete_percent"
        ),
    ])
    func `an unknown key is refused, with the nearest known one`(lines: String, expected: String) throws {
        #expect(try problemsBelowName(lines) == [expected])
    }

    @Test(arguments: [
        ("name: ACM\n", ["1:1: missing key \"prefix\"; add one, such as \"prefix: acm\""]),
        ("# the chapter\n\nprefix: acm\n", ["3:1: missing key \"name\"; add one, such as \"name: ACM\""]),
        (
            "active: true\n",
            [
                "1:1: missing key \"name\"; add one, such as \"name: ACM\"",
                "1:1: missing key \"prefix\"; add one, such as \"prefix: acm\"",
            ]
        ),
        (
            "prefix: acm\nname: ACM\nsync_enabled: true\n",
            [
                "3:15: missing key \"notion_database_id\", which \"sync_enabled: true\" at 3:15 asks for; "
                    + "add the id or the URL of the Notion database"
            ]
        ),
        ("prefix: ACM!\nname: [ACM]\nsync_enabled: true\nnotion_database_id: no\n", nil),
    ])
    func `a missing key is named, one with a wrong value is not missing`(content: String, expected: [String]?) throws {
        let found = try problems(content)
        if let expected { #expect(found == expected) }
        #expect(expected != nil || !found.contains { $0.contains("missing") })
    }

    @Test func `absent keys have the documented defaults`() throws {
        let folder = try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\n"])
        let source = SourceLocation(file: "\(folder.path)/acm.yaml", line: 1, column: 1)
        var plain = Organization(prefix: "acm", name: "ACM", source: source)
        plain.isTimeZoneNamed = false
        #expect(try folder.load() == [plain])
    }

    @Test func `every key reaches the organization`() throws {
        let content = """
            # The chapter.
            prefix: acm-1_x
            name: ACM
            active: false
            sync_enabled: true
            notion_database_id: https://www.notion.so/acm/Events-2F0C7A31D8E54B6F9A120C3B4D5E6F70?v=11112222333344445555666677778888
            data_source: Events
            google_calendar_id: c_01@group.calendar.google.com
            timezone: Europe/Berlin
            calendar: {name: ACM Events, description: "Talks\\nand more"}
            properties: {title: Name, date: When, location: Where, description: "%3Aa%5C"}
            default_duration: 1h30m
            sync_interval: 30m
            deletions: never
            safety: {max_delete_percent: 0}
            """
        let folder = try TemporaryFolder(["acm.yml": content])
        let source = SourceLocation(file: "\(folder.path)/acm.yml", line: 2, column: 1)
        var expected = Organization(prefix: "acm-1_x", name: "ACM", source: source)
        expected.isActive = false
        expected.isSyncEnabled = true
        expected.notion = NotionReference(id: DatabaseID(rawValue: "2f0c7a31-d8e5-4b6f-9a12-0c3b4d5e6f70"))
        expected.dataSource = "Events"
        expected.googleCalendar = CalendarID(rawValue: "c_01@group.calendar.google.com")
        expected.timeZone = "Europe/Berlin"
        expected.calendar = CalendarSettings(name: "ACM Events", description: "Talks\nand more")
        expected.properties = PropertyMapping([
            .summary: "Name", .start: "When", .location: "Where", .description: "%3Aa%5C",
        ])
        expected.defaultDuration = 5400
        expected.syncInterval = 1800
        expected.deletions = .never
        expected.maxDeletePercent = 0
        #expect(try folder.load() == [expected])
    }
}
