import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What web pages get.
struct EventsEndpointTests {
    @Test func `events are answered as the contract says`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.get("/api/calendar/acm/events")
                #expect(answer.status == 200)
                #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
                #expect(answer.json["status"] as? String == "success")
                #expect(answer.json["organization_id"] as? Int == 1)
                #expect(answer.json["organization_name"] as? String == "ACM")
                #expect(answer.json["total_events"] as? Int == 2)
                let event = try #require(answer.events.first)
                #expect(event["id"] as? String == World.page(0))
                #expect(event["title"] as? String == "Event 0")
                #expect(event["start"] as? String == "2027-01-01T17:00:00Z")
                #expect(event["end"] as? String == "2027-01-01T18:00:00Z")
                #expect(Set(event.keys) == ["id", "title", "start", "end", "location", "description"])
            }
        }
    }

    @Test func `a query chooses among them`() async throws {
        try await Scenario.run(pages: 5) { scenario in
            try scenario.retitle(3, "Café crawl")
            try await ServiceScenario.run(in: scenario) { service in
                let found = try await service.get("/api/calendar/acm/events?q=cafe")
                #expect(found.events.map { $0["title"] as? String } == ["Café crawl"])
                let days = try await service.get("/api/calendar/acm/events?from=2027-01-02&to=2027-01-03")
                #expect(days.json["total_events"] as? Int == 2)
                let page = try await service.get("/api/calendar/acm/events?limit=2&offset=1")
                #expect(page.events.map { $0["id"] as? String } == [World.page(1), World.page(2)])
                #expect(page.json["total_events"] as? Int == 5)
            }
        }
    }

    @Test(arguments: ["limit=0", "limit=x", "offset=-1", "from=yesterday", "nonsense=1", "limit=1&limit=2"])
    func `a query that means nothing is refused`(query: String) async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.get("/api/calendar/acm/events?\(query)")
                #expect(answer.status == 400)
                #expect(answer.json["status"] as? String == "error")
                #expect(answer.message.contains(String(query.prefix { $0 != "=" })))
            }
        }
    }

    @Test func `organizations that have no events to show say why`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.write("prefix: film\nname: Film\nactive: false\n", to: "orgs.d/film.yaml")
            try scenario.write("prefix: chess\nname: Chess\n", to: "orgs.d/chess.yaml")
            try await ServiceScenario.run(in: scenario) { service in
                for (prefix, status) in [("nobody", 404), ("film", 403), ("chess", 400), ("a%2Fb", 404), ("%00", 404)] {
                    for suffix in ["events", "events.ics"] {
                        let answer = try await service.get("/api/calendar/\(prefix)/\(suffix)")
                        #expect(answer.status == status, "\(prefix)")
                        #expect(answer.json["status"] as? String == "error")
                        #expect(!answer.message.isEmpty)
                    }
                }
            }
        }
    }

    @Test func `what a client has already is not sent again`() async throws {
        try await Scenario.run(pages: 30) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let first = try await service.get("/api/calendar/acm/events")
                let tag = try #require(first.headers[.eTag])
                let second = try await service.get("/api/calendar/acm/events", [.ifNoneMatch: tag])
                #expect(second.status == 304)
                #expect(second.body.isEmpty)
                #expect(second.headers[.eTag] == tag)
                try scenario.retitle(1, "Renamed")
                _ = try await service.post("/api/calendar/acm/sync")
                let third = try await service.get("/api/calendar/acm/events", [.ifNoneMatch: tag])
                #expect(third.status == 200)
                #expect(third.text.contains("Renamed"))
            }
        }
    }

    @Test func `a burst on a cold cache makes one listing at Notion`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                scenario.emulator.resetRequests()
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<100 { group.addTask { try await service.get("/api/calendar/acm/events").status } }
                    for try await status in group { #expect(status == 200) }
                }
                let queries = scenario.emulator.requests.entries.count { $0.route.hasSuffix("/query") }
                #expect(queries == 1)
            }
        }
    }

    @Test func `old answers go on while Notion is down, with their age`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.get("/api/calendar/acm/events").headers[.age] == "0")
                scenario.emulator.add(Fault(.respond(status: 401), api: "notion"))
                service.clock.advance(by: .seconds(400))
                let stale = try await service.get("/api/calendar/acm/events")
                #expect(stale.status == 200)
                #expect(stale.headers[.age] == "400")
                service.clock.advance(by: .seconds(7200))
                let older = try await service.get("/api/calendar/acm/events")
                #expect(older.status == 200)
                #expect(older.headers[.age] == "7600")
                #expect(older.json["total_events"] as? Int == 3)
            }
        }
    }

    @Test func `failures are not kept`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                scenario.emulator.add(Fault(.respond(status: 401), .first(count: 1), api: "notion"))
                let failed = try await service.get("/api/calendar/acm/events")
                #expect(failed.status == 502)
                #expect(failed.json["reference"] as? String != nil)
                #expect(!failed.text.contains("token"))
                #expect(service.log.text.contains(failed.json["reference"] as? String ?? "none"))
                #expect(try await service.get("/api/calendar/acm/events").status == 200)
            }
        }
    }

    @Test func `the feed is a calendar of the same events`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.get("/api/calendar/acm/events.ics")
                #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
                #expect(answer.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
                #expect(answer.text.components(separatedBy: "BEGIN:VEVENT").count == 5)
                let again = try await service.get("/api/calendar/acm/events.ics")
                #expect(again.headers[.eTag] == answer.headers[.eTag])
            }
        }
    }

    @Test func `web pages of other origins may read, as far as they are allowed to`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let arguments = ["--cors-origin", "https://www.example.edu"]
            try await ServiceScenario.run(in: scenario, arguments) { service in
                let path = "/api/calendar/acm/events"
                let known = try await service.get(path, [.origin: "https://www.example.edu"])
                #expect(known.headers[.accessControlAllowOrigin] == "https://www.example.edu")
                #expect(known.headers[.vary] == "Accept-Encoding, Origin")
                let stranger = try await service.get(path, [.origin: "https://evil.example"])
                #expect(stranger.status == 200)
                #expect(stranger.headers[.accessControlAllowOrigin] == nil)
                let preflight = try await service.send(.options, path, [.origin: "https://www.example.edu"])
                #expect(preflight.status == 204)
                #expect(preflight.headers[.accessControlAllowMethods] == "GET, HEAD, OPTIONS")
            }
        }
    }
}
