import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What the service tells of itself.
struct ServicePageTests {
    @Test func `people see how the organizations are`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try scenario.write("prefix: film\nname: Film <Club>\nactive: false\n", to: "orgs.d/film.yaml")
            try await ServiceScenario.run(in: scenario) { service in
                let before = try await service.get("/")
                #expect(before.status == 200)
                #expect(before.headers[.contentType] == "text/html; charset=utf-8")
                #expect(before.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
                #expect(before.text.contains("Not synced yet"))
                #expect(before.text.contains("Film &lt;Club&gt;"))
                _ = try await service.post("/api/calendar/acm/sync")
                let after = try await service.get("/")
                #expect(after.text.contains("In sync"))
                #expect(after.text.contains("2 created"))
                #expect(after.text.contains("webcal://127.0.0.1:"))
            }
        }
    }

    @Test func `a failed run shows, without what is nobody's business`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try scenario.editProperty("Date") { $0.name = "When" }
            try await ServiceScenario.run(in: scenario) { service in
                let sync = try await service.post("/api/calendar/acm/sync")
                #expect(sync.status == 502)
                let page = try await service.get("/")
                #expect(page.text.contains("The last sync failed"))
                for secret in [scenario.database, scenario.path(""), "orgs.d", "gserviceaccount"] {
                    #expect(!page.text.contains(secret))
                    #expect(!sync.text.contains(secret))
                }
            }
        }
    }

    @Test func `it is alive and ready, and describes itself`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.get("/healthz").json["status"] as? String == "ok")
                #expect(try await service.get("/readyz").json["status"] as? String == "ready")
                let description = try await service.get("/openapi.json")
                #expect(description.json["openapi"] as? String == "3.1.0")
                _ = try await service.get("/api/calendar/acm/events")
                let metrics = try await service.get("/metrics")
                #expect(metrics.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
                let answered =
                    #"reconcile_http_requests_total{method="GET",route="/api/calendar/{prefix}/events",status="200"} 1"#
                #expect(metrics.text.contains(answered), "\(metrics.text)")
            }
        }
    }

    @Test func `a head has no body, and what is not there is told as JSON`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let whole = try await service.get("/api/calendar/acm/events")
                let head = try await service.send(.head, "/api/calendar/acm/events")
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                #expect(head.headers[.contentLength] == whole.headers[.contentLength])
                let missing = try await service.get("/api/nothing")
                #expect(missing.status == 404)
                #expect(missing.json["status"] as? String == "error")
                let wrong = try await service.send(.delete, "/api/calendar/acm/events")
                #expect(wrong.status == 405)
                #expect(wrong.headers[.allow] == "GET, HEAD, OPTIONS")
            }
        }
    }

    @Test func `a changed declaration is taken over, and a mistake is not`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                await service.clock.waitForSleepers(2)
                try scenario.write("prefix: film\nname: Film\nactive: false\n", to: "orgs.d/film.yaml")
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("added film") }
                #expect(try await service.get("/api/calendar/film/events").status == 403)
                try scenario.write("prefix: film\nnme: Film\n", to: "orgs.d/film.yaml")
                await service.clock.waitForSleepers(2)
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("film.yaml:2:1") }
                #expect(try await service.get("/api/calendar/film/events").status == 403)
            }
        }
    }
}
