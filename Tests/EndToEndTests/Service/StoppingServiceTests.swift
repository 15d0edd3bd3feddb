import Emulation
import Foundation
import HTTPTypes
import ReconcileCommands
import Reconciling
import TestSupport
import Testing

/// What becomes of what is in flight when the service is asked to end.
struct StoppingServiceTests {
    /// Runs `body` while a sync of 120 events waits for an answer of Google's: its first batch is held for `seconds`.
    private static func whileWriting(
        heldFor seconds: Int,
        path: String = "acm/sync",
        _ body: @escaping @Sendable (ServiceScenario, ServiceScenario.Answer) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: 120) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/setup").status == 200)
                let pause = ["Retry-After": String(seconds)]
                scenario.emulator.add(
                    Fault(
                        .respond(status: 503, headers: pause),
                        .nth(number: 2),
                        api: "google",
                        path: "/batch/calendar/v3"
                    )
                )
                async let sync = service.post("/api/calendar/\(path)")
                let least = Duration.seconds(seconds)
                try await service.waitUntil {
                    try scenario.events().count == 50
                        && service.clock.remainingSleeps.contains { $0 >= least && $0 <= least + .seconds(2) }
                }
                _ = service.stop.request(signal: SIGTERM)
                // Until the time of what is in flight is measured.
                while !service.clock.remainingSleeps.contains(.seconds(27)) { await Task.yield() }
                if seconds > 27 {
                    service.clock.advance(by: .seconds(27))
                    while !service.clock.remainingSleeps.contains(.milliseconds(1500)) { await Task.yield() }
                    service.clock.advance(by: .milliseconds(1500))
                } else {
                    service.clock.advance(by: .seconds(seconds + 2))
                }
                try await body(service, try await sync)
            }
        }
    }

    @Test func `a sync under way ends like any other`() async throws {
        try await Self.whileWriting(heldFor: 15) { service, answer in
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.processed.map(\.status) == Array(repeating: "created", count: 120))
            try service.scenario.expectEvents(120)
        }
    }

    @Test func `a sync of all under way ends like any other`() async throws {
        try await Self.whileWriting(heldFor: 15, path: "sync-all") { _, answer in
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["status"] as? String == "success")
        }
    }

    @Test func `where the time does not suffice the answer lists what was done`() async throws {
        try await Self.whileWriting(heldFor: 29) { service, answer in
            #expect(answer.status == 503, "\(answer.text)")
            #expect(answer.headers[.retryAfter] == "10")
            #expect(answer.message.contains("what was done until then is listed"))
            #expect(answer.json["organization_id"] as? Int == 1)
            #expect(answer.processed.map(\.status) == Array(repeating: "created", count: 50))
            try service.scenario.expectEvents(50)
        }
    }

    @Test func `where the time does not suffice a sync of all says for each what was done`() async throws {
        try await Self.whileWriting(heldFor: 29, path: "sync-all") { service, answer in
            #expect(answer.status == 503, "\(answer.text)")
            let results = answer.json["organization_results"] as? [[String: Any]] ?? []
            #expect(results.first?["events_processed"] as? Int == 50)
            try service.scenario.expectEvents(50)
        }
    }

    @Test func `what waits for its turn is told that nothing was done`() async throws {
        try await Scenario.run(pages: 120) { scenario in
            let film = try scenario.emulator.withWorld { $0.addDatabase("Film events") }
            try scenario.declare("film", database: film)
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/setup").status == 200)
                let fault = Fault(
                    .respond(status: 503, headers: ["Retry-After": "17"]),
                    .first(count: 1),
                    api: "google",
                    path: "/batch/calendar/v3"
                )
                scenario.emulator.add(fault)
                async let sync = service.post("/api/calendar/acm/sync")
                try await service.waitUntil {
                    service.clock.remainingSleeps.contains { $0 >= .seconds(17) && $0 <= .seconds(19) }
                }
                async let waiting = service.post("/api/calendar/film/sync")
                let queued = #"reconcile_queue_length{queue="sync"} 1"#
                while try await !service.get("/metrics").text.contains(queued) { try Task.checkCancellation() }
                _ = service.stop.request(signal: SIGTERM)
                while !service.clock.remainingSleeps.contains(.seconds(27)) { await Task.yield() }
                service.clock.advance(by: .seconds(20))
                #expect(try await sync.status == 200)
                let answer = try await waiting
                #expect(answer.status == 503 && answer.message == "The service is stopping; try again.")
                #expect(try scenario.calendar("film") == nil)
            }
        }
    }
}
