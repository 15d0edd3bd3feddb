import Emulation
import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What officers and other programs may set off.
struct SyncEndpointTests {
    @Test func `a sync says what it did with each event`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let first = try await service.post("/api/calendar/acm/sync")
                #expect(first.status == 200)
                #expect(first.json["message"] as? String == "Synced 3 events for organization 1")
                #expect(first.json["organization_id"] as? Int == 1)
                #expect(first.processed.map(\.status) == ["created", "created", "created"])
                #expect(first.processed.map(\.event) == (0..<3).map(World.eventID))
                try scenario.retitle(0, "Renamed")
                try scenario.trash([1])
                let second = try await service.post("/api/calendar/acm/sync")
                #expect(Set(second.processed.map(\.status)) == ["updated", "deleted", "unchanged"])
                #expect(second.processed.first { $0.status == "updated" }?.summary == "Renamed")
                try scenario.expectEvents(2)
                let events = try await service.get("/api/calendar/acm/events")
                #expect(events.headers[.age] == "0")
                #expect(events.json["total_events"] as? Int == 2)
            }
            await scenario.expectConverged()
        }
    }

    @Test func `nobody writes without the token`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                for path in ["acm/sync", "acm/setup", "sync-all", "notion-webhook"] {
                    let none = try await service.post("/api/calendar/\(path)", token: nil)
                    #expect(none.status == 401)
                    #expect(none.headers[.wwwAuthenticate] == "Bearer")
                    let wrong = try await service.post("/api/calendar/\(path)", token: "wrong")
                    #expect(wrong.status == 401)
                }
                #expect(scenario.writes == 0)
            }
            try await ServiceScenario.run(in: scenario, environment: ["RECONCILE_API_TOKEN": nil]) { service in
                let refused = try await service.post("/api/calendar/acm/sync")
                #expect(refused.status == 403)
                #expect(scenario.writes == 0)
            }
        }
    }

    @Test func `organizations that are not to be written to are not`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.write("prefix: film\nname: Film\nactive: false\n", to: "orgs.d/film.yaml")
            try scenario.write("prefix: chess\nname: Chess\n", to: "orgs.d/chess.yaml")
            try await ServiceScenario.run(in: scenario) { service in
                for (prefix, status) in [("nobody", 404), ("film", 403), ("chess", 400)] {
                    for action in ["sync", "setup"] {
                        let answer = try await service.post("/api/calendar/\(prefix)/\(action)")
                        #expect(answer.status == status, "\(prefix)")
                        #expect(answer.json["status"] as? String == "error")
                    }
                }
                #expect(scenario.writes == 0)
            }
        }
    }

    @Test func `a calendar is set up once, without events, and says nothing of a sync`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let first = try await service.post("/api/calendar/acm/setup")
                #expect(first.status == 200)
                #expect(first.json["message"] as? String == "Calendar set up for organization acm")
                let second = try await service.post("/api/calendar/acm/setup")
                #expect(second.body == first.body)
                let calendar = try scenario.calendar()
                #expect(first.json["calendar_id"] as? String == calendar)
                try scenario.expectEvents(0)
            }
            let state = await scenario.reconcile("state", "list", "--format", "json")
            #expect(state.output.contains(#""last_sync_at" : null"#), "\(state.output)")
        }
    }

    @Test(arguments: [false, true])
    func `a calendar is set up while Notion is down, and is the one that runs use`(isDataSource: Bool) async throws {
        try await Scenario.run(pages: 2) { scenario in
            let database = scenario.database
            if isDataSource {
                let source = try scenario.emulator.withWorld { $0.notion.databases[database]?.dataSources.first }
                try scenario.declare("acm", database: try #require(source))
            }
            scenario.emulator.add(Fault(.respond(status: 503), api: "notion", path: "/v1/"))
            try await ServiceScenario.run(in: scenario) { service in
                for _ in 0..<2 {
                    let answer = try await service.post("/api/calendar/acm/setup")
                    #expect(answer.status == 200, "\(answer.text)")
                    let calendar = try scenario.calendar()
                    #expect(calendar != nil && answer.json["calendar_id"] as? String == calendar)
                }
            }
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            try scenario.expectCalendar(holds: 2)
            #expect(try scenario.markedCalendars().values.sorted() == [Scenario.mark("acm", database)])
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `setup finds the calendar of before a rename, whichever id the declaration names`(
        isDataSource: Bool
    ) async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            let calendar = try scenario.calendar()
            try scenario.deleteState()
            let source = try scenario.emulator.withWorld {
                $0.notion.databases[scenario.database]?.dataSources.first ?? ""
            }
            try scenario.rename("acm", to: "asu", database: isDataSource ? source : scenario.database)
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/asu/setup")
                #expect(answer.status == 200 && answer.json["calendar_id"] as? String == calendar, "\(answer.text)")
            }
            #expect(try scenario.markedCalendars().count == 1)
        }
    }

    @Test(arguments: [false, true])
    func `setup does not let go of the database that the calendar is known for`(isNotionDown: Bool) async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            let other = try scenario.emulator.withWorld { $0.addDatabase("Another") }
            try scenario.declare("acm", database: other)
            if isNotionDown { scenario.emulator.add(Fault(.respond(status: 401), api: "notion")) }
            let before = scenario.writes
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/acm/setup")
                #expect(answer.status == 502 && answer.message.contains("another Notion database"), "\(answer.text)")
            }
            #expect(scenario.writes == before)
        }
    }

    @Test(arguments: [false, true])
    func `setup says that there are two calendars, as runs do`(isStateLost: Bool) async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            if isStateLost { try scenario.deleteState() }
            try scenario.emulator.withWorld { world in
                _ = world.addCalendar("ACM Events", description: Scenario.mark("acm", scenario.database))
            }
            try await ServiceScenario.run(in: scenario) { service in
                let sync = try await service.post("/api/calendar/acm/sync")
                let setup = try await service.post("/api/calendar/acm/setup")
                #expect(sync.status == 502 && setup.status == 502, "\(setup.text)")
                #expect(setup.message.contains("set up"))
            }
        }
    }

    @Test func `a sync of all of which nothing is synchronized says so`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            try await ServiceScenario.run(in: scenario) { service in
                let held = try await service.post("/api/calendar/sync-all")
                #expect(held.status == 200)
                #expect(held.json["status"] as? String == "skipped", "\(held.text)")
                #expect(held.json["organizations_on_hold"] as? Int == 1)
                #expect(held.message.contains("Nothing was synchronized") && held.message.contains("acm"))
            }
            let film = try scenario.emulator.withWorld { $0.addDatabase("Film events") }
            try scenario.declare("film", database: film)
            try await ServiceScenario.run(in: scenario) { service in
                let mixed = try await service.post("/api/calendar/sync-all")
                #expect(mixed.json["status"] as? String == "success", "\(mixed.text)")
                #expect(mixed.json["organizations_on_hold"] as? Int == 1)
                #expect(mixed.message.contains("On hold, and not synchronized: acm."), "\(mixed.text)")
            }
        }
    }

    @Test func `what a safety rule blocks is a conflict, with the count`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<8)
            try await ServiceScenario.run(in: scenario) { service in
                let blocked = try await service.post("/api/calendar/acm/sync")
                #expect(blocked.status == 409)
                #expect((blocked.json["blocked"] as? [String: Int]) == ["deletes": 8])
                try scenario.expectEvents(12)
                let all = try await service.post("/api/calendar/sync-all")
                #expect(all.status == 409)
                #expect(all.json["status"] as? String == "failed")
            }
        }
    }

    @Test func `one organization's failure is its own`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            let other = try scenario.emulator.withWorld { $0.addDatabase("Film events") }
            try scenario.declare("film", database: other)
            try scenario.write("prefix: chess\nname: Chess\nactive: false\n", to: "orgs.d/chess.yaml")
            try scenario.editProperty("Date") { $0.name = "When" }
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/sync-all")
                #expect(answer.status == 200)
                #expect(answer.json["status"] as? String == "partial_success")
                #expect(answer.json["total_organizations"] as? Int == 3)
                #expect(answer.json["organizations_processed"] as? Int == 1)
                #expect(answer.json["organizations_failed"] as? Int == 1)
                #expect(answer.json["organizations_skipped"] as? Int == 1)
                let results = answer.json["organization_results"] as? [[String: Any]] ?? []
                #expect(results.map { $0["status"] as? String } == ["failed", "skipped", "success"])
                let legacy = try await service.post("/api/calendar/notion-webhook")
                #expect(legacy.json["status"] as? String == "partial_success")
                #expect(HTTPField.Name("Deprecation").flatMap { legacy.headers[$0] } != nil)
            }
        }
    }

    @Test func `deprecated endpoints name their successors`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let events = try await service.get("/api/calendar/events")
                #expect(events.status == 400)
                #expect(events.message.contains("/api/calendar/{prefix}/events"))
                let delete = try await service.post("/api/calendar/delete-all-events", token: nil)
                #expect(delete.status == 400)
                #expect(delete.message.contains("/api/calendar/{prefix}/sync"))
            }
        }
    }

    @Test func `without a Google key events are served and nothing is written`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario, environment: ["GOOGLE_SERVICE_ACCOUNT": nil]) { service in
                let events = try await service.get("/api/calendar/acm/events")
                #expect(events.json["total_events"] as? Int == 2)
                for path in ["acm/sync", "acm/setup", "sync-all"] {
                    let refused = try await service.post("/api/calendar/\(path)")
                    #expect(refused.status == 503)
                }
                #expect(service.log.text.contains("GOOGLE_SERVICE_ACCOUNT"))
            }
        }
    }

    @Test func `a client that writes too often has to wait`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario, ["--write-limit", "2"]) { service in
                for status in [401, 401, 429] {
                    let guessed = try await service.post("/api/calendar/acm/sync", token: "wrong")
                    #expect(guessed.status == status)
                }
                // Who knows the token is not kept out by those who guess it.
                for _ in 0..<2 { #expect(try await service.post("/api/calendar/acm/sync").status == 200) }
                let refused = try await service.post("/api/calendar/acm/sync")
                #expect(refused.status == 429)
                #expect(refused.headers[.retryAfter] == "30")
                service.clock.advance(by: .seconds(30))
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
            }
        }
    }

    @Test func `what the predecessor had is called deprecated in every answer`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let name = try #require(HTTPField.Name("Deprecation"))
                let refused = try await service.post("/api/calendar/notion-webhook", token: "wrong")
                let events = try await service.get("/api/calendar/events")
                let delete = try await service.post("/api/calendar/delete-all-events")
                for answer in [refused, events, delete] { #expect(answer.headers[values: name].count == 1) }
            }
        }
    }

    @Test func `the schedule syncs by itself, and the history tells`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                // The scheduler and the watcher sleep until their time comes.
                await service.clock.waitForSleepers(2)
                service.clock.advance(by: .seconds(10))
                try await service.waitUntil { try scenario.events().count == 2 }
            }
            let history = await scenario.reconcile("history")
            #expect(history.output.contains("schedule"), "\(history.output)")
        }
    }
}
