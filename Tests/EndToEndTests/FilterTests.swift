import Emulation
import Foundation
import TestSupport
import Testing

/// `filter:` decides which pages become events.
struct FilterTests {
    private static let status = NotionProperty(
        "Status",
        id: "st%3At",
        type: "status",
        configuration: ["options": .array(["Draft", "Confirmed", "Public"].map { NotionProperty.option($0) })]
    )
    private static let published = NotionProperty("Published", id: "pUbL", type: "checkbox")
    private static let line = "filter: {property: Status, in: [Confirmed, Public]}"

    /// Twelve pages, of which the even ones are confirmed and the odd ones drafts.
    private func run(
        _ declaration: String = line,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 0,
            declaration: declaration,
            build: { world, database in
                world.add([Self.status, Self.published], to: database)
                for number in 0..<12 {
                    let isPublic = number.isMultiple(of: 2)
                    world.addPage(
                        to: database,
                        title: "Event \(number)",
                        date: "2027-03-\(10 + number)",
                        values: [
                            "Status": NotionProperty.option(isPublic ? "Confirmed" : "Draft"),
                            "Published": .bool(isPublic),
                        ],
                        id: World.page(number)
                    )
                }
            },
            body
        )
    }

    @Test func `a page that leaves the filter loses its event, and gets the same one back`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            try scenario.expectEvents(6)
            let id = try scenario.event(of: 2).id
            try scenario.set(2, "Draft")
            try scenario.set(3, "Public")
            let plan = await scenario.plan()
            #expect(
                plan.changes.map { "\($0.action) \($0.title) \($0.reason)" } == [
                    "delete Event 2 filtered_out", "create Event 3 new_page",
                ]
            )
            await scenario.expectApplied()
            await scenario.expectConverged()
            try scenario.set(2, "Confirmed")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 2).id == id)
            await scenario.expectConverged()
        }
    }

    @Test func `pages that the filter leaves out cost nothing`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            let before = scenario.emulator.requests.requests("notion")
            #expect(await scenario.plan().code == 0)
            let filtered = scenario.emulator.requests.requests("notion") - before
            try scenario.declare("acm", database: scenario.database)
            let open = scenario.emulator.requests.requests("notion")
            #expect(await scenario.plan().code == 2)
            #expect(scenario.emulator.requests.requests("notion") - open == filtered)
        }
    }

    /// What people rename or take away in Notion.
    enum Renamed: CaseIterable {
        case option, column, retyped, rebound
    }

    private static let lines = [
        line,
        "filter: {notion: {or: [{property: Status, status: {equals: Confirmed}}, {property: Status, status: {equals: Public}}]}}",
    ]

    @Test(arguments: Renamed.allCases, lines)
    func `what is renamed in Notion deletes nothing`(what: Renamed, line: String) async throws {
        try await run(line) { scenario in
            await scenario.expectApplied()
            switch what {
            case .option:
                let options = ["Draft", "Agreed", "Public"].map { NotionProperty.option($0) }
                try scenario.editProperty("Status") { $0.configuration = ["options": .array(options)] }
                for page in [0, 2, 4, 6, 8, 10] { try scenario.set(page, "Agreed") }
            case .column: try scenario.editProperty("Status") { $0.name = "State" }
            case .retyped: try scenario.editProperty("Status") { $0.type = "files" }
            case .rebound:
                try scenario.editProperty("Status") { $0.name = "State" }
                try scenario.emulator.withWorld { world in
                    var other = Self.status
                    other.id = "re%3Bbound"
                    world.add([other], to: scenario.database)
                }
            }
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.changes.isEmpty)
                let expected =
                    switch what {
                    case .option: "has no option \"Confirmed\""
                    case .column: "there is no property \"Status\""
                    case .retyped: line == Self.line ? "has the type files" : "acm.yaml:6:18"
                    case .rebound: "another column has its name"
                    }
                #expect(ran.message?.contains(expected) == true, "\(ran.output)")
            }
            try scenario.expectEvents(6)
        }
    }

    @Test func `a tightened filter trips the limit`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "filter: {property: Status, is: Public}")
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.changes.map(\.reason) == Array(repeating: "filtered_out", count: 6))
            #expect(!plan.changes.contains { !$0.isBlocked })
            #expect(await scenario.apply().code == 1)
            try scenario.expectEvents(6)
            await scenario.expectApplied("--allow-deletes", "acm:6")
            try scenario.expectEvents(0)
            await scenario.expectConverged()
        }
    }

    @Test func `as days pass, pages leave the filter`() async throws {
        try await run { scenario in
            let today = scenario.day(0)
            try scenario.editPage(0) { $0.values["%5BWk%3F"] = JSONText(NotionProperty.date(today)) }
            try scenario.declare("acm", database: scenario.database, more: "filter: {property: Date, on_or_after: -1d}")
            await scenario.expectApplied()
            try scenario.expectEvents(12)
            scenario.clock.advance(by: .seconds(3 * 86_400))
            let plan = await scenario.plan()
            #expect(plan.changes.map { "\($0.title) \($0.reason)" } == ["Event 0 filtered_out"])
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `where the filter cannot tell, the event stays, with one warning for all`() async throws {
        let host = NotionProperty("Host", id: "h%40st", type: "people")
        try await run("filter: {property: Host, contains: Ada Okafor}") { scenario in
            try scenario.emulator.withWorld { world in
                let ada = World.sampleAda
                world.notion.users[ada.id] = ada
                world.add([host], to: scenario.database)
                for number in 0..<12 {
                    world.editPage(World.page(number)) {
                        $0.values["h%40st"] = JSONText(.array([["object": "user", "id": .string(ada.id)]]))
                    }
                }
            }
            await scenario.expectApplied()
            try scenario.expectEvents(12)
            try scenario.emulator.withWorld { $0.notion.integrations[World.notionToken]?.canReadUsers = false }
            let plan = await scenario.plan()
            #expect(plan.code == 0)
            #expect(plan.changes.isEmpty)
            #expect(plan.warnings == ["user_hidden"])
            try scenario.expectEvents(12)
        }
    }

    @Test func `a filter of Notion's own decides by two listings`() async throws {
        try await run("filter: {notion: {property: Published, checkbox: {equals: true}}}") { scenario in
            await scenario.expectApplied()
            try scenario.expectEvents(6)
            let before = scenario.emulator.requests.requests("notion")
            await scenario.expectConverged()
            let quiet = (scenario.emulator.requests.requests("notion") - before) / 2
            try scenario.editPage(2) { $0.values["pUbL"] = JSONText(.bool(false)) }
            try scenario.editPage(4) { $0.values["pUbL"] = JSONText(.bool(false)) }
            let start = scenario.emulator.requests.requests("notion")
            let plan = await scenario.plan()
            #expect(plan.changes.map(\.reason) == ["filtered_out", "filtered_out"])
            // Two looks, the second listing, and the data source once more.
            #expect(scenario.emulator.requests.requests("notion") - start <= quiet + 5)
            await scenario.expectApplied()
            await scenario.expectConverged()
            try scenario.expectEvents(4)
        }
    }

    @Test func `a page that only one listing leaves out keeps its event`() async throws {
        try await run("filter: {notion: {property: Published, checkbox: {equals: true}}}") { scenario in
            await scenario.expectApplied()
            let empty =
                #"{"object":"list","results":[],"next_cursor":null,"has_more":false,"request_status":{"type":"complete"}}"#
            let once = Fault(
                .misreport(status: 200, body: empty),
                .first(count: 1),
                api: "notion",
                path: "/v1/data_sources/\(scenario.dataSource)/query"
            )
            scenario.emulator.add(once)
            let plan = await scenario.plan()
            #expect(plan.changes.isEmpty)
            #expect(plan.warnings.allSatisfy { $0 == "page_not_listed" })
            scenario.emulator.removeFaults()
            await scenario.expectConverged()
        }
    }

    @Test func `a raw filter that Notion refuses is an error of its organization, and says where it stands`()
        async throws
    {
        try await run("filter: {notion: {property: Published, select: {equals: true}}}") { scenario in
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.message?.contains("acm.yaml:6:18") == true, "\(plan.output)")
        }
    }

    @Test(arguments: [
        ("{property: Publisht, checkbox: {equals: true}}", "Publisht"),
        ("{or: [{property: Status, status: {equals: Confirmt}}, {property: Name, title: {equals: x}}]}", "Confirmt"),
    ])
    func `what a raw filter asks for is there`(filter: String, missing: String) async throws {
        try await run("filter: {notion: \(filter)}") { scenario in
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.message?.contains("\"\(missing)\"") == true, "\(plan.output)")
            #expect(plan.message?.contains("acm.yaml:6:18") == true, "\(plan.output)")
        }
    }

    /// Random conditions on the columns of the scenario.
    private static func rule(_ random: inout SeededGenerator, depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: "{property: Status, is: Draft}"
        case 1: "{property: Status, not_in: [Draft, Public]}"
        case 2: "{property: Published, is: \(Bool.random(using: &random))}"
        case 3: "{property: Date, on_or_after: 2027-03-\(10 + Int.random(in: 0..<12, using: &random))}"
        case 4: "{property: Date, before: 2027-03-\(10 + Int.random(in: 0..<12, using: &random))}"
        case 5: "{property: Name, ends_with: \"\(Int.random(in: 0..<4, using: &random))\"}"
        case 6: "{not: \(rule(&random, depth: depth - 1))}"
        case let kind:
            "{\(kind == 7 ? "all" : "any"): ["
                + (0..<Int.random(in: 1...3, using: &random)).map { _ in rule(&random, depth: depth - 1) }
                .joined(separator: ", ") + "]}"
        }
    }

    @Test func `what is sent with the query changes nothing but its cost`() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        try await run { scenario in
            var random = SeededGenerator(seed: seed)
            for round in 0..<40 {
                let rule = Self.rule(&random, depth: 3)
                try scenario.declare("acm", database: scenario.database, more: "filter: \(rule)")
                let filtered = await scenario.plan()
                let refused = Fault(
                    .respond(status: 400),
                    .first(count: 1),
                    api: "notion",
                    path: "/v1/data_sources/\(scenario.dataSource)/query"
                )
                scenario.emulator.add(refused)
                let whole = await scenario.plan()
                scenario.emulator.removeFaults()
                #expect(filtered.code == 2, "seed \(seed), round \(round): \(filtered.output)")
                // Without a filter that is sent, the fault is that of the query itself.
                guard whole.code != 1 else { continue }
                #expect(
                    filtered.changes.map(\.title) == whole.changes.map(\.title),
                    "seed \(seed), round \(round): \(rule)"
                )
            }
        }
    }
}

extension Scenario {
    fileprivate func set(_ page: Int, _ status: String) throws {
        try editPage(page) { $0.values["st%3At"] = JSONText(NotionProperty.option(status)) }
    }

    fileprivate var dataSource: String {
        (try? emulator.withWorld { $0.notion.databases[database]?.dataSources.first }) ?? database
    }
}
