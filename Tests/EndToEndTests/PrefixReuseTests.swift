import Emulation
import Foundation
import Testing

/// A prefix that goes from one organization to another: the database says whose calendar and events are.
struct PrefixReuseTests {
    private static let film = "22222222-2222-4222-8222-222222222222"
    private static let pages = 100..<103

    private static func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 3,
            build: { world, _ in
                world.addDatabase("Film events", id: film)
                for page in pages { world.addPage(page, to: film) }
            }
        ) { scenario in
            await scenario.expectApplied()
            try await body(scenario)
        }
    }

    /// ACM is called asu from now on, and applied; then Film is declared as acm, and applied.
    private static func reused(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await run { scenario in
            try scenario.rename("acm", to: "asu")
            await scenario.expectApplied()
            try scenario.declare("acm", database: film)
            await scenario.expectApplied()
            try await body(scenario)
        }
    }

    @Test(arguments: [false, true], [[], ["asu"], ["acm"]])
    func `two prefixes that change at once stop both organizations`(isStateLost: Bool, named: [String]) async throws {
        try await Self.run { scenario in
            let marked = try scenario.markedCalendars()
            if isStateLost { try scenario.deleteState() }
            try scenario.rename("acm", to: "asu")
            try scenario.declare("acm", database: Self.film)
            let writes = scenario.writes
            for arguments in [[], ["--allow-database-change", "acm"]] where named != ["asu"] || arguments.isEmpty {
                let applied = await scenario.apply(named + arguments)
                #expect(applied.code == 1)
                for prefix in named.isEmpty ? ["acm", "asu"] : named {
                    #expect(applied.status(of: prefix) == "error")
                    #expect(!applied.output.contains("allow-database-change"), "\(applied.output)")
                }
            }
            #expect(scenario.writes == writes)
            #expect(try scenario.markedCalendars() == marked)
            // The way that it names: one at a time.
            try scenario.undeclare("acm")
            await scenario.expectApplied()
            try scenario.declare("acm", database: Self.film)
            await scenario.expectApplied()
            await scenario.expectConverged()
            try scenario.expectEvents(3, "asu")
            try scenario.expectEvents(3, "acm")
            #expect(try scenario.markedCalendars().count == 2)
        }
    }

    @Test(arguments: EventOwnershipTests.StateFate.allCases)
    func `events that still carry the old prefix are recognized by their database`(
        fate: EventOwnershipTests.StateFate
    ) async throws {
        try await Self.reused { scenario in
            let events = try scenario.events("asu").mapValues(\.etag)
            try await fate.strike(scenario, "asu")
            let plan = await scenario.plan()
            #expect(plan.changes.allSatisfy { $0.action == "adopt" }, "\(plan.output)")
            let writes = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == writes)
            #expect(try scenario.events("asu").mapValues(\.etag) == events)
            // And as much theirs as any others when their pages go.
            try scenario.trash([1])
            await scenario.expectApplied()
            try scenario.expectEvents(2, "asu")
            await scenario.expectConverged()
        }
    }

    @Test func `an undo takes back what was written under the old prefix`() async throws {
        try await Self.reused { scenario in
            let undone = await scenario.reconcile("undo", "1", "--auto-approve")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            try scenario.expectEvents(0, "asu")
            try scenario.expectEvents(3, "acm")
        }
    }

    @Test func `a state from before the rename takes and undoes nothing`() async throws {
        try await Self.run { scenario in
            let old = scenario.path("old.db")
            try FileManager.default.copyItem(atPath: scenario.statePath, toPath: old)
            try scenario.rename("acm", to: "asu")
            await scenario.expectApplied()
            try scenario.declare("acm", database: Self.film)
            await scenario.expectApplied()
            let writes = scenario.writes
            for prefix in ["acm", "asu"] {
                let applied = await scenario.reconcile("apply", prefix, "--auto-approve", "--state", old)
                #expect(applied.code == 1, "\(applied.output)")
            }
            #expect(await scenario.reconcile("undo", "1", "--auto-approve", "--state", old).code == 1)
            #expect(scenario.writes == writes)
            await scenario.expectConverged()
        }
    }

    @Test func `a state from before rename and database change knows its events by their marks`() async throws {
        try await Self.run { scenario in
            let old = scenario.path("old.db")
            try FileManager.default.copyItem(atPath: scenario.statePath, toPath: old)
            try scenario.rename("acm", to: "asu")
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                for page in 0..<3 {
                    let date = String(format: "2027-01-%02dT10:00:00.000-07:00", 1 + page)
                    world.addPage(to: Self.film, title: "Event \(page)", date: date, id: World.page(200 + page))
                }
            }
            try scenario.rename("asu", to: "asu", database: Self.film)
            await scenario.expectApplied("--allow-database-change", "asu")
            let events = try scenario.events("asu").count
            for arguments in [[], ["--allow-database-change", "asu"]] {
                let plan = await scenario.reconcile(["plan", "--state", old, "--format", "json"] + arguments)
                #expect(plan.changes.allSatisfy { $0.action == "adopt" }, "\(plan.output)")
            }
            _ = await scenario.reconcile("apply", "--auto-approve", "--state", old)
            try scenario.expectEvents(events, "asu")
        }
    }
}
