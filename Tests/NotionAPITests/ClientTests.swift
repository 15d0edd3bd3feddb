import Foundation
import HTTPTypes
import NotionAPI
import ReconcileModel
import Testing
import Transport

@Suite struct ClientTests {
    @Test(arguments: [
        ("https://api.notion.com", "https", "api.notion.com", "/v1/users/me"),
        ("https://api.notion.com/", "https", "api.notion.com", "/v1/users/me"),
        ("http://127.0.0.1:8123", "http", "127.0.0.1:8123", "/v1/users/me"),
        ("http://[::1]:8123/notion/", "http", "[::1]:8123", "/notion/v1/users/me"),
    ])
    func `requests go to the base URL`(base: String, scheme: String, authority: String, path: String) async throws {
        let transport = ScriptedTransport(answers: [
            .json(#"{"object":"user","id":"b","name":"reconcile","type":"bot","bot":{}}"#)
        ])
        #expect(try await NotionClient(transport, base: base).me().name == "reconcile")
        let head = try #require(transport.sent.first?.head)
        #expect((head.scheme, head.authority, head.path) == (scheme, authority, path))
        #expect(head.method == .get)
    }

    @Test func `every request names the version, the token and nothing that may not be repeated`() async throws {
        let transport = ScriptedTransport(answers: [try .fixture("database")])
        let database = try await NotionClient(transport).database(database)
        #expect(database.title == "ACM events")
        #expect(database.dataSources.map(\.name) == ["Events", "Archive 2025"])

        let request = try #require(transport.sent.first)
        let version = try #require(HTTPField.Name("Notion-Version"))
        #expect(request.head.headerFields[version] == "2025-09-03")
        #expect(request.head.headerFields[.authorization] == "Bearer ntn_very_secret")
        #expect(request.repeatability == .repeatable)
    }

    @Test func `a schema is read with types, ids and options`() async throws {
        let schema = try await NotionClient(ScriptedTransport(answers: [try .fixture("data-source")])).dataSource(
            source
        )
        #expect(schema.properties.count == 25)
        #expect(schema.properties.map(\.name) == schema.properties.map(\.name).sorted())
        let date = try #require(schema.properties.first { $0.name == "Date" })
        #expect(date.id.written == "%5BWk%3F")
        #expect(date.id.decoded == "[Wk?")
        #expect(date.type == .date)
        let options = Dictionary(uniqueKeysWithValues: schema.properties.map { ($0.name, $0.options) })
        #expect(options["Location"] == ["Room 101", "Memorial Union"])
        #expect(options["Tags"] == ["Free food", "Members only", "Online"])
        #expect(options["Status"] == ["Draft", "Confirmed", "Public", "Cancelled"])
        #expect(options["Venue"] == [])
    }

    @Test func `unknown types are kept in a schema`() async throws {
        let body =
            #"{"id":"\#(source)","properties":{"X":{"id":"x","type":"last_visited_time","last_visited_time":{}}}}"#
        let schema = try await NotionClient(ScriptedTransport(answers: [.json(body)])).dataSource(source)
        #expect(schema.properties.map(\.type.rawValue) == ["last_visited_time"])
    }

    @Test func `a trashed page is read by id`() async throws {
        let transport = ScriptedTransport(answers: [try .fixture("page-trashed")])
        let id = try #require(PageID(parsing: "0df9ac3009fd58d68ef230997bb9dcfc"))
        let page = try await NotionClient(transport).page(
            id,
            properties: [PropertyID("title"), PropertyID("%5BWk%3F")]
        )
        #expect(page.isInTrash)
        #expect(!page.isArchived)
        #expect(page.parent.dataSource == source)
        #expect(page.value(of: PropertyID("title")) == .title(RichText(text: "Cancelled picnic")))
        #expect(transport.paths == ["/v1/pages/\(id)?filter_properties=title&filter_properties=%5BWk%3F"])
    }

    @Test func `the answer about another page is not believed`() async throws {
        let client = NotionClient(ScriptedTransport(answers: [try .fixture("page-trashed")]))
        await #expect(
            throws: NotionError.malformedAnswer(location: "pages/\(pageID(1))", reason: "id is that of another page")
        ) {
            try await client.page(pageID(1))
        }
    }

    @Test func `a page that moved to where its properties do not exist is read without them`() async throws {
        let refused = IncomingResponse.json(
            #"{"code":"validation_error","message":"x is not a property that exists."}"#,
            status: 400
        )
        let moved = #"{"id":"\#(pageID(1))","parent":{"type":"page_id","page_id":"p"},"properties":{}}"#
        let transport = ScriptedTransport(answers: [refused, .json(moved)])
        let page = try await NotionClient(transport).page(pageID(1), properties: [PropertyID("x")])
        #expect(page.parent.type == "page_id")
        #expect(transport.paths == ["/v1/pages/\(pageID(1))?filter_properties=x", "/v1/pages/\(pageID(1))"])

        let always = ScriptedTransport(answers: [refused])
        await #expect(throws: NotionError.self) { try await NotionClient(always).page(pageID(1)) }
        #expect(always.sent.count == 1)
    }

    @Test(arguments: [
        "", #","parent":null"#, #","parent":{"type":"data_source_id"}"#, #","parent":{"type":"database_id"}"#,
        #","parent":{"type":"table_id","table_id":"t"}"#, #","parent":{"type":7}"#,
    ])
    func `a page without a readable parent does not pass for a moved one`(parent: String) async throws {
        let client = NotionClient(
            ScriptedTransport(answers: [.json(#"{"id":"\#(pageID(1))","properties":{}\#(parent)}"#)])
        )
        let reason = "parent is missing or of an unknown type"
        await #expect(throws: NotionError.malformedAnswer(location: "pages/\(pageID(1))", reason: reason)) {
            try await client.page(pageID(1))
        }
    }

    @Test(arguments: ["page_id", "block_id", "workspace", "agent_id"])
    func `a page whose parent is no data source was moved`(type: String) async throws {
        let body = #"{"id":"\#(pageID(1))","properties":{},"parent":{"type":"\#(type)"}}"#
        let page = try await NotionClient(ScriptedTransport(answers: [.json(body)])).page(pageID(1))
        #expect(page.parent == NotionPage.Parent(type: type))
    }

    @Test(arguments: [
        ("error-400-multiple-data-sources", 400, "notion_invalid_request"),
        ("error-401-unauthorized", 401, "notion_unauthorized"),
        ("error-404-object-not-found", 404, "notion_not_found"),
        ("error-409-conflict", 409, "notion_service_error"),
        ("error-429-rate-limited", 429, "notion_rate_limited"),
    ])
    func `errors become failures`(fixture: String, status: Int, code: String) async throws {
        let client = NotionClient(ScriptedTransport(answers: [try .fixture(fixture, status: status)]))
        let error = await #expect(throws: NotionError.self) { try await client.page(pageID(1)) }
        #expect(error?.failure.code.rawValue == code)
    }

    @Test(arguments: [
        (
            403, #"{"code":"restricted_resource","message":"Insufficient permissions."}"#,
            NotionError.restricted(message: "Insufficient permissions.")
        ),
        (403, "<html>", .service(status: 403, code: nil)),
        (404, "<html>not here</html>", .service(status: 404, code: nil)),
        (404, #"{"code":"other","message":""}"#, .service(status: 404, code: "other")),
        (404, #"{"code":"object_not_found"}"#, .notFound(.page, id: pageID(1).rawValue)),
        (401, "", .unauthorized),
        (400, #"{"code":"missing_version","message":"m"}"#, .validation(code: "missing_version", message: "m")),
        (429, "", .rateLimited(isBlocked: false)),
        (
            429, #"{"code":"rate_limited","additional_data":{"rate_limit_reason":"public_api_request_blocked"}}"#,
            .rateLimited(isBlocked: true)
        ),
        (503, #"{"code":"service_unavailable"}"#, .service(status: 503, code: "service_unavailable")),
        (204, "", .service(status: 204, code: nil)),
    ])
    func `only Notion itself can say that a page does not exist`(
        status: Int,
        body: String,
        error: NotionError
    ) async throws {
        let client = NotionClient(ScriptedTransport(answers: [.json(body, status: status)]))
        await #expect(throws: error) { try await client.page(pageID(1)) }
    }

    @Test func `hints say what to do`() {
        #expect(NotionError.unauthorized.failure.hint == "Check NOTION_API_KEY.")
        #expect(
            NotionError.notFound(.database, id: "x").failure.hint
                == "In Notion open the database, ••• > Connections, and add the integration."
        )
        #expect(NotionError.ambiguousDataSource(names: ["A", "B"]).failure.hint?.contains("data_source: A") == true)
    }

    @Test(arguments: [
        TransportError.timedOut(location: "l", sent: true), .unreachable(location: "l", reason: "r"),
        .interrupted(location: "l", reason: "r"), .untrusted(location: "l", reason: "r"),
        .tooLarge(location: "l", limit: 1),
        .refused(location: "l", reason: "r"), .cancelled,
    ])
    func `no failure holds the token`(error: TransportError) async throws {
        let client = NotionClient(ScriptedTransport { _ throws(TransportError) in throw error })
        let thrown = await #expect(throws: NotionError.transport(error)) { try await client.me() }
        let text = "\(String(describing: thrown)) \(thrown.map { "\($0.failure)" } ?? "")"
        #expect(!text.contains("secret"))
    }

    @Test func `a malformed answer names the place, not the content`() async throws {
        let body = #"{"id":"\#(database)","data_sources":[{"id":"private words","name":"x"}]}"#
        let client = NotionClient(ScriptedTransport(answers: [.json(body)]))
        await #expect(
            throws: NotionError.malformedAnswer(
                location: "https://api.notion.com/v1/databases/\(database)",
                reason: "data_sources[0].id: not a UUID"
            )
        ) { try await client.database(database) }
    }
}
