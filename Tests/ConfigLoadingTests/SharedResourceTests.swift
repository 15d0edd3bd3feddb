import Testing

@Suite struct SharedResourceTests {
    private static let database = "2f0c7a31-d8e5-4b6f-9a12-0c3b4d5e6f70"

    private func problems(_ first: String, _ second: String) throws -> [String]? {
        try TemporaryFolder(["a.yaml": "prefix: a\nname: A\n\(first)", "b.yaml": "prefix: b\nname: B\n\(second)"])
            .problems()
    }

    @Test func `every further use of a prefix names the first`() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: acm\nname: A\n", "b.yaml": "name: B\nprefix: acm\n", "c.yaml": "prefix: acm\nname: C\n",
        ])
        let rest = "duplicate prefix \"acm\", first given at a.yaml:1:9; give every organization a prefix of its own"
        #expect(folder.problems() == ["b.yaml:2:9: \(rest)", "c.yaml:1:9: \(rest)"])
    }

    @Test(arguments: ["x@group.calendar.google.com", "X@Group.Calendar.Google.com"])
    func `two organizations on one calendar are refused`(id: String) throws {
        let problems = try problems("google_calendar_id: x@group.calendar.google.com\n", "google_calendar_id: \(id)\n")
        #expect(
            problems == [
                "b.yaml:3:21: the calendar \"\(id)\" belongs to the organization \"a\" (a.yaml:3:21) already; "
                    + "give every organization a calendar of its own"
            ]
        )
    }

    @Test(arguments: [
        ("", ""), ("data_source: Events\n", ""), ("", "data_source: Events\n"),
        ("data_source: Events\n", "data_source: Events\n"),
        (
            "data_source: '11112222333344445555666677778888'\n",
            "data_source: 11112222-3333-4444-5555-666677778888\n"
        ),
    ])
    func `two organizations on the same pages are refused`(first: String, second: String) throws {
        let problems = try problems(
            "notion_database_id: \(Self.database)\n\(first)",
            "notion_database_id: \(Self.database.uppercased().filter { $0 != "-" })\n\(second)"
        )
        #expect(
            problems == [
                "b.yaml:3:21: the Notion database \"\(Self.database)\" belongs to the organization \"a\" (a.yaml:3:21) already; "
                    + "give every organization a database of its own, or name different data sources with data_source"
            ]
        )
    }

    @Test func `different data sources of one database may be shared out`() throws {
        let database = "notion_database_id: \(Self.database)\n"
        #expect(try problems(database + "data_source: Events\n", database + "data_source: Socials\n") == nil)
    }

    @Test func `an owner without a valid prefix is named by its place`() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: A.\nname: A\ngoogle_calendar_id: x@y\n",
            "b.yaml": "prefix: b\nname: B\ngoogle_calendar_id: x@y\n",
        ])
        #expect(
            folder.problems()?.last
                == "b.yaml:3:21: the calendar \"x@y\" belongs to the one at a.yaml:3:21 already; "
                + "give every organization a calendar of its own"
        )
    }
}
