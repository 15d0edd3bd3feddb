import Emulation
import Testing

/// What a page looks like alone proves something only while its database is there and was listed whole.
struct AbsenceProofTests {
    /// How a database goes away while a run looks at its pages.
    enum Loss: CaseIterable {
        case unshared, trashed

        func set(_ isLost: Bool, of database: String, _ emulator: Emulator) throws {
            try emulator.withWorld { world in
                guard var changed = world.notion.databases[database] else { return }
                switch self {
                case .unshared: changed.isShared = !isLost
                case .trashed: changed.isInTrash = isLost
                }
                world.notion.databases[database] = changed
            }
        }
    }

    @Test(arguments: Loss.allCases)
    func `pages that vanish together with their database keep their events`(loss: Loss) async throws {
        try await Scenario.run(pages: 10) { scenario in
            await scenario.expectApplied()
            try scenario.trash([3])
            let database = scenario.database
            scenario.emulator.beforeNext("GET", "/v1/pages/") { emulator in
                _ = try? loss.set(true, of: database, emulator)
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.isEmpty)
            #expect(applied.message?.contains("nothing is deleted") == true, "\(applied.output)")
            try scenario.expectEvents(10)

            try loss.set(false, of: database, scenario.emulator)
            await scenario.expectApplied()
            #expect(scenario.deletesSent == 1)
            await scenario.expectConverged()
        }
    }

    @Test func `a database is read once more only where pages are gone`() async throws {
        try await Scenario.run(pages: 10) { scenario in
            await scenario.expectApplied()
            #expect(await databaseReads(of: scenario) == 1)
            try scenario.trash([3])
            #expect(await databaseReads(of: scenario) == 2)
        }
    }

    /// How often a plan reads the database.
    private func databaseReads(of scenario: Scenario) async -> Int {
        scenario.emulator.resetRequests()
        _ = await scenario.plan()
        return scenario.emulator.requests.entries.count { $0.route == "/v1/databases/{database}" }
    }

    @Test func `a listing without many pages is given up after a few looks`() async throws {
        try await Scenario.run(pages: 250) { scenario in
            await scenario.expectApplied()
            scenario.set { $0.omittedQueryPage = 2 }
            scenario.emulator.resetRequests()
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.changes.isEmpty)
            #expect(plan.warnings.isEmpty)
            let looks = scenario.emulator.requests.entries.count { $0.route == "/v1/pages/{page}" }
            // Five alive ones are borne; eight requests are under way at once.
            #expect((6...13).contains(looks))
        }
    }

    @Test func `pages that are alive but invalid count against the listing too`() async throws {
        try await Scenario.run(pages: 110) { scenario in
            await scenario.expectApplied()
            let date = NotionProperty.events[1].id
            let backwards = JSONText(NotionProperty.date("2027-02-02", end: "2027-02-01"))
            for page in 100..<110 { try scenario.editPage(page) { $0.values[date] = backwards } }
            try scenario.trash([4])
            scenario.set { $0.omittedQueryPage = 2 }
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.changes.isEmpty)
            #expect(plan.message?.contains("left out") == true, "\(plan.output)")

            scenario.set { $0.omittedQueryPage = nil }
            // A query's rows stay what they are until something changes.
            try scenario.trash([3])
            let whole = await scenario.plan()
            #expect(whole.changes.map(\.reason) == ["trashed", "trashed"])
            #expect(whole.warnings == Array(repeating: "date_invalid", count: 10))
        }
    }
}
