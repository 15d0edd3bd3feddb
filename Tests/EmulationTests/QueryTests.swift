import Emulation
import Testing

/// A database with a column of most types and five rows, a to e, made an hour apart; `f` is in the trash.
private func withTable(
    _ body: @escaping @Sendable (Emulator, TestClient, _ query: String) async throws -> Void
) async throws {
    var world = try World.empty()
    let columns = [
        NotionProperty("Title", id: "title", type: "title"), NotionProperty("Text", id: "txt1", type: "rich_text"),
        NotionProperty("Number", id: "num1", type: "number"), NotionProperty("Check", id: "chk1", type: "checkbox"),
        NotionProperty("Kind", id: "sel1", type: "select"), NotionProperty("State", id: "sta1", type: "status"),
        NotionProperty("Tags", id: "mul1", type: "multi_select"), NotionProperty("Date", id: "dat1", type: "date"),
        NotionProperty("Hosts", id: "peo1", type: "people"), NotionProperty("Venue", id: "rel1", type: "relation"),
    ]
    let database = world.addDatabase("Table", properties: columns)
    let rows: [(String, String?, [String: JSONValue])] = [
        (
            "a", "2026-12-01",
            ["Number": 1, "Check": true, "Kind": NotionProperty.option("Talk"), "Text": RichText.value("Hello there")]
        ),
        (
            "b", "2026-12-02T10:00:00.000-07:00",
            [
                "Number": 2.5, "State": NotionProperty.option("Done"),
                "Tags": [NotionProperty.option("x"), NotionProperty.option("y")],
            ]
        ),
        (
            "c", nil,
            [
                "Kind": NotionProperty.option("Fair"),
                "Hosts": [["object": "user", "id": "7a1c94f2-0d5b-4c3e-8f66-b2e0d9a4c871"]],
            ]
        ),
        ("d", "2027-01-01", ["Number": -3, "Venue": [["id": "00000000-0000-4000-8000-000000000001"]]]),
        ("e", "2026-12-31", ["Tags": [NotionProperty.option("y")]]),
    ]
    for (index, row) in rows.enumerated() {
        world.addPage(to: database, title: row.0, date: row.1, values: row.2, created: World.epoch + index * 3_600_000)
    }
    if let trashed = world.addPage(to: database, title: "f", date: "2026-12-01") {
        world.editPage(trashed) { $0.isInTrash = true }
    }
    let source = world.notion.databases[database]?.dataSources.first ?? ""
    let emulator = Emulator(world)
    try await emulator.withServer { address in
        try await body(emulator, .notion(address), "/v1/data_sources/\(source)/query")
    }
}

private func titles(_ answer: TestAnswer) -> String {
    (answer.json["results"]?.array ?? []).map { page in
        page["properties"]?["Title"]?["title"]?.array?.first?["plain_text"]?.string ?? "?"
    }.joined()
}

@Suite struct QueryTests {
    @Test(
        arguments: [
            (["property": "Title", "title": ["equals": "A"]], "a"),
            (["property": "Text", "rich_text": ["contains": "hello"]], "a"),
            (["property": "Text", "rich_text": ["is_empty": true]], "bcde"),
            (["property": "Number", "number": ["greater_than": 1]], "b"),
            (["property": "num1", "number": ["is_empty": true]], "ce"),
            (["property": "Check", "checkbox": ["equals": true]], "a"),
            (["property": "Check", "checkbox": ["does_not_equal": true]], "bcde"),
            (["property": "Kind", "select": ["equals": "Talk"]], "a"),
            (["property": "Kind", "select": ["equals": ["Talk", "Fair"]]], "ac"),
            (["property": "Kind", "select": ["does_not_equal": "Talk"]], "bcde"),
            (["property": "State", "status": ["is_not_empty": true]], "b"),
            (["property": "Tags", "multi_select": ["contains": "y"]], "be"),
            (["property": "Tags", "multi_select": ["does_not_contain": "x"]], "acde"),
            (["property": "Date", "date": ["equals": "2026-12-02"]], "b"),
            (["property": "Date", "date": ["on_or_after": "2026-12-31"]], "de"),
            (["property": "Date", "date": ["before": "2026-12-02"]], "a"),
            (["property": "Date", "date": ["after": "2026-12-02T16:59:59Z"]], "bde"),
            (["property": "Date", "date": ["is_empty": true]], "c"),
            (["property": "Date", "date": ["next_year": [:]]], "abde"),
            (["property": "Hosts", "people": ["contains": "7a1c94f20d5b4c3e8f66b2e0d9a4c871"]], "c"),
            (["property": "Venue", "relation": ["contains": "00000000-0000-4000-8000-000000000001"]], "d"),
            (["timestamp": "created_time", "created_time": ["on_or_after": "2026-11-01T03:00:00.000Z"]], "de"),
            (
                ["timestamp": "last_edited_time", "last_edited_time": ["on_or_before": "2026-11-01T01:00:00.000Z"]],
                "ab"
            ),
            (
                [
                    "and": [
                        ["property": "Date", "date": ["is_not_empty": true]],
                        [
                            "or": [
                                ["property": "Number", "number": ["equals": 1]],
                                ["property": "Title", "title": ["equals": "e"]],
                            ]
                        ],
                    ]
                ], "ae"
            ),
        ] as [(JSONValue, String)]
    )
    func `a filter finds its rows`(filter: JSONValue, expected: String) async throws {
        try await withTable { _, client, query async throws in
            let answer = try await client.send("POST", query, ["filter": filter])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(titles(answer) == expected)
        }
    }

    @Test(
        arguments: [
            (
                ["filter": ["property": "State", "select": ["equals": "x"]]],
                "database property status does not match filter select"
            ),
            (
                ["filter": ["property": "Nope", "select": ["equals": "x"]]],
                "Could not find property with name or id: Nope"
            ),
            (["page_size": 101], "body failed validation: body.page_size should be ≤ `100`, instead was `101`."),
            (
                ["filter_properties": ["ID"]],
                "body failed validation: body.filter_properties should be not present, instead was `[\"ID\"]`."
            ),
            (["start_cursor": "stale"], "The start_cursor provided is invalid: stale"),
            (
                ["filter": ["and": [["or": [["and": []]]]]]],
                "body failed validation: body.filter is nested too deeply, at most 2 levels are allowed."
            ),
        ] as [(JSONValue, String)]
    )
    func `a query that makes no sense is refused`(body: JSONValue, message: String) async throws {
        try await withTable { _, client, query async throws in
            let answer = try await client.send("POST", query, body)
            #expect(answer.status == 400)
            #expect(answer.json["message"]?.string == message)
        }
    }

    @Test(
        arguments: [
            ([["timestamp": "created_time", "direction": "descending"]], "edcba"),
            ([["property": "Number", "direction": "ascending"]], "cedab"),
            (
                [
                    ["property": "Kind", "direction": "descending"],
                    ["timestamp": "created_time", "direction": "ascending"],
                ], "acbde"
            ),
        ] as [(JSONValue, String)]
    )
    func `rows come in the order asked for`(sorts: JSONValue, expected: String) async throws {
        try await withTable { _, client, query async throws in
            #expect(titles(try await client.send("POST", query, ["sorts": sorts])) == expected)
        }
    }

    @Test func `pages end where has_more is false`() async throws {
        try await withTable { _, client, query async throws in
            var (found, cursor): (String, JSONValue) = ("", .null)
            repeat {
                let answer = try await client.send("POST", query, ["page_size": 2, "start_cursor": cursor])
                found += titles(answer)
                cursor = answer.json["next_cursor"] ?? .null
                #expect((answer.json["has_more"] == true) == (cursor != .null))
                #expect(answer.json["request_status"] == ["type": "complete"])
            } while cursor != .null
            #expect(found == "abcde")
        }
    }

    @Test func `above the row limit a query is incomplete and says so only at the end`() async throws {
        try await withTable { emulator, client, query async throws in
            emulator.settings.queryRowLimit = 3
            let first = try await client.send("POST", query, ["page_size": 2])
            #expect(first.json["request_status"] == ["type": "complete"])
            let last = try await client.send(
                "POST",
                query,
                ["page_size": 2, "start_cursor": first.json["next_cursor"] ?? .null]
            )
            #expect(titles(first) + titles(last) == "abc")
            #expect(last.json["has_more"] == false)
            #expect(last.json["next_cursor"] == .null)
            #expect(try last.json["request_status"] == fixture("notion/query-incomplete.json")["request_status"])
        }
    }

    @Test func `a page of results can be missing without a word`() async throws {
        try await withTable { emulator, client, query async throws in
            emulator.settings.omittedQueryPage = 2
            let first = try await client.send("POST", query, ["page_size": 2])
            let last = try await client.send(
                "POST",
                query,
                ["page_size": 2, "start_cursor": first.json["next_cursor"] ?? .null]
            )
            #expect(titles(first) + titles(last) == "abe")
            #expect(last.json["request_status"] == ["type": "complete"])
        }
    }

    @Test(arguments: [
        "filter_properties=title&filter_properties=num1", "filter_properties[]=Title&filter_properties[]=Number",
    ])
    func `filter_properties takes ids and names`(parameters: String) async throws {
        try await withTable { _, client, query async throws in
            let answer = try await client.send("POST", "\(query)?\(parameters)")
            #expect(answer.json["results"]?.array?.first?["properties"]?.object?.keys.sorted() == ["Number", "Title"])
            #expect(try await client.send("POST", "\(query)?filter_properties=nope").status == 400)
        }
    }

    @Test func `twenty-five thousand pages are read whole`() async throws {
        var world = try World.empty()
        let database = world.addDatabase("Large")
        for number in 0..<25_000 {
            world.addPage(to: database, title: "\(number)", date: "2027-01-01", created: World.epoch + number * 60_000)
        }
        let source = world.notion.databases[database]?.dataSources.first ?? ""
        let emulator = Emulator(world)
        emulator.settings.queryRowLimit = 30_000
        try await emulator.withServer { address in
            let client = TestClient.notion(address)
            var (count, cursor): (Int, JSONValue) = (0, .null)
            repeat {
                let answer = try await client.send(
                    "POST",
                    "/v1/data_sources/\(source)/query?filter_properties=title",
                    ["start_cursor": cursor, "sorts": [["timestamp": "created_time", "direction": "ascending"]]]
                )
                let page = answer.json
                count += page["results"]?.array?.count ?? 0
                cursor = page["next_cursor"] ?? .null
            } while cursor != .null
            #expect(count == 25_000)
        }
    }
}
