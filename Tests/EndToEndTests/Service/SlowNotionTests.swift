import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What web pages get while Notion does not answer.
struct SlowNotionTests {
    @Test(arguments: [3_700, 100_000])
    func `one waits for a Notion that hangs, the others get the old answer with its age`(age: Int) async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.get("/api/calendar/acm/events").status == 200)
                scenario.emulator.add(Fault(.hang, api: "notion"))
                service.clock.advance(by: .seconds(age))
                async let first = service.get("/api/calendar/acm/events")
                try await service.waitUntil { service.clock.remainingSleeps.contains(.seconds(20)) }
                // Time stands still: whoever waited would wait for ever.
                for suffix in ["events", "events.ics", "events?limit=1"] {
                    let other = try await service.get("/api/calendar/acm/\(suffix)")
                    #expect(other.status == 200)
                    #expect(other.headers[.age] == String(age), "\(suffix)")
                }
                service.clock.advance(by: .seconds(20))
                let waited = try await first
                #expect(waited.status == 200 && waited.headers[.age] == String(age))
                #expect(waited.json["total_events"] as? Int == 3)
                let later = try await service.get("/api/calendar/acm/events")
                #expect(later.headers[.age] == String(age + 20), "the reading still hangs")
            }
        }
    }

    /// What a request gets once it has waited as long as any does.
    private static func impatiently(_ service: ServiceScenario) async throws -> ServiceScenario.Answer {
        async let waiting = service.get("/api/calendar/acm/events")
        try await service.waitUntil { service.clock.remainingSleeps.contains(.seconds(20)) }
        service.clock.advance(by: .seconds(20))
        return try await waiting
    }

    @Test func `a service that starts while Notion is down answers what was published last`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            scenario.emulator.add(Fault(.hang, api: "notion"))
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await Self.impatiently(service)
                #expect(answer.status == 200)
                #expect(answer.json["total_events"] as? Int == 3)
                let age = answer.headers[.age].flatMap { Int($0) } ?? 0
                #expect(age >= 300, "it is told as old")
                let feed = try await service.get("/api/calendar/acm/events.ics")
                #expect(feed.text.components(separatedBy: "BEGIN:VEVENT").count == 4)
            }
        }
    }

    @Test func `where nothing was published yet, a Notion that is down is an error`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            scenario.emulator.add(Fault(.hang, api: "notion"))
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await Self.impatiently(service)
                #expect(answer.status == 502)
            }
        }
    }
}
