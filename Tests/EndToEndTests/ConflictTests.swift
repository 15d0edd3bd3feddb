import Emulation
import Testing

/// Somebody changes an event between our reading and our writing (412).
struct ConflictTests {
    /// Lets somebody change the event of page 1 just before the next request with this method.
    private static func meanwhile(
        _ method: String,
        _ scenario: Scenario,
        _ change: @escaping @Sendable (inout GoogleEvent) -> Void
    ) throws {
        let calendar = try #require(try scenario.calendar())
        scenario.emulator.beforeNext(method, "/calendar/v3/calendars/") { emulator in
            _ = try? emulator.withWorld { $0.editEvent(World.eventID(1), of: calendar, change) }
        }
    }

    @Test func `an update goes through when only what people own changed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New title")
            try Self.meanwhile("PATCH", scenario) { $0.fields["colorId"] = "7" }
            await scenario.expectApplied()
            let event = try scenario.event(of: 1)
            #expect(event.summary == "New title")
            #expect(event.fields["colorId"] == "7")
            await scenario.expectConverged()
        }
    }

    @Test func `an update is stale when a managed field changed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New title")
            try Self.meanwhile("PATCH", scenario) { $0.fields["summary"] = "By hand" }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["stale"])
            #expect(try scenario.event(of: 1).summary == "By hand")
            // The next plan shows what stands there now, and that may be approved.
            #expect(await scenario.plan().changes.map(\.reason) == ["edited"])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).summary == "New title")
            await scenario.expectConverged()
        }
    }

    @Test func `an update is stale when another managed field changed than the page's`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New title")
            try Self.meanwhile("PATCH", scenario) { $0.fields["location"] = "By hand" }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["stale"])
            #expect(try scenario.event(of: 1).summary == "Event 1")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).fields["location"] == nil)
            await scenario.expectConverged()
        }
    }

    @Test func `where Google ignores the condition, nothing that people own is lost, and drift is seen`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            scenario.set { $0.patchIgnoresIfMatch = true }
            try scenario.retitle(1, "New title")
            try Self.meanwhile("PATCH", scenario) { event in
                event.fields.merge(["location": "By hand", "colorId": "7"]) { _, new in new }
            }
            await scenario.expectApplied()
            let event = try scenario.event(of: 1)
            #expect(event.summary == "New title")
            #expect(event.fields["location"] == "By hand")

            let plan = await scenario.plan()
            #expect(plan.changes.map(\.reason) == ["drift"])
            #expect(plan.changes.first?.fields == ["location"])
            await scenario.expectApplied()
            let restored = try scenario.event(of: 1).fields
            #expect(restored["location"] == nil)
            #expect(restored["colorId"] == "7")
            await scenario.expectConverged()
        }
    }

    @Test func `an update of an event that is deleted meanwhile is stale, and the event comes back`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New title")
            try Self.meanwhile("PATCH", scenario) { $0.fields["status"] = "cancelled" }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["stale"])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).summary == "New title")
            await scenario.expectConverged()
        }
    }

    @Test func `a delete goes through when only what people own changed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            try Self.meanwhile("DELETE", scenario) { $0.fields["colorId"] = "7" }
            await scenario.expectApplied()
            try scenario.expectEvents(2)
            await scenario.expectConverged()
        }
    }

    @Test func `a delete is stale when a managed field changed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            try Self.meanwhile("DELETE", scenario) { $0.fields["summary"] = "By hand" }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.changes.map(\.outcome) == ["stale"])
            #expect(try scenario.event(of: 1).summary == "By hand")
        }
    }

    @Test func `a delete of what is deleted already is a success, and not this run's deed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            try Self.meanwhile("DELETE", scenario) { $0.fields["status"] = "cancelled" }
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.changes.map(\.outcome) == ["unchanged"], "\(applied.output)")
            await scenario.expectConverged()
        }
    }
}
