import ReconcileModel
import Testing

/// `properties:`.
@Suite struct PropertyKeyTests {
    @Test func `names and patterns are told apart by braces`() throws {
        let text = """
            prefix: acm
            name: ACM
            properties:
              title: "{Name} ({Track})"
              date: Date
              end: Ends
              location: Room (big)
              description: |
                {Description}
                Sign up: {Link}
            """
        let properties = try #require(try TemporaryFolder(["acm.yaml": text]).load().first).properties
        #expect(properties[.summary] == .pattern(try TextPattern("{Name} ({Track})")))
        #expect(properties[.location] == .property("Room (big)"))
        #expect(properties[.description]?.description == "{Description}\nSign up: {Link}")
        #expect((properties.date, properties.end) == ("Date", "Ends"))
        #expect(Set(properties.names) == ["Name", "Track", "Date", "Ends", "Room (big)", "Description", "Link"])
    }

    @Test func `null takes an end of the defaults away`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "properties: {end: Ends}", "a.yaml": "prefix: a\nname: A\n",
            "b.yaml": "prefix: b\nname: B\nproperties: {end: null}\n",
        ])
        #expect(try folder.load().map(\.properties.end) == ["Ends", nil])
    }

    @Test func `null ends the series that a recurrence of the defaults asks for`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "properties: {recurrence: Repeats}", "a.yaml": "prefix: a\nname: A\n",
            "b.yaml": "prefix: b\nname: B\nproperties: {recurrence: null}\n",
        ])
        let properties = try folder.load().map(\.properties)
        #expect(properties.map { $0[.recurrence] } == [.property("Repeats"), nil])
        #expect(properties.map { $0.leftToPeople } == [[], [.recurrence]])
    }

    @Test(arguments: [
        (
            "{title: '{Name'}",
            "3:21: the pattern \"properties.title\" is not right: a { is not closed; write {Name}; for a brace itself write {{"
        ),
        (
            "{description: 'By {}'}",
            "3:27: the pattern \"properties.description\" is not right: {} names no property; write its name or id between the braces"
        ),
        (
            "{location: 'x}'}",
            "3:24: the pattern \"properties.location\" is not right: a } has no { before it; write {Name}; for a brace itself write }}"
        ),
        (
            "{date: '{Date}'}",
            "3:20: \"properties.date\" must be the name or id of one property, not the text \"{Date}\"; a pattern cannot give it; "
                + "a property with a brace in its name is named by its id"
        ),
        (
            "{recurrence: '{Repeats}'}",
            "3:26: \"properties.recurrence\" must be the name or id of one property, not the text \"{Repeats}\"; a pattern cannot give "
                + "it; a property with a brace in its name is named by its id"
        ),
        ("{recurence: Repeats}", "3:14: unknown key \"recurence\" in \"properties\"; did you mean \"recurrence\"?"),
        ("{ends: Ends}", "3:14: unknown key \"ends\" in \"properties\"; did you mean \"end\"?"),
    ])
    func `what is wrong is told with its place`(value: String, message: String) throws {
        #expect(try problemsBelowName("properties: \(value)") == [message])
    }

    @Test(arguments: [
        (
            "{past: 90}",
            "3:16: \"window.past\" must be a length of time such as 90d, 6w, 6mo or 2y, at most a hundred years, not the number 90; add the unit: d, w, mo or y"
        ),
        (
            "{past: -90d}",
            "3:16: \"window.past\" must be a length of time such as 90d, 6w, 6mo or 2y, at most a hundred years, not the text \"-90d\"; write 90d"
        ),
        (
            "{future: 3 months}",
            "3:18: \"window.future\" must be a length of time such as 90d, 6w, 6mo or 2y, at most a hundred years, not the text \"3 months\""
        ),
        (
            "{future: 101y}",
            "3:18: \"window.future\" must be a length of time such as 90d, 6w, 6mo or 2y, at most a hundred years, not the text \"101y\""
        ),
        ("90d", "3:9: \"window\" must be a mapping of keys and values, not the text \"90d\""),
        ("{until: 90d}", "3:10: unknown key \"until\" in \"window\"; known here: past, future"),
    ])
    func `a window that is wrong is told with its place`(value: String, message: String) throws {
        #expect(try problemsBelowName("window: \(value)") == [message])
    }

    @Test func `a window is read, side by side with that of the defaults`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "window: {past: 90d, future: 2y}", "a.yaml": "prefix: a\nname: A\nwindow: {past: 6mo}\n",
            "b.yaml": "prefix: b\nname: B\nwindow: null\n", "c.yaml": "prefix: c\nname: C\nwindow: {future: null}\n",
        ])
        let windows = try folder.load().map(\.window)
        #expect(windows[0] == DeclaredWindow(past: CalendarOffset(6, .month), future: CalendarOffset(2, .year)))
        #expect(windows[1] == nil)
        #expect(windows[2] == DeclaredWindow(past: CalendarOffset(90, .day)))
    }
}
