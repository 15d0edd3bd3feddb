import Emulation
import Testing

/// What may look empty or gone, behind every door.
struct KnowledgeDoorTests {
    @Test(arguments: Unseen.allCases, Door.reading)
    func `no door takes what it does not see for empty or gone`(unseen: Unseen, door: Door) async throws {
        try await unseen.run { scenario in
            let before = try scenario.versions()
            let passage = try await door.pass(scenario, losing: unseen.mayLoseState)
            #expect(try scenario.versions() == before)
            #expect(passage.isSuccess == !unseen.isTrouble)
            #expect(passage.titles.allSatisfy(unseen.keeps), "\(passage.titles)")
            if [.events, .feed].contains(door), !unseen.isTrouble { #expect(passage.titles.count == 2) }
        }
    }

    @Test func `an undo does not touch an event of which Google shows nothing`() async throws {
        try await Unseen.privateEvent.run { scenario in
            let hidden = World.eventID(1)
            let before = try scenario.versions { $0.id == hidden }
            let undone = await scenario.reconcile("undo", "1", "--auto-approve", "--format", "json")
            #expect(undone.code == 1)
            #expect(undone.changes.filter { $0.outcome == "stale" }.map(\.event) == [hidden])
            #expect(try scenario.versions() == before)
        }
    }

    /// A question may stay open for hours; from the answer on, each door looks at the pages anew.
    @Test(arguments: Door.writing)
    func `a proof that has become too old lets no event go`(door: Door) async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1, 2])
            let clock = scenario.clock
            scenario.emulator.beforeNext("GET", "/v1/pages/") { emulator in
                // The data source is read once more after the look.
                emulator.beforeNext("GET", "/v1/data") { _ in
                    clock.advance(by: .seconds(40))
                    try? scenario.editPage(1) { $0.isInTrash = false }
                }
            }
            let passage = try await door.pass(scenario)
            #expect(!passage.isSuccess)
            try scenario.expectEvents(19)
            #expect(scenario.deletesSent == 1)
        }
    }
}
