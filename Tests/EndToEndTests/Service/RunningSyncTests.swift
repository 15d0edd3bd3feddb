import Emulation
import Foundation
import HTTPTypes
import ReconcileCommands
import TestSupport
import Testing

/// What happens to a sync that somebody or something comes between.
struct RunningSyncTests {
    /// Lets the next batch of writes wait half a minute before it is carried out.
    private static func holdWrites(_ scenario: Scenario, status: Int = 503) {
        let fault = Fault(
            .respond(status: status, headers: ["Retry-After": "30"]),
            .first(count: 1),
            api: "google",
            path: "/batch/calendar/v3"
        )
        scenario.emulator.add(fault)
    }

    /// Waits until writes are held back.
    private static func waitForHeldWrites(_ service: ServiceScenario) async throws {
        try await service.waitUntil {
            service.clock.remainingSleeps.contains { $0 > .seconds(20) && $0 <= .seconds(32) }
        }
    }

    @Test func `an organization that is disabled during a run is written to no more`() async throws {
        try await Scenario.run(pages: 120) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/setup").status == 200)
                Self.holdWrites(scenario)
                async let sync = service.post("/api/calendar/acm/sync")
                try await Self.waitForHeldWrites(service)
                let declaration = "prefix: acm\nname: ACM\nnotion_database_id: \(scenario.database)\n"
                try scenario.write(declaration, to: "orgs.d/acm.yaml")
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("taken over: changed acm") }
                service.clock.advance(by: .seconds(30))
                let answer = try await sync
                #expect(answer.status == 403, "\(answer.text)")
                // What was in flight is finished and recorded, and nothing after it begins.
                try scenario.expectEvents(50)
            }
            try scenario.declare("acm", database: scenario.database)
            let plan = await scenario.plan()
            #expect(plan.count("create") == 70)
        }
    }

    @Test func `a calendar that is there is answered during a run, and while Notion is down`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let first = try await service.post("/api/calendar/acm/setup")
                Self.holdWrites(scenario)
                async let sync = service.post("/api/calendar/acm/sync")
                try await Self.waitForHeldWrites(service)
                let during = try await service.post("/api/calendar/acm/setup")
                #expect(during.status == 200)
                #expect(during.body == first.body)
                service.clock.advance(by: .seconds(30))
                #expect(try await sync.status == 200)
                scenario.emulator.add(Fault(.respond(status: 400), api: "notion"))
                let without = try await service.post("/api/calendar/acm/setup")
                #expect(without.body == first.body)
            }
        }
    }

    @Test func `a calendar is created after the run under way`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            let film = try scenario.emulator.withWorld { $0.addDatabase("Film events") }
            try scenario.declare("film", database: film)
            try await ServiceScenario.run(in: scenario) { service in
                Self.holdWrites(scenario)
                async let sync = service.post("/api/calendar/acm/sync")
                try await Self.waitForHeldWrites(service)
                async let setup = service.post("/api/calendar/film/setup")
                let queued = #"reconcile_queue_length{queue="sync"} 1"#
                while try await !service.get("/metrics").text.contains(queued) { try Task.checkCancellation() }
                service.clock.advance(by: .seconds(30))
                #expect(try await sync.status == 200)
                #expect(try await setup.status == 200)
                #expect(try scenario.calendar("film") != nil)
            }
        }
    }

    @Test func `what was done before something failed is listed`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let fault = Fault(.respond(status: 400), .nth(number: 2), api: "google", method: "POST", inBatch: true)
                scenario.emulator.add(fault)
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 502)
                #expect(answer.json["status"] as? String == "error")
                #expect(answer.json["organization_id"] as? Int == 1)
                #expect(answer.json["reference"] as? String != nil)
                #expect(answer.processed.map(\.status) == ["created", "created"])
            }
        }
    }

    @Test func `a conflict tells what else was not done`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<8)
            try scenario.retitle(9, "Renamed")
            try scenario.retitle(10, "Renamed too")
            try await ServiceScenario.run(in: scenario) { service in
                let fault = Fault(
                    .respond(status: 400),
                    .first(count: 1),
                    api: "google",
                    method: "PATCH",
                    inBatch: true
                )
                scenario.emulator.add(fault)
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 409)
                #expect(answer.json["failed"] as? Int == 1)
                #expect(answer.processed.contains { $0.status == "updated" })
                #expect(answer.message.contains("1 other change was"), "\(answer.message)")
            }
        }
    }

    @Test func `a field that vanishes does not vanish from the endpoint`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.editPage(0) { $0.values["iK%3DN"] = RichText.text("Bring a laptop") }
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try scenario.editProperty("Description") { $0.name = "Details" }
                service.clock.advance(by: .seconds(301))
                _ = try await service.get("/api/calendar/acm/events")
                try await service.waitUntil { service.log.text.contains("events could not be read") }
                let events = try await service.get("/api/calendar/acm/events")
                #expect(events.events.first?["description"] as? String == "Bring a laptop")
                #expect(events.headers[.age] == "301")
            }
        }
    }
}
