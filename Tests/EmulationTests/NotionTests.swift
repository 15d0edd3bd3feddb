import Emulation
import Testing

/// Notion with one database; `body` gets a client, the database and its data source.
private func withNotion(
    version: String = "2025-09-03",
    prepare: (inout World, _ database: String) throws -> Void = { _, _ in },
    _ body: @escaping @Sendable (Emulator, TestClient, _ database: String, _ source: String) async throws -> Void
) async throws {
    var world = try World.empty()
    let database = world.addDatabase("ACM events")
    try prepare(&world, database)
    let source = world.notion.databases[database]?.dataSources.first ?? ""
    let emulator = Emulator(world)
    try await emulator.withServer { address in
        try await body(emulator, .notion(address, version: version), database, source)
    }
}

@Suite struct NotionTests {
    @Test func `objects have the members of the fixtures`() async throws {
        try await withNotion(prepare: {
            $0.addPage(to: $1, title: "Picnic", date: "2026-12-01", id: "0df9ac30-09fd-48d6-8ef2-30997bb9dcfc")
        }) { _, client, database, source in
            let pairs = [
                ("databases/\(database)", "database.json"), ("data_sources/\(source)", "data-source.json"),
                ("pages/0df9ac3009fd48d68ef230997bb9dcfc", "page-trashed.json"),
            ]
            for (path, name) in pairs {
                let answer = try await client.send("GET", "/v1/\(path)")
                #expect(answer.status == 200)
                #expect(try answer.json.object?.keys.sorted() == fixture("notion/\(name)").object?.keys.sorted())
                #expect(answer.headers["x-notion-request-id"] != nil)
            }
        }
    }

    @Test func `the newest version knows only in_trash`() async throws {
        try await withNotion(version: "2026-03-11") { _, client, database, _ async throws in
            let answer = try await client.send("GET", "/v1/databases/\(database)").json
            #expect(answer["archived"] == nil)
            #expect(answer["in_trash"] == false)
        }
    }

    @Test(
        arguments: [
            ("GET", "databases/6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e", [:] as [String: String], 404, "object_not_found"),
            ("GET", "databases/nonsense", [:], 400, "validation_error"),
            ("GET", "nothing", [:], 400, "invalid_request_url"),
            ("GET", "users/me", ["Authorization": "Bearer no"], 401, "unauthorized"),
            ("GET", "users/me", ["Notion-Version": "2020-01-01"], 400, "missing_version"),
            (
                "GET", "data_sources/6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e", ["Notion-Version": "2022-06-28"], 400,
                "invalid_request_url"
            ),
            ("GET", "users/me", [:], 200, nil),
        ] as [(String, String, [String: String], Int, String?)]
    )
    func `a request is refused for the right reason`(
        method: String,
        path: String,
        headers: [String: String],
        status: Int,
        code: String?
    ) async throws {
        try await withNotion { _, client, _, _ async throws in
            let answer = try await client.send(method, "/v1/\(path)", headers: headers)
            #expect(answer.status == status)
            #expect(answer.json["code"]?.string == code)
            #expect((answer.json["request_id"] != nil) == (code != nil))
        }
    }

    @Test func `error bodies are those of the fixtures`() async throws {
        try await withNotion { emulator, client, _, _ in
            func expect(_ answer: TestAnswer, _ name: String) throws {
                var (got, expected) = (answer.json, try fixture("notion/error-\(name).json"))
                (got["request_id"], expected["request_id"]) = (nil, nil)
                #expect(got == expected)
            }
            try expect(
                try await client.send("GET", "/v1/databases/6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e"),
                "404-object-not-found"
            )
            try expect(
                try await client.send("GET", "/v1/users/me", headers: ["Authorization": "x"]),
                "401-unauthorized"
            )
            emulator.add(Fault(.respond(status: 409), .first(count: 1)))
            try expect(try await client.send("GET", "/v1/users/me"), "409-conflict")
            emulator.settings.notionRequestsPerMinute = 0
            let limited = try await client.send("GET", "/v1/users/me")
            #expect(limited.json["code"] == "rate_limited")
            #expect(limited.headers["retry-after"] == limited.json["additional_data"]?["retry_after"]?.string)
        }
    }

    @Test func `an old version fails on several data sources and names them`() async throws {
        try await withNotion(prepare: { $0.addDataSource(to: $1, "Archive") }) { _, client, database, _ async throws in
            let answer = try await client.send(
                "GET",
                "/v1/databases/\(database)",
                headers: ["Notion-Version": "2022-06-28"]
            )
            #expect(answer.status == 400)
            #expect(answer.json["additional_data"]?["child_data_source_ids"]?.array?.count == 2)
        }
    }

    @Test func `an unshared database takes everything in it along`() async throws {
        try await withNotion(prepare: { $0.addPage(to: $1, title: "x", id: "0df9ac30-09fd-48d6-8ef2-30997bb9dcfc") }) {
            emulator,
            client,
            database,
            source async throws in
            try emulator.withWorld { $0.notion.databases[database]?.isShared = false }
            for path in [
                "databases/\(database)", "data_sources/\(source)", "pages/0df9ac30-09fd-48d6-8ef2-30997bb9dcfc",
            ] {
                #expect(try await client.send("GET", "/v1/\(path)").status == 404)
            }
            #expect(try await client.send("POST", "/v1/data_sources/\(source)/query").status == 404)
        }
    }

    @Test func `renamed and retyped properties show in schema, pages and filters`() async throws {
        try await withNotion(prepare: { $0.addPage(to: $1, title: "x", date: "2026-12-01") }) {
            emulator,
            client,
            database,
            source async throws in
            try emulator.withWorld { world in
                world.editProperty("Date", of: database) { $0.name = "When" }
                world.editProperty("Location", of: database) { $0.type = "rich_text" }
            }
            let schema = try await client.send("GET", "/v1/data_sources/\(source)").json["properties"]
            #expect(schema?["Date"] == nil)
            #expect(schema?["When"]?["id"] == "%5BWk%3F")
            #expect(schema?["Location"]?["rich_text"] == [:])
            let page = try await client.send("POST", "/v1/data_sources/\(source)/query").json["results"]?.array?.first
            #expect(page?["properties"]?["When"]?["date"]?["start"] == "2026-12-01")
            let byName = try await client.send(
                "POST",
                "/v1/data_sources/\(source)/query",
                ["filter": ["property": "Date", "date": ["is_empty": true]]]
            )
            #expect(byName.json["message"] == "Could not find property with name or id: Date")
            let byID = try await client.send(
                "POST",
                "/v1/data_sources/\(source)/query",
                ["filter": ["property": "%5BWk%3F", "date": ["is_not_empty": true]]]
            )
            #expect(byID.json["results"]?.array?.count == 1)
        }
    }

    @Test func `a patch writes values, trashes and restores, and moves the clock by the minute`() async throws {
        try await withNotion(prepare: { $0.addPage(to: $1, title: "x", id: "0df9ac30-09fd-48d6-8ef2-30997bb9dcfc") }) {
            _,
            client,
            _,
            source in
            let path = "/v1/pages/0df9ac30-09fd-48d6-8ef2-30997bb9dcfc"
            let properties: JSONValue = [
                "title": ["title": [["text": ["content": "New"]]]],
                "Date": [
                    "date": [
                        "start": "2027-03-28T01:30:00", "end": "2027-03-28T03:30:00", "time_zone": "Europe/Berlin",
                    ]
                ],
                "Location": ["select": ["name": "Room 5"]],
            ]
            let page = try await client.send("PATCH", path, ["properties": properties])
            #expect(page.status == 200, "\(page.text)")
            let values = page.json["properties"]
            #expect(values?["Name"]?["title"]?.array?.first?["plain_text"] == "New")
            #expect(
                values?["Date"]?["date"] == [
                    "start": "2027-03-28T01:30:00.000+01:00", "end": "2027-03-28T03:30:00.000+02:00", "time_zone": nil,
                ]
            )
            #expect(values?["Location"]?["select"]?["name"] == "Room 5")
            #expect(page.json["last_edited_time"]?.string?.hasSuffix(":00.000Z") == true)
            #expect(try await client.send("PATCH", path, ["in_trash": true]).json["archived"] == true)
            #expect(try await client.send("POST", "/v1/data_sources/\(source)/query").json["results"] == [])
            #expect(try await client.send("GET", path).json["in_trash"] == true)
            #expect(try await client.send("PATCH", path, ["archived": false]).json["in_trash"] == false)
        }
    }

    @Test(
        arguments: [
            ["Nothing": ["date": nil]], ["Date": ["title": []]], ["Date": ["date": ["start": "soon"]]],
            ["Date": ["date": ["start": "2026-12-02", "end": "2026-12-01"]]],
            ["Date": ["date": ["start": "2026-12-02", "time_zone": "Europe/Berlin"]]],
            ["Description": ["rich_text": [["text": ["content": .string(String(repeating: "x", count: 2001))]]]]],
        ] as [JSONValue]
    )
    func `a value that does not fit is refused`(properties: JSONValue) async throws {
        try await withNotion(prepare: { $0.addPage(to: $1, title: "x", id: "0df9ac30-09fd-48d6-8ef2-30997bb9dcfc") }) {
            _,
            client,
            _,
            _ async throws in
            let answer = try await client.send(
                "PATCH",
                "/v1/pages/0df9ac30-09fd-48d6-8ef2-30997bb9dcfc",
                ["properties": properties]
            )
            #expect(answer.status == 400)
            #expect(answer.json["code"] == "validation_error")
        }
    }

    @Test func `rows are created in a data source and found by search`() async throws {
        try await withNotion { _, client, database, source in
            let made = try await client.send(
                "POST",
                "/v1/pages",
                [
                    "parent": ["database_id": .string(database)],
                    "properties": ["Name": ["title": [["text": ["content": "Fresh"]]]]],
                ]
            )
            #expect(made.status == 200, "\(made.text)")
            #expect(made.json["parent"]?["data_source_id"]?.string == source)
            let sources = try await client.send(
                "POST",
                "/v1/search",
                ["filter": ["property": "object", "value": "data_source"]]
            )
            #expect(sources.json["results"]?.array?.map { $0["id"]?.string } == [source])
            let pages = try await client.send(
                "POST",
                "/v1/search",
                ["query": "fre", "filter": ["property": "object", "value": "page"]]
            )
            #expect(pages.json["results"]?.array?.count == 1)
        }
    }

    @Test func `long relations are cut in pages and whole in property items`() async throws {
        let targets = (0..<60).map { number -> JSONValue in
            ["id": .string("00000000-0000-4000-8000-0000000000\(number + 10)")]
        }
        try await withNotion(prepare: { world, database in
            let source = world.notion.databases[database]?.dataSources.first ?? ""
            world.notion.dataSources[source]?.properties.append(NotionProperty("Venue", id: "rEl%7B", type: "relation"))
            world.addPage(
                to: database,
                title: "x",
                values: ["Venue": .array(targets)],
                id: "0df9ac30-09fd-48d6-8ef2-30997bb9dcfc"
            )
        }) { _, client, _, _ async throws in
            let path = "/v1/pages/0df9ac30-09fd-48d6-8ef2-30997bb9dcfc"
            let value = try await client.send("GET", path).json["properties"]?["Venue"]
            #expect(value?["relation"]?.array?.count == 25)
            #expect(value?["has_more"] == true)
            let first = try await client.send("GET", "\(path)/properties/rEl%7B?page_size=50").json
            #expect(first["results"]?.array?.first?.object?.keys.sorted() == ["id", "object", "relation", "type"])
            let cursor = segment(first["next_cursor"]?.string ?? "")
            let rest = try await client.send("GET", "\(path)/properties/rEl%7B?page_size=50&start_cursor=\(cursor)")
                .json
            #expect(rest["results"]?.array?.count == 10)
            #expect(rest["has_more"] == false)
        }
    }
}
