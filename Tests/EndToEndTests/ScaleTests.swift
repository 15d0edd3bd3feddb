import Emulation
import Testing

/// What a run costs in requests, and that large databases are read whole.
struct ScaleTests {
    /// HTTP requests that can change something; a batch is one.
    private static func writeRequests(_ requests: RequestLog) -> Int {
        requests.entries.count { $0.api == "google" && $0.isWrite && !$0.isBatched }
    }

    @Test func `a thousand events cost few requests`() async throws {
        try await Scenario.run(pages: 1000) { scenario in
            await scenario.expectApplied()
            #expect(scenario.emulator.requests.requests("google") <= 25)
            try scenario.expectEvents(1000)

            scenario.emulator.resetRequests()
            #expect(await scenario.plan().code == 0)
            let idle = scenario.emulator.requests
            let queries = idle.entries.count { $0.route.hasSuffix("/query") }
            #expect(queries <= 10)
            #expect(idle.requests("notion") - queries <= 3)
            #expect(idle.requests("google") <= 5)
            #expect(idle.writes("google") == 0)

            for page in 0..<10 { try scenario.retitle(page * 99, "Edited \(page)") }
            scenario.emulator.resetRequests()
            let applied = await scenario.expectApplied()
            #expect(applied.changes.count == 10)
            #expect(Self.writeRequests(scenario.emulator.requests) == 1)
            await scenario.expectConverged()
        }
    }

    @Test func `a database of 25,000 pages is read whole`() async throws {
        try await Scenario.run(
            pages: 0,
            build: { world, database in
                for number in 0..<25_000 {
                    world.addPage(
                        to: database,
                        title: "Event \(number)",
                        date: "2027-03-04",
                        id: World.page(number),
                        // Seven a minute, so that slices meet in the middle of a minute.
                        created: World.epoch + number / 7 * 60_000
                    )
                }
            }
        ) { scenario in
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.count("create") == 25_000)
        }
    }
}
