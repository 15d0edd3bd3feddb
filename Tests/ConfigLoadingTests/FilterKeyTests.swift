import ReconcileModel
import Testing

/// `filter:`.
@Suite struct FilterKeyTests {
    private func filter(_ lines: String) throws -> String? {
        try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\n\(lines)\n"]).load().first?.filter?.description
    }

    @Test(arguments: [
        ("filter: {property: Status, in: [Confirmed, Public]}", "Status in [Confirmed, Public]"),
        ("filter: {property: Published, is: true}", "Published is true"),
        ("filter: {property: Published, is_not: true}", "Published is_not true"),
        ("filter: {property: Number, not_in: [EV-3, 4]}", "Number not_in [EV-3, 4]"),
        ("filter: {property: Tags, does_not_contain: Public}", "Tags does_not_contain Public"),
        (
            "filter: {property: Name, starts_with: 'Draft:', ends_with: '!'}",
            "Name starts_with Draft: and Name ends_with !"
        ),
        ("filter: {property: Speaker, empty: false}", "Speaker is not empty"),
        ("filter: {property: Date, after: -30d, on_or_before: +6mo}", "Date after -30d and Date on_or_before +6mo"),
        ("filter: {property: Date, before: 2026-12-01}", "Date before 2026-12-01"),
        ("filter: {property: Seats, less_than: 5, greater_than: 1.5}", "Seats less_than 5 and Seats greater_than 1.5"),
        (
            """
            filter:
              all:
                - {property: Published, is: true}
                - any: [{property: Type, is: Workshop}, {property: Tags, contains: Public}]
                - not: {property: Deadline, before: today}
            """,
            "Published is true and (Type is Workshop or Tags contains Public) and not Deadline before today"
        ),
        (
            "filter: {notion: {and: [{property: A, checkbox: {equals: true}}]}}",
            #"notion: {"and":[{"property":"A","checkbox":{"equals":true}}]}"#
        ),
    ])
    func `a filter is read`(lines: String, text: String) throws {
        #expect(try filter(lines) == text)
    }

    @Test func `null takes the filter of the defaults away`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "filter: {property: Status, is: Public}",
            "a.yaml": "prefix: a\nname: A\n", "b.yaml": "prefix: b\nname: B\nfilter: null\n",
            "c.yaml": "prefix: c\nname: C\nfilter: {property: Tags, contains: X}\n",
        ])
        #expect(try folder.load().map { $0.filter?.description } == ["Status is Public", nil, "Tags contains X"])
    }

    @Test(arguments: [
        ("{property: Status, is_nto: Draft}", "3:28: unknown key \"is_nto\" in \"filter\"; did you mean \"is_not\"?"),
        ("{property: Status, contain: x}", "3:28: unknown key \"contain\" in \"filter\"; did you mean \"contains\"?"),
        ("{is: Draft}", "3:9: missing key \"property\" in \"filter\"; write {property: Status, is: Confirmed}"),
        (
            "{property: Status}",
            "3:9: \"filter\" asks nothing of \"Status\"; add one of is, is_not, in, not_in, contains, does_not_contain, starts_with, "
                + "ends_with, empty, before, after, on_or_before, on_or_after, less_than, greater_than"
        ),
        (
            "{and: [{property: A, is: b}]}",
            "3:10: unknown key \"and\" in \"filter\"; write all: [{…}, {…}], or a filter of Notion's own under notion:"
        ),
        ("{}", "3:9: \"filter\" must not be empty; write {property: Status, is: Confirmed}"),
        (
            "Confirmed",
            "3:9: \"filter\" must be a condition, such as {property: Status, is: Confirmed}, not the text \"Confirmed\""
        ),
        (
            "{all: [{property: A, is: b}], any: [{property: A, is: b}]}",
            "3:9: \"all\" in \"filter\" stands alone, without \"any\"; put the conditions into one list: all: [{…}, {…}]"
        ),
        ("{all: []}", "3:15: \"filter.all\" must not be empty; write [{property: Status, is: Confirmed}]"),
        (
            "{all: {property: A, is: b}}",
            "3:15: \"filter.all\" must be a list of conditions, not a mapping; write [{property: Status, is: Confirmed}]"
        ),
        (
            "{property: Status, is: [a, b]}",
            "3:32: \"filter.is\" must be one value, not a list; for several write in: […]"
        ),
        (
            "{property: Status, is: null}",
            "3:32: \"filter.is\" has no value; for pages without one write empty: true"
        ),
        (
            "{property: Status, in: Confirmed}",
            "3:32: \"filter.in\" must be a list of values, not the text \"Confirmed\"; write [Confirmed]"
        ),
        (
            "{property: Status, empty: yes}",
            "3:35: \"filter.empty\" must be true or false, not the text \"yes\"; write true"
        ),
        (
            "{property: Date, before: tomorrow}",
            "3:34: \"filter.before\" must be a day such as 2026-12-01, today, -30d or +6mo, not the text \"tomorrow\"; write +1d"
        ),
        (
            "{property: Date, before: 30d}",
            "3:34: \"filter.before\" must be a day such as 2026-12-01, today, -30d or +6mo, not the text \"30d\"; "
                + "write -30d for days that are past, +30d for days to come"
        ),
        (
            "{property: Date, before: 2026-02-30}",
            "3:34: \"filter.before\" must be a day such as 2026-12-01, today, -30d or +6mo, not the text \"2026-02-30\""
        ),
        (
            "{property: Seats, less_than: \"5\"}",
            "3:38: \"filter.less_than\" must be a number, not the text \"5\"; write 5, without quotation marks"
        ),
        (
            "{all: [{notion: {property: A}}]}",
            "3:17: unknown key \"notion\" in \"filter.all\"; known here: all, any, not, property, is, is_not, in, not_in, contains, "
                + "does_not_contain, starts_with, ends_with, empty, before, after, on_or_before, on_or_after, less_than, greater_than"
        ),
        (
            "{notion: {property: A, checkbox: {equals: true}}, property: A}",
            "3:9: \"notion\" in \"filter\" stands alone: what is beside it would not be asked; write either a raw filter or conditions"
        ),
        (
            "{notion: {status: Draft}}",
            "3:18: \"filter.notion\" has none of the keys and, or, property, timestamp; "
                + "write {property: Status, select: {equals: Confirmed}}"
        ),
        (
            "{notion: {and: [{or: [{and: [{property: A, checkbox: {equals: true}}]}]}]}}",
            "3:18: \"filter.notion\" nests its groups more than 2 levels deep, which Notion refuses; "
                + "write it with fewer levels, or as conditions without notion:"
        ),
    ])
    func `what is wrong is told with its place`(value: String, message: String) throws {
        #expect(try problemsBelowName("filter: \(value)") == [message])
    }

    @Test func `a relative date of the event's own date is advised against`() throws {
        func advice(_ lines: String) throws -> [String]? {
            try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\n\(lines)\n"]).load().first?.advice.map {
                $0.description.split(separator: "/").last.map(String.init) ?? ""
            }
        }
        let text =
            "acm.yaml:3:20: the filter \"Date after -30d\" takes events out of the calendar as time passes: they are deleted; "
            + "to leave events of other times alone, use window:"
        #expect(try advice("filter: {property: Date, after: -30d}") == [text])
        #expect(try advice("filter: {property: Date, after: 2026-01-01}") == [])
        #expect(try advice("filter: {property: Deadline, after: -30d}") == [])
        #expect(
            try advice("properties: {date: Deadline}\nfilter: {not: {property: Deadline, before: today}}")?.count == 1
        )
    }
}
