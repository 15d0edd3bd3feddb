import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Transport

/// Half of a character, as JavaScript cuts one, in what the services answer.
struct LoneSurrogateTests {
    /// What a service answers to a request, with `marker` made half a character wherever it stands.
    private func answer(
        _ scenario: Scenario,
        _ method: HTTPRequest.Method,
        _ path: String,
        base: String,
        fields: HTTPFields = [:],
        body: String? = nil
    ) async throws -> String {
        let url = try #require(URL(string: base))
        let transport = CurlTransport(
            configuration: CurlTransport.Configuration(environment: [:], version: "test")
        )
        defer { transport.close() }
        let request = HTTPRequest(
            method: method,
            scheme: "http",
            authority: "\(url.host() ?? ""):\(url.port ?? 80)",
            path: path,
            headerFields: fields
        )
        let response = try await transport.send(
            OutgoingRequest(head: request, body: body.map { Data($0.utf8) }, repeatability: .repeatable)
        )
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return String(decoding: response.body, as: UTF8.self).replacing("MARK", with: "\\ud83d")
    }

    @Test func `in a title and in a property's name it reads as U+FFFD, the rest as usual`() async throws {
        try await Scenario.run(
            pages: 3,
            build: { world, database in
                let source = world.notion.databases[database]?.dataSources.first ?? database
                world.notion.dataSources[source]?.properties.append(
                    NotionProperty("NoteMARK", id: "note", type: "rich_text")
                )
                world.addPage(to: database, title: "Party MARK", date: "2027-03-04", id: World.page(3))
            }
        ) { scenario in
            let notion = try #require(scenario.environment["NOTION_BASE_URL"])
            let source = try #require(
                try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.dataSources.first }
            )
            var fields: HTTPFields = [
                .authorization: "Bearer \(scenario.environment["NOTION_API_KEY"] ?? "")",
                .contentType: "application/json",
            ]
            fields[try #require(HTTPField.Name("Notion-Version"))] = "2025-09-03"
            let schema = try await answer(scenario, .get, "/v1/data_sources/\(source)", base: notion, fields: fields)
            let rows = try await answer(
                scenario,
                .post,
                "/v1/data_sources/\(source)/query",
                base: notion,
                fields: fields,
                body: "{}"
            )
            #expect(schema.contains(#""Note\ud83d""#) && rows.contains(#"Party \ud83d"#))
            scenario.emulator.add(Fault(.respond(status: 200, body: rows), api: "notion", path: "/query$/"))
            scenario.emulator.add(
                Fault(
                    .respond(status: 200, body: schema),
                    api: "notion",
                    method: "GET",
                    path: "/data_sources.[0-9a-f-]+$/"
                )
            )
            let applied = await scenario.expectApplied()
            #expect(applied.warnings.isEmpty, "\(applied.output)")
            #expect(try scenario.event(of: 3).summary == "Party \u{FFFD}")
            try scenario.expectEvents(4)
            await scenario.expectConverged()
        }
    }
}
