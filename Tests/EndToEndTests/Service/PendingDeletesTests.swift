import Emulation
import Testing

/// The service deletes nothing that is for a person to say yes to, and says what waits.
struct PendingDeletesTests {
    @Test func `a sync leaves what waits for a yes, and tells it wherever it tells`() async throws {
        try await Scenario.run(pages: 4, declaration: "deletions: confirm") { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            try await ServiceScenario.run(in: scenario) { service in
                let synced = try await service.post("/api/calendar/acm/sync")
                #expect(synced.status == 200)
                #expect(synced.json["pending_deletes"] as? Int == 1)
                #expect(scenario.deletesSent == 0)
                let events = try await service.get("/api/calendar/acm/events")
                #expect(events.json["total_events"] as? Int == 4)
                #expect(try await service.get("/").text.contains("no changes; 1 delete waits for a yes"))
                let figure = #"reconcile_organization_pending_deletes{organization="acm"} 1"#
                #expect(try await service.get("/metrics").text.contains(figure))
            }
        }
    }
}
