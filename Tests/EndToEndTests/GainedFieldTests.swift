import Emulation
import Foundation
import Testing

/// Which columns give fields is decided once: a column that appears later changes nothing until somebody says so.
struct GainedFieldTests {
    /// Name and Date alone.
    private static let bare = Array(NotionProperty.events.prefix(2))

    /// Runs `body` with an organization whose database had no Description at its first run, and has one since; people wrote
    /// texts into the events.
    private static func gained(
        pages: Int = 6,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: 0) { scenario in
            let database = try scenario.emulator.withWorld { world in
                let database = world.addDatabase("Bare events", properties: bare)
                for page in 0..<pages { world.addPage(page, to: database) }
                return database
            }
            try scenario.declare("acm", database: database)
            await scenario.expectApplied()
            for page in 0..<pages {
                try scenario.editEvent(of: page) { $0.fields["description"] = "Written by hand" }
            }
            await scenario.expectConverged()
            try scenario.addColumn("Description", type: "rich_text", to: database)
            try await body(scenario)
        }
    }

    private static func expectTexts(_ scenario: Scenario, at location: SourceLocation = #_sourceLocation) throws {
        let texts = try scenario.events().values.map { $0.fields["description"]?.string }
        #expect(texts.allSatisfy { $0 == "Written by hand" }, sourceLocation: location)
    }

    @Test func `a column that appears is not used, with a warning and the line to add`() async throws {
        try await Self.gained { scenario in
            for ran in [await scenario.plan(), await scenario.apply(), await scenario.apply()] {
                #expect(ran.code == 0, "\(ran.output)")
                #expect(ran.changes.isEmpty)
                #expect(ran.warnings == ["property_unused"])
                #expect(ran.output.contains("`description: Description`"), "\(ran.output)")
                #expect(ran.output.contains("`description: null`"), "\(ran.output)")
            }
            try Self.expectTexts(scenario)
            let database = try #require(
                try scenario.emulator.withWorld { $0.notion.databases.values.first { $0.name == "Bare events" }?.id }
            )
            // Both ways that it names work.
            try scenario.declare("acm", database: database, more: "properties: {description: null}")
            let left = await scenario.apply()
            #expect(left.code == 0 && left.warnings.isEmpty, "\(left.output)")
            try Self.expectTexts(scenario)
            await scenario.expectConverged()

            try scenario.declare("acm", database: database, more: "properties: {description: Description}")
            let used = await scenario.expectApplied()
            #expect(used.warnings.isEmpty)
            #expect(try scenario.event(of: 1).fields["description"]?.string == nil)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `the decision outlives a rename without a state`(isRebuilt: Bool) async throws {
        try await Self.gained { scenario in
            let database = try #require(
                try scenario.emulator.withWorld { $0.notion.databases.values.first { $0.name == "Bare events" }?.id }
            )
            try scenario.deleteState()
            try scenario.rename("acm", to: "asu", database: database)
            if isRebuilt { #expect(await scenario.reconcile("state", "rebuild").code == 0) }
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.warnings.contains("property_unused"))
            let texts = try scenario.events("asu").values.map { $0.fields["description"]?.string }
            #expect(texts.count == 6 && texts.allSatisfy { $0 == "Written by hand" })
        }
    }

    enum Loss: String, CaseIterable {
        case forgotten, rebuilt, rebuiltFromNothing, lost
    }

    @Test(arguments: Loss.allCases)
    func `the decision outlives the links`(loss: Loss) async throws {
        try await Self.gained { scenario in
            switch loss {
            case .forgotten:
                #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            case .rebuilt: #expect(await scenario.reconcile("state", "rebuild").code == 0)
            case .rebuiltFromNothing:
                try scenario.deleteState()
                #expect(await scenario.reconcile("state", "rebuild").code == 0)
            case .lost: try scenario.deleteState()
            }
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.warnings.contains("property_unused"), "\(applied.warnings)")
            #expect(applied.changes.allSatisfy { $0.action == "adopt" }, "\(applied.output)")
            try Self.expectTexts(scenario)
            await scenario.expectConverged()
        }
    }

    @Test func `the public events follow the decision, by a sync and by themselves`() async throws {
        try await Self.gained { scenario in
            try scenario.emulator.withWorld { world in
                guard let source = world.notion.dataSources.values.first(where: { $0.properties.count == 3 }) else {
                    return
                }
                for page in source.pages {
                    world.editPage(page) { $0.values["new%20column"] = RichText.text("A draft for members only") }
                }
            }
            try await ServiceScenario.run(in: scenario) { service in
                let own = try await service.get("/api/calendar/acm/events")
                #expect(own.status == 200)
                #expect(!own.text.contains("members only"), "\(own.text)")
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                let synced = try await service.get("/api/calendar/acm/events")
                #expect(!synced.text.contains("members only"), "\(synced.text)")
            }
            try Self.expectTexts(scenario)
        }
    }

    @Test func `a first run tells what gives which field, and what nearly would`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let database = try scenario.emulator.withWorld { world in
                let properties =
                    Self.bare + [
                        NotionProperty("Location ", id: "aa", type: "rich_text"),
                        NotionProperty("Description", id: "bb", type: "relation"),
                    ]
                let database = world.addDatabase("Nearly", properties: properties)
                world.addPage(0, to: database)
                return database
            }
            try scenario.declare("acm", database: database)
            let plan = await scenario.plan()
            #expect(plan.warnings == ["property_near_miss", "property_near_miss"], "\(plan.output)")
            #expect(plan.output.contains(#"`location: \"Location \"`"#), "\(plan.output)")
            #expect(plan.output.contains("relation"))
            let notes = (plan.organizations.first?["notes"] as? [String] ?? []).joined()
            #expect(notes.contains("the title comes from \"Name\""), "\(plan.output)")
            #expect(notes.contains("start and end from \"Date\""), "\(plan.output)")
            #expect(notes.contains("no column gives the location and the description"), "\(plan.output)")
            let text = await scenario.reconcile("plan")
            #expect(text.output.contains("the title comes from \"Name\""), "\(text.output)")

            await scenario.expectApplied()
            let later = await scenario.plan()
            #expect(later.warnings.isEmpty, "\(later.output)")
            #expect(later.organizations.first?["notes"] == nil)
            // The line that it names works.
            try scenario.declare("acm", database: database, more: "properties: {location: \"Location \"}")
            await scenario.expectApplied()
        }
    }

    @Test func `a field that is lost is left to people by the line that the error names`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editProperty("Description") { $0.name = "Text" }
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.message?.contains("`description: null`") == true, "\(plan.message ?? "")")
            // Forgetting decides nothing.
            #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            #expect(await scenario.plan().code == 1)
            try scenario.declare("acm", database: scenario.database, more: "properties: {description: null}")
            #expect(await scenario.apply().code == 0)
            await scenario.expectConverged()
        }
    }

    @Test func `where the column is there and the declaration names it no more, that is what is said`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try scenario.editProperty("Description") { $0.name = "Text" }
            try scenario.declare("acm", database: scenario.database, more: "properties: {description: Text}")
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database)
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            let message = try #require(plan.message)
            #expect(
                message.contains("came from the column \"Text\", which") && message.contains("acm.yaml does not name")
            )
            #expect(!message.contains("in Notion"), "\(message)")
            // Both ways that it names work.
            for line in ["description: Text", "description: null"] {
                #expect("\(plan.output)".contains("`\(line)`"), "\(plan.output)")
                try scenario.declare("acm", database: scenario.database, more: "properties: {\(line)}")
                #expect(await scenario.plan().code == 0)
            }
        }
    }
}

extension Scenario {
    /// Adds a column as a person does: every page has it, empty.
    fileprivate func addColumn(_ name: String, type: String, to database: String) throws {
        try emulator.withWorld { world in
            guard let source = world.notion.databases[database]?.dataSources.first else { return }
            world.notion.dataSources[source]?.properties.append(NotionProperty(name, id: "new%20column", type: type))
            world.serial += 1
        }
    }
}
