import Emulation
import Foundation
import HTTPTypes
import LinkStorage
import ReconcileModel
import TestSupport
import Testing

/// In order is only what was looked at and found so.
struct AllClearTests {
    private static func headline(_ page: String) -> String {
        page.firstMatch(of: /<h1>(.*?)<\/h1>/).map { String($0.1) } ?? ""
    }

    // MARK: - Not looked at

    @Test func `an organization that is not configured is not in order, and has no links`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.write("prefix: chess\nname: Chess\n", to: "orgs.d/chess.yaml")
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                let page = try await service.get("/").text
                #expect(Self.headline(page) == "1 of 2 organizations is in order, 1 not synchronized")
                #expect(page.contains("Not configured"))
                #expect(!page.contains("/api/calendar/chess"))
            }
        }
    }

    @Test func `nothing is in order without a Google key`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            try await ServiceScenario.run(in: scenario, environment: ["GOOGLE_SERVICE_ACCOUNT": nil]) { service in
                let page = try await service.get("/").text
                #expect(!Self.headline(page).contains("in order"))
                #expect(page.contains("This service has no Google key"))
                #expect(try await service.get("/readyz").status == 200)
            }
        }
    }

    // MARK: - Missed intervals

    @Test func `an interval that another run let pass is a failure, until a run looks again`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                #expect(try await service.get("/readyz").status == 200)
                let holder = LockHolder(pid: 1, host: "elsewhere", user: nil, command: "apply", since: .day(0))
                var lock: RunLock? = try RunLock(statePath: scenario.statePath, holder: holder)
                let ticking = Task {
                    while !Task.isCancelled {
                        service.clock.advance(by: .seconds(1))
                        _ = try await service.get("/healthz")
                    }
                }
                #expect(try await service.post("/api/calendar/acm/sync").status == 503)
                service.clock.advance(by: .seconds(1_800))
                let page = try await service.get("/").text
                #expect(Self.headline(page) == "The one organization needs attention")
                #expect(page.contains("another run holds the state"))
                let ready = try await service.get("/readyz")
                #expect(ready.status == 503)
                #expect(ready.message.contains("acm"))
                let gauge = #"reconcile_organization_missed_intervals{organization="acm"} "#
                #expect(try await service.get("/metrics").text.contains(gauge + "1"))
                withExtendedLifetime(lock) {}
                lock = nil
                while try await service.get("/readyz").status != 200 { try Task.checkCancellation() }
                ticking.cancel()
                #expect(try await service.get("/metrics").text.contains(gauge + "0"))
            }
        }
    }

    @Test(arguments: [nil, "/nowhere/key.json", "{}"] as [String?])
    func `an interval without a usable Google key is missed as any other`(key: String?) async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            try scenario.write("prefix: chess\nname: Chess\n", to: "orgs.d/chess.yaml")
            try await ServiceScenario.run(in: scenario, environment: ["GOOGLE_SERVICE_ACCOUNT": key]) { service in
                let gauge = #"reconcile_organization_missed_intervals{organization="acm"} "#
                #expect(try await service.get("/readyz").status == 200)
                #expect(try await service.get("/metrics").text.contains(gauge + "0"))
                service.clock.advance(by: .seconds(1_800))
                let ready = try await service.get("/readyz")
                #expect(ready.status == 503 && ready.message.contains("acm"), "\(ready.text)")
                #expect(!ready.message.contains("chess"))
                #expect(try await service.get("/metrics").text.contains(gauge + "1"))
                let page = try await service.get("/").text
                #expect(page.contains("there is no Google key that can be used"))
                #expect(page.contains("1 scheduled sync did not take place"))
                // Events are answered all the same.
                #expect(try await service.get("/api/calendar/acm/events").status == 200)
            }
        }
    }

    @Test func `organizations on hold miss no interval`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "New")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            try await ServiceScenario.run(in: scenario, environment: ["GOOGLE_SERVICE_ACCOUNT": nil]) { service in
                let before = try await service.get("/readyz")
                service.clock.advance(by: .seconds(3_600))
                let after = try await service.get("/readyz")
                #expect(before.status == 200 && after.status == 200)
            }
        }
    }

    // MARK: - One line a run

    @Test func `each run that wrote, failed or recovered is one line, and no other`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let path = "/api/calendar/acm/sync"
                func lines() -> [String] {
                    service.log.text.split(separator: "\n").map(String.init).filter { $0.contains("synchronized") }
                }
                #expect(try await service.post(path).status == 200)
                #expect(lines().count == 1)
                #expect(lines().last?.contains(#""created":"2""#) == true, "\(lines())")
                #expect(try await service.post(path).status == 200)
                #expect(lines().count == 1)
                try scenario.editProperty("Date") { $0.name = "When" }
                #expect(try await service.post(path).status == 502)
                #expect(lines().count == 2)
                #expect(lines().last?.contains("not everything") == true)
                try scenario.editProperty("When") { $0.name = "Date" }
                #expect(try await service.post(path).status == 200)
                #expect(lines().count == 3)
                #expect(lines().last?.contains(#""recovered":"acm""#) == true, "\(lines())")
                #expect(try await service.post(path).status == 200)
                #expect(lines().count == 3)
            }
        }
    }

    // MARK: - A key that cannot be used

    @Test(arguments: ["/nowhere/key.json", "{}", "not a key at all: {"])
    func `a key that cannot be used ends nothing but syncs`(key: String) async throws {
        try await Scenario.run(pages: 2) { scenario in
            try await ServiceScenario.run(in: scenario, environment: ["GOOGLE_SERVICE_ACCOUNT": key]) { service in
                #expect(service.log.text.contains("No synchronization, events only"))
                #expect(try await service.get("/api/calendar/acm/events").json["total_events"] as? Int == 2)
                for path in ["acm/sync", "acm/setup", "sync-all"] {
                    let refused = try await service.post("/api/calendar/\(path)")
                    #expect(refused.status == 503)
                    #expect(!refused.text.contains("nowhere"))
                }
                let page = try await service.get("/").text
                #expect(page.contains("The Google key of this service cannot be used"))
                #expect(page.contains(#"class="alert""#))
                #expect(!page.contains("nowhere"))
            }
            for command in ["plan", "apply"] {
                let ran = await scenario.reconcile(command, environment: ["GOOGLE_SERVICE_ACCOUNT": key])
                #expect(ran.code == 1, "\(ran.output)\(ran.errors)")
            }
        }
    }

    // MARK: - Setup

    @Test func `a calendar that is known is set up without Notion`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            scenario.emulator.add(Fault(.respond(status: 401), api: "notion"))
            try await ServiceScenario.run(in: scenario) { service in
                let known = try await service.post("/api/calendar/acm/setup")
                #expect(known.status == 200)
                #expect(known.json["calendar_id"] as? String == calendar)
            }
            // Named by the declaration, and nothing else is known of it.
            try scenario.deleteState()
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(calendar)")
            try await ServiceScenario.run(in: scenario) { service in
                let declared = try await service.post("/api/calendar/acm/setup")
                #expect(declared.status == 200, "\(declared.text)")
                #expect(declared.json["calendar_id"] as? String == calendar)
            }
        }
    }

    @Test func `a setup that fails speaks of the calendar`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            scenario.emulator.add(Fault(.respond(status: 400), api: "google", method: "POST", path: "/calendars$/"))
            try await ServiceScenario.run(in: scenario) { service in
                let failed = try await service.post("/api/calendar/acm/setup")
                #expect(failed.status == 502)
                #expect(failed.message.hasPrefix("The calendar of acm could not be set up:"), "\(failed.message)")
                #expect(!failed.message.contains("synchronized"))
            }
        }
    }
}
