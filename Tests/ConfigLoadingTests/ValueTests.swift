import ReconcileModel
import Testing

@Suite struct ValueTests {
    private static let prefixRule =
        "\"prefix\" must be lower-case letters, digits, - and _, beginning with a letter or digit"
    private static let durationRule = "\"default_duration\" must be a length of time from 1m to 30d"
    private static let intervalRule = "\"sync_interval\" must be a length of time from 1m to 30d"
    private static let percentRule = "\"safety.max_delete_percent\" must be a whole number from 0 to 100"

    @Test(arguments: [
        ("prefix: ACM", "1:9: \(prefixRule), not the text \"ACM\"; did you mean \"acm\"?"),
        ("prefix: -acm", "1:9: \(prefixRule), not the text \"-acm\""),
        ("prefix: a.b", "1:9: \(prefixRule), not the text \"a.b\""),
        ("prefix: café", "1:9: \(prefixRule), not the text \"café\""),
        ("prefix: \(String(repeating: "a", count: 65))", "1:9: \"prefix\" must be at most 64 characters, not 65"),
        ("prefix:", "1:8: \"prefix\" has no value; give it text, or remove the key"),
        ("prefix: {a: b}", "1:9: \"prefix\" must be text, not a mapping"),
    ])
    func `a prefix fits into URLs`(line: String, expected: String) throws {
        #expect(try problems("\(line)\nname: ACM\n") == [expected])
    }

    @Test(arguments: ["acm", "0", "a-b_c", "123", "true", "null-club", String(repeating: "a", count: 64)])
    func `a prefix may look like a number or a boolean, in quotation marks`(prefix: String) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: '\(prefix)'\nname: '42'\n"])
        let organization = try #require(try folder.load().first)
        #expect((organization.prefix, organization.name) == (prefix, "42"))
    }

    @Test(arguments: [
        (
            "name: A\ncredentials: ntn_a1b2c3",
            "3:14: \"credentials\" must be a mapping of keys and values, not what stands there"
        ),
        ("name: 5", "2:7: \"name\" must be text, not the number 5; put it in quotation marks: \"5\""),
        ("name: 1e3", "2:7: \"name\" must be text, not the number 1e3; put it in quotation marks: \"1e3\""),
        ("name: true", "2:7: \"name\" must be text, not true; put it in quotation marks: \"true\""),
        ("name: [ACM]", "2:7: \"name\" must be text, not a list"),
        ("name: ~", "2:7: \"name\" has no value; give it text, or remove the key"),
        ("name: ''", "2:7: \"name\" must not be empty"),
        ("name: ' '", "2:7: \"name\" must not be empty"),
        ("name: \"A\\nB\"", "2:7: \"name\" must be a single line, not the text \"A\\nB\""),
        ("name: \"A\\u2028B\"", "2:7: \"name\" must be a single line, not the text \"A\\u{2028}B\""),
        (
            "name: \"\\u202EMCA\"",
            "2:7: \"name\" must not turn the direction of text around, as the text \"\\u{202E}MCA\" does"
        ),
        ("name: \"\\e[31mA\"", "2:7: \"name\" must be a single line, not the text \"\\u{1B}[31mA\""),
        ("name: \(String(repeating: "é", count: 255))", "2:7: \"name\" must be at most 254 characters, not 255"),
    ])
    func `a name is one line of text`(line: String, expected: String) throws {
        #expect(try problems("prefix: acm\n\(line)\n") == [expected])
    }

    @Test(arguments: [
        ("active: yes", "3:9: \"active\" must be true or false, not the text \"yes\"; write true"),
        ("active: Off", "3:9: \"active\" must be true or false, not the text \"Off\"; write false"),
        ("active: \"true\"", "3:9: \"active\" must be true or false, not the text \"true\"; write true"),
        ("active: 1", "3:9: \"active\" must be true or false, not the number 1; write true"),
        ("active: perhaps", "3:9: \"active\" must be true or false, not the text \"perhaps\""),
        ("active:", "3:8: \"active\" has no value; give it true or false, or remove the key"),
        ("sync_enabled: []", "3:15: \"sync_enabled\" must be true or false, not a list"),
        ("safety: {max_delete_percent: 101}", "3:30: \(percentRule), not the number 101"),
        ("safety: {max_delete_percent: -1}", "3:30: \(percentRule), not the number -1"),
        ("safety: {max_delete_percent: 25%}", "3:30: \(percentRule), not the text \"25%\"; write 25"),
        ("safety: {max_delete_percent: '25'}", "3:30: \(percentRule), not the text \"25\"; write 25"),
        ("safety: {max_delete_percent: 12.5}", "3:30: \(percentRule), not the number 12.5; write 12"),
        ("safety: {max_delete_percent: true}", "3:30: \(percentRule), not true"),
        (
            "safety: {max_delete_percent: 99999999999999999999}",
            "3:30: \(percentRule), not the number 99999999999999999999"
        ),
        (
            "safety: {max_delete_percent: \(String(repeating: "9", count: 70))}",
            "3:30: \(percentRule), not the number \(String(repeating: "9", count: 60))…"
        ),
        ("safety: 25", "3:9: \"safety\" must be a mapping of keys and values, not the number 25"),
        ("calendar:", "3:10: \"calendar\" has no value; give it a mapping of keys and values, or remove the key"),
        (
            "calendar: ACM Events",
            "3:11: \"calendar\" must be a mapping of keys and values, not the text \"ACM Events\""
        ),
        ("calendar: {description: [a]}", "3:25: \"calendar.description\" must be text, not a list"),
        ("properties: [Name]", "3:13: \"properties\" must be a mapping of keys and values, not a list"),
        ("properties: {title: }", "3:21: \"properties.title\" has no value; give it text, or remove the key"),
        ("data_source: {}", "3:14: \"data_source\" must be text, not a mapping"),
        (
            "deletions: Never",
            "3:12: \"deletions\" must be auto, confirm or never, not the text \"Never\"; did you mean \"never\"?"
        ),
        ("deletions: false", "3:12: \"deletions\" must be auto, confirm or never, not false"),
    ])
    func `a value of the wrong type is named with what is expected`(line: String, expected: String) throws {
        #expect(try problemsBelowName(line + "\n") == [expected])
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
    ])
    func `booleans are those of the core schema`(text: String, expected: Bool) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: acm\nname: ACM\nactive: \(text)\n"])
        #expect(try folder.load().first?.isActive == expected)
    }

    @Test(arguments: [("0", 0), ("100", 100), ("+7", 7), ("010", 10), ("0o17", 15), ("0x1F", 31)])
    func `integers are those of the core schema`(text: String, expected: Int) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: acm\nname: ACM\nsafety: {max_delete_percent: \(text)}\n"])
        #expect(try folder.load().first?.maxDeletePercent == expected)
    }

    @Test(arguments: [
        ("60m", 3600), ("90m", 5400), ("1h", 3600), ("1h30m", 5400), ("1d2h3m", 93_780), ("30d", 2_592_000), ("1m", 60),
        ("0h5m", 300),
    ])
    func `a duration is days, hours and minutes`(text: String, seconds: Int) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: acm\nname: ACM\ndefault_duration: \(text)\n"])
        #expect(try folder.load().first?.defaultDuration == seconds)
    }

    @Test(arguments: [
        ("60", "not the number 60; add the unit: m, h or d"),
        ("1:30", "not the text \"1:30\"; write it as 60m, 1h30m or 2d"),
        ("0m", "not the text \"0m\"; write it as 60m, 1h30m or 2d"),
        ("30d1m", "not the text \"30d1m\"; write it as 60m, 1h30m or 2d"),
        ("30m1h", "not the text \"30m1h\"; write it as 60m, 1h30m or 2d"),
        ("1h1h", "not the text \"1h1h\"; write it as 60m, 1h30m or 2d"),
        ("-5m", "not the text \"-5m\"; write it as 60m, 1h30m or 2d"),
        ("1h30", "not the text \"1h30\"; write it as 60m, 1h30m or 2d"),
        ("m", "not the text \"m\"; write it as 60m, 1h30m or 2d"),
        ("45min", "not the text \"45min\"; write it as 60m, 1h30m or 2d"),
        ("9223372036854775807d", "not the text \"9223372036854775807d\"; write it as 60m, 1h30m or 2d"),
        ("٦٠m", "not the text \"٦٠m\"; write it as 60m, 1h30m or 2d"),
    ])
    func `anything else is no duration`(text: String, expected: String) throws {
        #expect(try problemsBelowName("default_duration: \(text)\n") == ["3:19: \(Self.durationRule), \(expected)"])
    }

    @Test(arguments: [
        ("1m", 60), ("30m", 1800), ("1h30m", 5400), ("30d", 2_592_000),
    ])
    func `an interval is a duration too`(text: String, seconds: Int) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: acm\nname: ACM\nsync_interval: \(text)\n"])
        #expect(try folder.load().first?.syncInterval == seconds)
    }

    @Test(arguments: [
        ("sync_interval: 0m", "3:16: \(intervalRule), not the text \"0m\"; write it as 60m, 1h30m or 2d"),
        ("sync_interval: 15", "3:16: \(intervalRule), not the number 15; add the unit: m, h or d"),
        ("sync_interval: 30s", "3:16: \(intervalRule), not the text \"30s\"; write it as 60m, 1h30m or 2d"),
        ("sync_interval: 31d", "3:16: \(intervalRule), not the text \"31d\"; write it as 60m, 1h30m or 2d"),
        ("sync_interval: [5m]", "3:16: \(intervalRule), not a list"),
        (
            "sync_interval:",
            "3:15: \"sync_interval\" has no value; give it a length of time from 1m to 30d, or remove the key"
        ),
        ("sync_intervall: 5m", "3:1: unknown key \"sync_intervall\"; did you mean \"sync_interval\"?"),
    ])
    func `an interval that is none is refused`(line: String, expected: String) throws {
        #expect(try problemsBelowName(line + "\n") == [expected])
    }

    @Test(arguments: [
        ("America/Phenix", "did you mean \"America/Phoenix\"?"),
        ("america/phoenix", "did you mean \"America/Phoenix\"?"),
        ("America/New York", "did you mean \"America/New_York\"?"),
        ("Phoenix", "did you mean \"America/Phoenix\"?"),
        ("utc", "did you mean \"UTC\"?"),
        ("Mars/Olympus_Mons", "use a name such as \"America/Phoenix\""),
        ("GMT+5", "use a name such as \"America/Phoenix\""),
        ("PST8PDT", "use a name such as \"America/Phoenix\""),
        ("../../etc/passwd", "use a name such as \"America/Phoenix\""),
    ])
    func `an unknown time zone is refused, with a near one`(zone: String, hint: String) throws {
        #expect(try problemsBelowName("timezone: \(zone)\n") == ["3:11: unknown time zone \"\(zone)\"; \(hint)"])
    }

    @Test(arguments: ["UTC", "America/Phoenix", "Europe/Kyiv", "Asia/Calcutta", "US/Arizona", "Etc/GMT+7"])
    func `every IANA zone of the system is known`(zone: String) throws {
        #expect(try problemsBelowName("timezone: \(zone)\n") == [])
    }

    @Test(arguments: [
        "2f0c7a31d8e54b6f9a120c3b4d5e6f70", "2F0C7A31-D8E5-4B6F-9A12-0C3B4D5E6F70",
        "https://www.notion.so/acm/2f0c7a31d8e54b6f9a120c3b4d5e6f70?v=11112222333344445555666677778888#top",
    ])
    func `a Notion id is read in every form`(text: String) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: acm\nname: ACM\nnotion_database_id: \(text)\n"])
        #expect(try folder.load().first?.notion?.id.rawValue == "2f0c7a31-d8e5-4b6f-9a12-0c3b4d5e6f70")
    }

    @Test(arguments: ["12ab", "2f0c7a31d8e54b6f9a120c3b4d5e6f7g", "https://www.notion.so/acm"])
    func `anything else is no Notion id`(text: String) throws {
        #expect(
            try problemsBelowName("notion_database_id: \(text)\n") == [
                "3:21: \"notion_database_id\" holds no Notion id: \"\(text)\"; give the 32 digits of the id, or the URL of the database"
            ]
        )
    }

    @Test(arguments: [
        (
            "primary",
            "must not be \"primary\", the own calendar of the account that reconcile runs as; give the id of the organization's calendar, or remove the key to have one created"
        ),
        (
            "ACM Events",
            "must be a calendar id, without spaces and slashes, not the text \"ACM Events\"; Google shows it in the calendar's settings, under \"Integrate calendar\""
        ),
        (
            "https://calendar.google.com/calendar/u/0?cid=abc",
            "must be a calendar id, without spaces and slashes, not the text \"https://calendar.google.com/calendar/u/0?cid=abc\"; Google shows it in the calendar's settings, under \"Integrate calendar\""
        ),
        ("''", "must not be empty"),
        (
            "..",
            "must be a calendar id, without spaces and slashes, not the text \"..\"; Google shows it in the calendar's settings, under \"Integrate calendar\""
        ),
    ])
    func `a calendar id is one that Google shows`(text: String, expected: String) throws {
        #expect(try problemsBelowName("google_calendar_id: \(text)\n") == ["3:21: \"google_calendar_id\" \(expected)"])
    }
}
