import Emulation
import Testing

/// A page has a value so long that Notion cuts it, and the rest cannot be read.
struct UnfinishedPageTests {
    /// Notion fills in 25 mentions of a text.
    private static let mentions = JSONValue.array(
        Array(repeating: RichText.mention("date", ["start": "2027-01-01"], plainText: "January;"), count: 25)
    )

    /// An edited page, one in the trash, and the long one, number 5.
    private func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 5,
            build: { world, database in
                world.addPage(
                    to: database,
                    title: "Long",
                    date: "2027-03-04",
                    values: ["Description": Self.mentions],
                    id: World.page(5)
                )
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Edited")
            try scenario.trash([2])
            try await body(scenario)
        }
    }

    private static func fault(_ status: Int) -> Fault {
        Fault(.respond(status: status), api: "notion", path: "/.properties./")
    }

    @Test(arguments: [400, 404, 500])
    func `it keeps its event as it is and does not stop the others`(status: Int) async throws {
        try await run { scenario in
            let before = try scenario.event(of: 5).etag
            scenario.emulator.add(Self.fault(status))
            let applied = await scenario.apply()
            // A page that vanished meanwhile is no trouble of the service.
            let isTrouble = status != 404
            #expect(applied.code == (isTrouble ? 1 : 0), "\(applied.output)")
            #expect(applied.changes.map(\.action) == (isTrouble ? ["update"] : ["update", "delete"]))
            #expect(applied.changes.allSatisfy { $0.outcome == "applied" })
            #expect(applied.warnings == ["page_unfinished"])
            #expect(try scenario.event(of: 1).summary == "Edited")
            #expect(try scenario.event(of: 5).etag == before)

            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            try scenario.expectEvents(5)
            await scenario.expectConverged()
        }
    }

    @Test func `a token that is refused concerns the whole organization`() async throws {
        try await run { scenario in
            scenario.emulator.add(Self.fault(401))
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.changes.isEmpty)
            #expect(plan.message?.contains("token") == true, "\(plan.output)")
        }
    }
}
