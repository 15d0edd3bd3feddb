import Emulation
import Testing

/// What an integration is not shown is not empty: the events stay.
struct HiddenContentTests {
    private static let ada = "5ee069d7-88da-51e9-a471-6cfe7f3fff0c"
    private static let host = NotionProperty("Host", id: "h%40st", type: "people")

    private static func people(_ ids: String...) -> JSONValue {
        .array(ids.map { ["object": "user", "id": .string($0)] })
    }

    /// A database whose events are where somebody is, of twelve pages; `property` gives the place.
    private func run(
        _ property: NotionProperty = host,
        value: JSONValue = people(ada),
        declaration: String = "properties: {location: Host}",
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 0,
            declaration: declaration,
            build: { world, database in
                world.notion.users[Self.ada] = World.sampleAda
                world.add([property], to: database)
                for number in 0..<12 {
                    world.addPage(
                        to: database,
                        title: "Event \(number)",
                        date: "2027-03-04",
                        values: [property.name: value],
                        id: World.page(number)
                    )
                }
            }
        ) { scenario in
            await scenario.expectApplied()
            try await body(scenario)
        }
    }

    private static func hideUsers(_ scenario: Scenario) throws {
        try scenario.emulator.withWorld { world in
            for token in world.notion.integrations.keys { world.notion.integrations[token]?.canReadUsers = false }
        }
    }

    private static func expectUntouched(
        _ scenario: Scenario,
        warning: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try scenario.event(of: 3).etag
        let writes = scenario.writes
        let applied = await scenario.apply()
        #expect(applied.code == 0, "\(applied.output)", sourceLocation: sourceLocation)
        #expect(applied.changes.isEmpty, "\(applied.output)", sourceLocation: sourceLocation)
        #expect(applied.warnings == [warning], "\(applied.output)", sourceLocation: sourceLocation)
        #expect(scenario.writes == writes, sourceLocation: sourceLocation)
        #expect(try scenario.event(of: 3).etag == before, sourceLocation: sourceLocation)
        try scenario.expectEvents(12)
    }

    @Test func `without the capability to read users every event stays, and one warning names it`() async throws {
        try await run { scenario in
            #expect(try scenario.event(of: 3).fields["location"] == "Ada Okafor")
            try Self.hideUsers(scenario)
            try await Self.expectUntouched(scenario, warning: "user_hidden")
            let plan = await scenario.plan()
            let warnings = plan.organizations.first?["warnings"] as? [[String: Any]]
            let message = warnings?.first?["message"] as? String ?? ""
            #expect(message.contains("So are 11 other pages."), "\(message)")
            #expect(message.contains("\"Read user information without email addresses\""), "\(message)")
        }
    }

    @Test(arguments: ["created_by", "last_edited_by"])
    func `who created a page is as hidden as others`(type: String) async throws {
        try await run(NotionProperty("Host", id: "h%40st", type: type), value: .null) { scenario in
            #expect(try scenario.event(of: 3).fields["location"] == "Ada Okafor")
            try Self.hideUsers(scenario)
            try await Self.expectUntouched(scenario, warning: "user_hidden")
        }
    }

    @Test func `a rollup of people is as hidden as they are`() async throws {
        let rollup = NotionProperty("Host", id: "h%40st", type: "rollup", configuration: ["relation_property_id": "r"])
        let value: JSONValue = [
            "type": "array", "function": "show_original",
            "array": [["type": "people", "people": Self.people(Self.ada)]],
        ]
        try await run(rollup, value: value) { scenario in
            #expect(try scenario.event(of: 3).fields["location"] == "Ada Okafor")
            try Self.hideUsers(scenario)
            try await Self.expectUntouched(scenario, warning: "user_hidden")
        }
    }

    @Test func `a mention of a person in a text is as hidden`() async throws {
        let text = NotionProperty("Host", id: "h%40st", type: "rich_text")
        let value: JSONValue = [
            RichText.item("With "),
            RichText.mention("user", ["object": "user", "id": .string(Self.ada)], plainText: "@Ada Okafor"),
        ]
        try await run(text, value: value) { scenario in
            #expect(try scenario.event(of: 3).fields["location"] == "With @Ada Okafor")
            try Self.hideUsers(scenario)
            try await Self.expectUntouched(scenario, warning: "user_hidden")
        }
    }

    @Test func `a member who left keeps the events of that one`() async throws {
        try await run { scenario in
            try scenario.editPage(3) {
                $0.values["h%40st"] = JSONText(Self.people("0e0e0e0e-0000-4000-8000-000000000001"))
            }
            try await Self.expectUntouched(scenario, warning: "user_hidden")
            // Somebody else is in charge now.
            try scenario.editPage(3) { $0.values["h%40st"] = JSONText([]) }
            await scenario.expectApplied()
            #expect(try scenario.event(of: 3).fields["location"] == nil)
        }
    }

    /// The date is that of a related page.
    private func runRollup(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        let value: JSONValue = ["type": "date", "date": NotionProperty.date("2027-03-04"), "function": "earliest_date"]
        try await run(.dateOfProgramme, value: value, declaration: "properties: {date: When}") { scenario in
            try scenario.emulator.withWorld { world in
                let source = world.notion.databases[scenario.database]?.dataSources.first ?? ""
                world.notion.dataSources[source]?.properties.append(.programme)
            }
            try await body(scenario)
        }
    }

    private static func emptyDates(_ scenario: Scenario) throws {
        for number in 0..<12 {
            try scenario.editPage(number) {
                $0.values["roll"] = JSONText(["type": "date", "date": nil, "function": "earliest_date"])
            }
        }
    }

    @Test func `a rollup's date that goes with its relation takes no event away`() async throws {
        try await runRollup { scenario in
            try scenario.editProperty("Programme") { $0.isVisible = false }
            try Self.emptyDates(scenario)
            try await Self.expectUntouched(scenario, warning: "source_hidden")
        }
    }

    @Test func `a rollup's date that somebody cleared does`() async throws {
        try await runRollup { scenario in
            try scenario.editPage(3) {
                $0.values["roll"] = JSONText(["type": "date", "date": nil, "function": "earliest_date"])
            }
            let applied = await scenario.expectApplied()
            #expect(applied.changes.map(\.reason) == ["undated"])
            try scenario.expectEvents(11)
        }
    }

    @Test func `related pages that are not shown one by one take no event away`() async throws {
        try await runRollup { scenario in
            for number in 0..<12 {
                try scenario.editPage(number) {
                    $0.values["roll"] = JSONText(["type": "array", "array": [], "function": "show_original"])
                    $0.values["rel"] = JSONText([["id": .string(World.page(100))]])
                }
            }
            try await Self.expectUntouched(scenario, warning: "source_hidden")
        }
    }

    @Test func `a place on the map without a name is told by its coordinates`() async throws {
        let place = NotionProperty("Host", id: "h%40st", type: "place")
        try await run(place, value: ["lat": 33.42, "lon": -111.93, "name": nil, "address": nil]) { scenario in
            let event = try scenario.event(of: 3)
            #expect(event.fields["location"] == "33.42, -111.93")
            await scenario.expectConverged()
        }
    }
}

extension World {
    static var sampleAda: NotionUser {
        NotionUser(id: "5ee069d7-88da-51e9-a471-6cfe7f3fff0c", name: "Ada Okafor", email: "ada@example.org")
    }
}
