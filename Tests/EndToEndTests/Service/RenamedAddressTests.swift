import Emulation
import HTTPTypes
import Testing

/// What was published under a prefix goes on to work when the organization gets another one.
struct RenamedAddressTests {
    private static func expectMoved(_ service: ServiceScenario) async throws {
        let addresses = [
            "/api/calendar/acm/events", "/api/calendar/acm/events?from=2027-01-02&q=a%20b",
            "/api/calendar/acm/events.ics",
            "/api/calendar/acm/events.ics?x", "/api/calendar/%61cm/events",
        ]
        for address in addresses {
            for method in [HTTPRequest.Method.get, .head] {
                let answer = try await service.send(method, address)
                #expect(answer.status == 308, "\(address)")
                let expected = address.replacing("acm", with: "asu").replacing("%61cm", with: "asu")
                #expect(answer.headers[.location] == expected)
            }
        }
        for action in ["sync", "setup"] {
            let answer = try await service.post("/api/calendar/acm/\(action)", token: nil)
            #expect(answer.status == 308)
            #expect(answer.headers[.location] == "/api/calendar/asu/\(action)")
            #expect(answer.json["status"] as? String == "error")
        }
    }

    @Test func `former addresses lead to the new ones, by the declaration`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try scenario.rename("acm", to: "asu", more: "previously: [acm]")
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectMoved(service)
                let unknown = try await service.get("/api/calendar/film/events")
                #expect(unknown.status == 404)
            }
        }
    }

    @Test(arguments: [false, true])
    func `former addresses lead to the new ones, by the state`(isApplied: Bool) async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            let id = await scenario.stored("acm")?["id"] as? Int
            try scenario.rename("acm", to: "asu")
            if isApplied { await scenario.expectApplied() }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectMoved(service)
                let events = try await service.get("/api/calendar/asu/events")
                #expect(events.status == 200 && events.json["organization_id"] as? Int == id)
                let synced = try await service.post("/api/calendar/asu/sync")
                #expect(synced.status == 200 && synced.json["organization_id"] as? Int == id)
                try await Self.expectMoved(service)
            }
            await scenario.expectConverged()
        }
    }

    @Test func `a prefix that another organization has now is its own`() async throws {
        let film = "22222222-2222-4222-8222-222222222222"
        try await Scenario.run(
            pages: 2,
            build: { world, _ in world.addPage(50, to: world.addDatabase("Film", id: film)) }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.rename("acm", to: "asu")
            await scenario.expectApplied()
            try scenario.declare("acm", database: film)
            try await ServiceScenario.run(in: scenario) { service in
                let events = try await service.get("/api/calendar/acm/events")
                #expect(events.status == 200 && events.json["total_events"] as? Int == 1)
            }
            await scenario.expectApplied()
            try scenario.expectCalendar("acm", holds: 1)
            try scenario.expectCalendar("asu", holds: 2)
            await scenario.expectConverged()
        }
    }
}
