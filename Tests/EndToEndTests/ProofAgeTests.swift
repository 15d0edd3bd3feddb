import Emulation
import Testing

/// A delete's proof is at most half a minute old as its batch leaves.
struct ProofAgeTests {
    /// Lets time pass between the look at the pages and the first write, and something happen meanwhile.
    private static func pause(_ scenario: Scenario, seconds: Int, _ action: @escaping @Sendable () -> Void = {}) {
        let clock = scenario.clock
        scenario.emulator.beforeNext("GET", "/v1/pages/") { emulator in
            // The data source is read once more after the look.
            emulator.beforeNext("GET", "/v1/data") { _ in
                clock.advance(by: .seconds(seconds))
                action()
            }
        }
    }

    private static func looks(_ scenario: Scenario) -> Int {
        scenario.emulator.requests.entries.count { $0.method == "GET" && $0.route == "/v1/pages/{page}" }
    }

    @Test func `a page that was restored since it was looked at keeps its event`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1, 2])
            Self.pause(scenario, seconds: 40) { try? scenario.editPage(1) { $0.isInTrash = false } }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["stale", "applied"], "\(applied.output)")
            #expect(scenario.deletesSent == 1)
            try scenario.expectEvents(19)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [(20, 1), (40, 2)])
    func `a proof is renewed only where it is old`(seconds: Int, looks: Int) async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            Self.pause(scenario, seconds: seconds)
            await scenario.expectApplied()
            #expect(Self.looks(scenario) == looks)
            await scenario.expectConverged()
        }
    }

    @Test func `pages that cannot be looked at any more keep their events`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            let emulator = scenario.emulator
            Self.pause(scenario, seconds: 40) {
                emulator.add(Fault(.respond(status: 403), api: "notion", path: "/v1/pages/"))
            }
            let applied = await scenario.apply()
            #expect(applied.changes.map(\.outcome) == ["stale"], "\(applied.output)")
            #expect(scenario.deletesSent == 0)
        }
    }

    @Test func `deletes that wait for their turn are proven again`() async throws {
        try await Scenario.run(pages: 100) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<80)
            let slow: [String: String?] = ["RECONCILE_GOOGLE_RPM": "60"]
            let arguments = ["apply", "--auto-approve", "--format", "json", "--allow-deletes", "acm:80"]
            let applied = await scenario.reconcile(arguments, environment: slow)
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.count("delete") == 80 && applied.changes.allSatisfy { $0.outcome == "applied" })
            #expect(Self.looks(scenario) > 80)
            try scenario.expectEvents(20)
            await scenario.expectConverged()
        }
    }
}
