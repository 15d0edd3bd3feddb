import Emulation
import Foundation
import Testing

/// A name in a database is not a column: people rename one, and give its name to another.
struct ReboundColumnTests {
    /// What a column is to events, and the column of the sample databases that is that.
    enum Role: String, CaseIterable {
        case date, location, description

        var column: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

        /// As people fill it in.
        var value: JSONText {
            switch self {
            case .date: JSONText(NotionProperty.date("2028-05-05"))
            case .location, .description: RichText.text("Something else")
            }
        }
    }

    /// How the declaration names the column.
    enum Naming: CaseIterable {
        case usual, declared
    }

    /// What became of the column whose name another one has now.
    enum Fate: CaseIterable {
        case renamed, deleted
    }

    /// Runs `body` after an apply of eight pages and after another column, with other values, took the name of the one that
    /// gave a field.
    private static func rebound(
        _ role: Role,
        _ naming: Naming = .usual,
        _ fate: Fate = .renamed,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        let line = naming == .declared ? "properties: {\(role.rawValue): \(role.column)}" : ""
        try await Scenario.run(pages: 8, declaration: line) { scenario in
            for page in 0..<8 {
                try scenario.editPage(page) { row in
                    row.values["b%7Dq%60"] = JSONText(NotionProperty.option("Room \(page)"))
                    row.values["iK%3DN"] = RichText.text("About \(page)")
                }
            }
            await scenario.expectApplied()
            try scenario.rebind(role, fate)
            try await body(scenario)
        }
    }

    @Test(arguments: Role.allCases, Naming.allCases)
    func `another column with the name of the one that gave a field changes nothing, in any door`(
        role: Role,
        naming: Naming
    ) async throws {
        try await Self.rebound(role, naming) { scenario in
            let (before, sent) = (try scenario.events(), scenario.writes)
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.isRebound, "\(ran.output)")
                #expect(ran.message?.contains("\"Former \(role.column)\"") == true, "\(ran.message ?? "")")
                #expect(ran.output.contains("`\(role.rawValue): \\\"Former \(role.column)\\\"`"), "\(ran.output)")
                #expect(ran.output.contains("`\(role.rawValue): \\\"re;bound\\\"`"), "\(ran.output)")
            }
            try await ServiceScenario.run(in: scenario) { service in
                let first = try await service.get("/api/calendar/acm/events")
                #expect(first.status == 200 && first.events.count == 8, "what was published last")
                #expect(try await service.post("/api/calendar/acm/sync").status >= 400)
                let later = try await service.get("/api/calendar/acm/events")
                for key in ["title", "start", "location", "description"] {
                    let (old, new) = (first.events.map { $0[key] as? String }, later.events.map { $0[key] as? String })
                    #expect(new == old)
                }
            }
            // Neither forgetting the links nor rebuilding them decides it.
            #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            #expect(await scenario.apply().isRebound)
            #expect(await scenario.reconcile("state", "rebuild").code == 0)
            #expect(await scenario.apply().isRebound)
            #expect(scenario.writes == sent)
            #expect(try scenario.events().keys == before.keys)
        }
    }

    @Test(arguments: Role.allCases)
    func `the line with the old column's new name keeps all as it is`(role: Role) async throws {
        try await Self.rebound(role) { scenario in
            let sent = scenario.writes
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "properties: {\(role.rawValue): \"Former \(role.column)\"}"
            )
            await scenario.expectConverged()
            #expect(scenario.writes == sent)
        }
    }

    @Test(arguments: Role.allCases, Fate.allCases)
    func `the line with the new column's id uses it, and is needed once`(role: Role, fate: Fate) async throws {
        try await Self.rebound(role, .usual, fate) { scenario in
            let plan = await scenario.plan()
            #expect(plan.isRebound, "\(plan.output)")
            try scenario.declare(
                "acm",
                database: scenario.database,
                more: "properties: {\(role.rawValue): \"re;bound\"}"
            )
            let used = await scenario.expectApplied()
            #expect(used.changes.count == 8, "\(used.output)")
            try scenario.declare("acm", database: scenario.database)
            await scenario.expectConverged()
        }
    }

    @Test func `a column that was only renamed needs its new name, and no more`() async throws {
        try await Scenario.run(pages: 2, declaration: "properties: {location: Location}") { scenario in
            await scenario.expectApplied()
            try scenario.editProperty("Location") { $0.name = "Place" }
            #expect(await scenario.plan().code == 1)
            try scenario.declare("acm", database: scenario.database, more: "properties: {location: Place}")
            await scenario.expectConverged()
            // Another column by another name is what the declaration asks for.
            try scenario.declare("acm", database: scenario.database, more: "properties: {location: Description}")
            #expect(await scenario.plan().code != 1)
        }
    }

    @Test func `another database, allowed, brings its own columns`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            let database = try scenario.emulator.withWorld { world in
                var properties = NotionProperty.events
                for index in properties.indices where properties[index].name != "Name" {
                    properties[index].id = "other\(index)"
                }
                return world.addDatabase("ACM 2028", properties: properties)
            }
            try scenario.emulator.withWorld { world in
                for number in 10..<12 {
                    let (title, id) = ("Event \(number)", World.page(number))
                    world.addPage(to: database, title: title, date: "2028-02-02", id: id)
                }
            }
            try scenario.declare("acm", database: database)
            let plan = await scenario.plan("--allow-database-change", "acm", "--allow-deletes", "acm:10")
            #expect(plan.code == 2, "\(plan.output)")
        }
    }
}

extension Scenario.Ran {
    /// Whether it stopped because a name means another column.
    fileprivate var isRebound: Bool { code == 1 && message?.contains("another column has its name") == true }
}

extension Scenario {
    /// Gives the name of a column to a new one in which every page has another value.
    fileprivate func rebind(_ role: ReboundColumnTests.Role, _ fate: ReboundColumnTests.Fate) throws {
        switch fate {
        case .renamed: try editProperty(role.column) { $0.name = "Former \(role.column)" }
        case .deleted: try removeProperty(role.column)
        }
        let (type, value) = (role == .date ? "date" : "rich_text", role.value)
        try emulator.withWorld { world in
            guard let source = world.notion.databases[database]?.dataSources.first else { return }
            let column = NotionProperty(role.column, id: "re%3Bbound", type: type)
            world.notion.dataSources[source]?.properties.append(column)
            for page in world.notion.dataSources[source]?.pages ?? [] {
                world.editPage(page) { $0.values[column.id] = value }
            }
            world.serial += 1
        }
    }

    private func removeProperty(_ name: String) throws {
        try emulator.withWorld { world in
            guard let source = world.notion.databases[database]?.dataSources.first else { return }
            world.notion.dataSources[source]?.properties.removeAll { $0.name == name }
            world.serial += 1
        }
    }
}
