import Emulation
import Foundation
import Testing

/// The main line: plan, apply, plan, and what people do in between.
struct StoryTests {
    @Test func `plan, apply, plan`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            let first = await scenario.plan()
            #expect(first.code == 2)
            #expect(first.changes.map(\.action) == ["create", "create", "create", "create"])
            #expect(FileManager.default.fileExists(atPath: scenario.statePath) == false)

            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            #expect(applied.changes.allSatisfy { $0.outcome == "applied" })

            let second = await scenario.plan()
            #expect(second.code == 0)
            #expect(second.changes.isEmpty)
        }
    }

    @Test func `an edited page becomes one update with the changed fields`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.emulator.withWorld { world in
                world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Moved event") }
            }
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.changes.map(\.reason) == ["edited"])
            #expect(plan.changes.first?.fields == ["summary"])
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test(arguments: ["Location", "Description"])
    func `a property found by its usual name is missed when it is renamed`(name: String) async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.emulator.withWorld { world in
                world.editProperty(name, of: scenario.database) { $0.name = "Renamed" }
            }
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.status == "error")
            #expect(plan.message?.contains(name.lowercased()) == true)
            #expect(plan.changes.isEmpty)
            try scenario.emulator.withWorld { world in
                world.editProperty("Renamed", of: scenario.database) { $0.name = name }
            }
            #expect(await scenario.plan().code == 0)
        }
    }
}
