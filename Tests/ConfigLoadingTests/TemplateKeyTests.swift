import ReconcileModel
import Testing

/// `templates:`.
@Suite struct TemplateKeyTests {
    private func templates(_ lines: String) throws -> TemplateRules? {
        try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\n\(lines)\n"]).load().first?.templates
    }

    @Test func `templates are read in their order`() throws {
        let rules = try #require(
            try templates(
                """
                templates:
                  by: Type
                  values:
                    Workshop: {duration: 90m, color: blueberry, location: Room 101, busy: true}
                    true: {visibility: private, title: "Board: {title}", busy: false}
                  otherwise: {color: graphite, description: "{description}"}
                """
            )
        )
        #expect(rules.property == "Type" && rules.source.line == 4)
        #expect(rules.values.map(\.name) == ["Workshop", "true"])
        var workshop = EventTemplate()
        (workshop.duration, workshop.color, workshop.location, workshop.isBusy) = (5400, .blueberry, "Room 101", true)
        #expect(rules.values.first?.template == workshop)
        #expect(rules.values.last?.template.title == (try TextPattern("Board: {title}")))
        #expect(rules.values.last?.template.visibility == .hidden)
        #expect(rules.otherwise?.color == .graphite)
        #expect(rules.names == ["Type", "title", "description"])
    }

    @Test func `values of the defaults stand beside those of a declaration, and one template is taken whole`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml":
                "templates: {by: Type, values: {Talk: {color: sage, busy: false}}, otherwise: {color: basil}}",
            "a.yaml": "prefix: a\nname: A\ntemplates: {values: {Trip: {color: grape}}}\n",
            "b.yaml": "prefix: b\nname: B\ntemplates: {values: {Talk: {color: tomato}}, otherwise: null}\n",
            "c.yaml": "prefix: c\nname: C\ntemplates: null\n",
        ])
        let rules = try folder.load().map(\.templates)
        #expect(rules[0]?.values.map(\.name) == ["Trip", "Talk"] && rules[0]?.otherwise?.color == .basil)
        #expect(rules[1]?.values.first?.template.isBusy == nil && rules[1]?.values.first?.template.color == .tomato)
        #expect(rules[1]?.property == "Type" && rules[1]?.otherwise == nil)
        #expect(rules[2] == nil)
    }

    @Test(arguments: [
        (
            "{otherwise: {busy: true}}",
            "3:12: missing key \"by\" in \"templates\"; name the property that chooses, such as \"by: Type\""
        ),
        (
            "{by: Type, otherwise: {color: blue}}",
            "3:42: \"templates.otherwise.color\" must be lavender, sage, grape, flamingo, banana, tangerine, peacock, graphite, blueberry, "
                + "basil or tomato, not the text \"blue\""
        ),
        (
            "{by: Type, otherwise: {color: Tomato}}",
            "3:42: \"templates.otherwise.color\" must be lavender, sage, grape, flamingo, banana, tangerine, peacock, graphite, blueberry, "
                + "basil or tomato, not the text \"Tomato\"; did you mean \"tomato\"?"
        ),
        (
            "{by: Type, values: {Talk: {visibility: secret}}}",
            "3:51: \"templates.values.Talk.visibility\" must be default, public or private, not the text \"secret\""
        ),
        (
            "{by: Type, values: {Talk: {colour: sage}}}",
            "3:39: unknown key \"colour\" in \"templates.values.Talk\"; did you mean \"color\"?"
        ),
        (
            "{by: Type, otherwise: {reminders: [10m, 1h, 2h, 3h, 1d, 2d]}}",
            "3:46: \"templates.otherwise.reminders\" has 6 entries, and Google allows 5; remove some"
        ),
        (
            "{by: Type, otherwise: {reminders: [10m, 29d]}}",
            "3:52: \"templates.otherwise.reminders\" reminds at most 28d before; write a shorter one"
        ),
        (
            "{by: Type, otherwise: {reminders: [10]}}",
            "3:47: \"templates.otherwise.reminders\" must be a length of time from 1m to 30d, not the number 10; add the unit: m, h or d"
        ),
        (
            "{by: Type, values: [Talk]}",
            "3:31: \"templates.values\" must be a mapping of values to templates, not a list; write {Workshop: {color: blueberry}}"
        ),
        (
            "{by: Type, values: {Talk: {title: '{title'}}}",
            "3:46: the pattern \"templates.values.Talk.title\" is not right: a { is not closed; write {Name}; for a brace itself write {{"
        ),
        (
            "{by: '{Type}'}",
            "3:17: \"templates.by\" must be the name or id of one property, not the text \"{Type}\"; a pattern cannot give it; "
                + "a property with a brace in its name is named by its id"
        ),
    ])
    func `what is wrong is told with its place`(value: String, message: String) throws {
        #expect(try problemsBelowName("templates: \(value)") == [message])
    }
}
