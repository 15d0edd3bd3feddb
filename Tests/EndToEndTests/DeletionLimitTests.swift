import Emulation
import Testing

/// The brakes: how many events may go without a person naming the number.
struct DeletionLimitTests {
    @Test func `five deletes of twenty go through`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            #expect(await scenario.plan().deletes.count == 5)
            await scenario.expectApplied()
            try scenario.expectEvents(15)
            await scenario.expectConverged()
        }
    }

    @Test func `six deletes of twenty are blocked until allowed by name and number`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<6)
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.status == "blocked")
            #expect(plan.changes.map(\.isBlocked) == Array(repeating: true, count: 6))
            #expect(plan.count("delete") == 0)

            for allowance in [[], ["--allow-deletes", "acm:5"]] {
                let blocked = await scenario.apply(allowance)
                #expect(blocked.code == 1)
                #expect(blocked.changes.allSatisfy { $0.outcome == "skipped" })
                #expect(scenario.deletesSent == 0)
            }
            await scenario.expectApplied("--allow-deletes", "acm:6")
            try scenario.expectEvents(14)
            await scenario.expectConverged()
        }
    }

    @Test func `a blocked delete does not hold back what is harmless`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<6)
            try scenario.retitle(10, "Renamed")
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.filter { $0.outcome == "applied" }.map(\.reason) == ["edited"])
            #expect(try scenario.event(of: 10).summary == "Renamed")
            #expect(scenario.deletesSent == 0)
        }
    }

    @Test func `deletes add up over a day, and no longer`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            await scenario.expectApplied()
            try scenario.trash(5..<10)
            scenario.clock.advance(by: .seconds(23 * 3600))
            let blocked = await scenario.apply()
            #expect(blocked.code == 1)
            #expect(blocked.status == "blocked")
            try scenario.expectEvents(15)

            scenario.clock.advance(by: .seconds(2 * 3600))
            await scenario.expectApplied()
            try scenario.expectEvents(10)
            await scenario.expectConverged()
        }
    }

    @Test func `deletes that were allowed by name do not count later`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<6)
            await scenario.expectApplied("--allow-deletes", "acm:6")
            try scenario.trash(6..<9)
            await scenario.expectApplied()
            try scenario.expectEvents(11)
        }
    }

    @Test func `all three of three are blocked, two of two are not`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<3)
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.status == "blocked")
            #expect(await scenario.apply().code == 1)
            #expect(scenario.deletesSent == 0)
        }
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<2)
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `emptying in slices is blocked too`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<2)
            await scenario.expectApplied()
            try scenario.trash(2..<4)
            #expect(await scenario.apply().status == "blocked")
            try scenario.expectEvents(2)
        }
    }

    @Test func `with deletions set to never, events stay and are named in warnings`() async throws {
        try await Scenario.run(pages: 5, declaration: "deletions: never") { scenario in
            await scenario.expectApplied()
            try scenario.trash([1, 2])
            let plan = await scenario.plan()
            #expect(plan.code == 0)
            #expect(plan.changes.isEmpty)
            #expect(plan.warnings == ["deletion_withheld", "deletion_withheld"])
            await scenario.expectConverged()
            try scenario.expectEvents(5)
        }
    }

    @Test func `an allowance for an organization that is not there is refused`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let run = await scenario.apply("--allow-deletes", "amc:6")
            #expect(run.code == 1)
            #expect(run.errorCode == "organization_unknown")
            #expect(scenario.writes == 0)
        }
    }
}
