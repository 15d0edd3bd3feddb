import Emulation
import Foundation
import HTTPTypes
import Signing
import TestSupport
import Testing

/// Notion's webhook over HTTP: the handshake, and deliveries that are signed, forged, repeated, out of order and many.
struct WebhookEndpointTests {
    private static let path = "/api/notion/webhook"
    private static let secret = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"

    /// Runs `body` beside a service that knows the secret and has done its first scheduled run.
    private static func withService(
        _ body: @escaping @Sendable (ServiceScenario, Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: 3) { scenario in
            let environment = ["NOTION_WEBHOOK_SECRET": secret]
            try await ServiceScenario.run(in: scenario, environment: environment) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await body(service, scenario)
            }
        }
    }

    private static func delivery(_ number: Int, page: Int = 0, in database: String) -> Data {
        Data(
            """
            {"id":"00000000-0000-4000-9000-\(String(format: "%012x", number))","timestamp":"2026-11-20T18:22:31.114Z",
             "attempt_number":1,"type":"page.properties_updated","entity":{"id":"\(World.page(page))","type":"page"},
             "data":{"parent":{"id":"\(database)","type":"database"},"updated_properties":["title"]}}
            """.utf8
        )
    }

    private static func signature(_ body: Data, _ secret: String = secret) -> HTTPFields {
        guard let name = HTTPField.Name("X-Notion-Signature") else { return [:] }
        let code = MessageAuthentication.hmacSHA256(key: Data(secret.utf8), message: body)
        return [name: "sha256=" + code.map { String(format: "%02x", $0) }.joined()]
    }

    // MARK: - Handshake

    @Test func `the token of the handshake is kept for a person, and never logged`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let handshake = Data(#"{"verification_token":"\#(Self.secret)"}"#.utf8)
            try await ServiceScenario.run(in: scenario) { service in
                let other = Data(#"{"verification_token":"secret_of_somebody_else_entirely"}"#.utf8)
                for (body, status) in [(Data("{}".utf8), 403), (handshake, 200), (handshake, 200), (other, 403)] {
                    let answer = try await service.post(Self.path, body: body, token: nil)
                    #expect(answer.status == status)
                }
                #expect(service.log.text.contains("reconcile webhook-token"))
                #expect(!service.log.text.contains("secret_"))
            }
            let shown = await Scenario.reconcile(
                ["webhook-token", "--format", "json"],
                environment: scenario.environment
            )
            #expect(shown.json["verification_token"] as? String == Self.secret)
            let mode = try FileManager.default.attributesOfItem(atPath: scenario.path("state.db.webhook-token"))
            #expect(mode[.posixPermissions] as? Int == 0o600)
        }
    }

    // MARK: - Deliveries

    @Test func `a delivery brings a change into the calendar and to web pages`() async throws {
        try await Self.withService { service, scenario in
            try scenario.retitle(0, "Renamed")
            let body = Self.delivery(1, in: scenario.database)
            let answer = try await service.post(Self.path, Self.signature(body), body: body, token: nil)
            #expect(answer.status == 200)
            try await service.waitForPause()
            service.clock.advance(by: .seconds(2))
            try await service.waitForRun()
            let events = try scenario.events().values
            #expect(events.contains { $0.summary == "Renamed" })
            #expect(try await service.get("/api/calendar/acm/events").text.contains("Renamed"))
        }
    }

    @Test func `what is not signed with the secret starts nothing`() async throws {
        try await Self.withService { service, scenario in
            let body = Self.delivery(1, in: scenario.database)
            var changed = body
            changed.append(UInt8(ascii: " "))
            let forged: [(HTTPFields, Data)] = [
                ([:], body), (Self.signature(body, "secret_of_somebody_else"), body), (Self.signature(body), changed),
            ]
            for (fields, body) in forged {
                let answer = try await service.post(Self.path, fields, body: body, token: nil)
                #expect(answer.status == 401)
            }
            #expect(!service.isPausing)
            let handshake = Data(#"{"verification_token":"secret_of_somebody_else_entirely"}"#.utf8)
            #expect(try await service.post(Self.path, body: handshake, token: nil).status == 401)
            let files = try scenario.stateFiles
            #expect(!files.contains("state.db.webhook-token"))
        }
    }

    @Test func `what comes again, or in another order, changes nothing further`() async throws {
        try await Self.withService { service, scenario in
            try scenario.retitle(0, "Renamed")
            for number in [3, 1, 2, 3, 1, 1] {
                let body = Self.delivery(number, in: scenario.database)
                let answer = try await service.post(Self.path, Self.signature(body), body: body, token: nil)
                #expect(answer.status == 200)
            }
            try await service.waitForPause()
            service.clock.advance(by: .seconds(2))
            try await service.waitForRun()
            let writes = scenario.writes
            // It was part of a run; Notion sends it once more, because our answer was lost.
            let body = Self.delivery(2, in: scenario.database)
            #expect(try await service.post(Self.path, Self.signature(body), body: body, token: nil).status == 200)
            #expect(!service.isPausing)
            #expect(scenario.writes == writes)
            try scenario.expectEvents(3)
        }
    }

    @Test func `a run that failed is taken up again, however young the last success is`() async throws {
        try await Self.withService { service, scenario in
            // The schedule's first run.
            await service.clock.waitForSleepers(2)
            service.clock.advance(by: .seconds(10))
            try await service.waitForRun()
            try scenario.retitle(0, "Renamed")
            scenario.emulator.add(Fault(.respond(status: 400), .first(count: 1), api: "google", method: "PATCH"))
            let body = Self.delivery(1, in: scenario.database)
            #expect(try await service.post(Self.path, Self.signature(body), body: body, token: nil).status == 200)
            try await service.waitForPause()
            service.clock.advance(by: .seconds(2))
            try await service.waitUntil { service.log.text.contains("not everything was synchronized") }
            #expect(service.log.text.contains(#""run":"3""#), "\(service.log.text)")
            // The schedule takes note of it at its next look, and waits a minute.
            for _ in 0..<5_000 where try scenario.event(of: 0).summary != "Renamed" {
                if service.clock.now.offset < .seconds(150) { service.clock.advance(by: .seconds(5)) }
                _ = try await service.get("/healthz")
            }
            #expect(try scenario.event(of: 0).summary == "Renamed")
        }
    }

    @Test func `a burst is one run`() async throws {
        try await Self.withService { service, scenario in
            try scenario.retitle(0, "Renamed")
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let body = Self.delivery(number, page: number % 5, in: scenario.database)
                        return try await service.post(Self.path, Self.signature(body), body: body, token: nil).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            scenario.emulator.resetRequests()
            try await service.waitForPause()
            service.clock.advance(by: .seconds(2))
            try await service.waitForRun()
            let events = try scenario.events().values
            #expect(events.contains { $0.summary == "Renamed" })
            #expect(!service.isPausing)
            #expect(scenario.emulator.requests.entries.count { $0.route.hasSuffix("/query") } == 1)
        }
    }
}

extension ServiceScenario {
    /// Whether deliveries wait for more of them.
    fileprivate var isPausing: Bool { clock.remainingSleeps.contains(.seconds(2)) }

    fileprivate func waitForPause() async throws { try await waitUntil { isPausing } }

    /// Returns when the run after the first one has ended. Where the schedule's first run is due at that moment as well, both
    /// are one run, with the name of either.
    fileprivate func waitForRun() async throws {
        var ended: [String] = []
        while ended.compactMap({ $0.split(separator: " ").last.flatMap { Int($0) } }).reduce(0, +) < 2 {
            try Task.checkCancellation()
            let metrics = try await get("/metrics").text.split(separator: "\n")
            ended = metrics.filter { $0.hasPrefix("reconcile_syncs_total{") }.map(String.init)
        }
        #expect(ended.allSatisfy { $0.contains(#"outcome="success""#) }, "\(ended) \(log.text)")
    }
}
