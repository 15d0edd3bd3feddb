import Emulation
import Foundation
import Synchronization
import TestSupport
import Testing

/// What Sentry is told of requests.
struct RequestTraceTests {
    /// The payloads of all reports that `body` leads to.
    private static func reports(
        _ scenario: Scenario,
        _ body: @escaping @Sendable (ServiceScenario) async throws -> Void
    ) async throws -> [[String: Any]] {
        let received = Mutex<[String]>([])
        let server = try LoopbackServer { connection in
            while let request = connection.request() {
                received.withLock { $0.append(request) }
                connection.answer()
            }
        }
        defer { server.stop() }
        let environment = [
            "SENTRY_DSN": "http://publickey@127.0.0.1:\(server.port)/42", "SENTRY_TRACES_SAMPLE_RATE": "1",
        ]
        try await ServiceScenario.run(in: scenario, environment: environment, body)
        return received.withLock(\.self).compactMap { request in
            let lines = request.split(separator: "\n")
            guard let payload = lines.last else { return nil }
            return (try? JSONSerialization.jsonObject(with: Data(payload.utf8))) as? [String: Any]
        }
    }

    private static func name(_ report: [String: Any]) -> String { report["transaction"] as? String ?? "" }

    private static func trace(_ report: [String: Any]) -> String? {
        ((report["contexts"] as? [String: Any])?["trace"] as? [String: Any])?["trace_id"] as? String
    }

    @Test func `run and request are one trace, with the organization`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            let reports = try await Self.reports(scenario) { service in
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 200)
            }
            let request = try #require(reports.first { Self.name($0) == "POST /api/calendar/{prefix}/sync" })
            let tags = request["tags"] as? [String: String]
            #expect(tags?["organization"] == "acm" && tags?["run"] == "1", "\(tags ?? [:])")
            let spans = request["spans"] as? [[String: Any]] ?? []
            let names = Set(spans.compactMap { $0["description"] as? String })
            #expect(names.isSuperset(of: ["run", "carry out", "apply organization"]), "\(names)")
            #expect(!reports.contains { Self.name($0) == "run" }, "the run is no trace of its own")
        }
    }

    @Test func `a calendar that is set up is part of its request's trace`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let reports = try await Self.reports(scenario) { service in
                let answer = try await service.post("/api/calendar/acm/setup")
                #expect(answer.status == 200)
            }
            let request = try #require(reports.first { Self.name($0) == "POST /api/calendar/{prefix}/setup" })
            let spans = request["spans"] as? [[String: Any]] ?? []
            #expect(spans.contains { $0["description"] as? String == "run" })
        }
    }

    @Test func `an error of a run is in the trace of its request`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.editProperty("Date") { $0.name = "When" }
            let reports = try await Self.reports(scenario) { service in
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 502)
            }
            let error = try #require(reports.first { $0["exception"] != nil })
            let request = try #require(reports.first { $0["type"] as? String == "transaction" })
            #expect(Self.trace(error) != nil && Self.trace(error) == Self.trace(request))
        }
    }

    @Test func `what monitors ask for all day is not traced, and no stranger makes up organizations`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let reports = try await Self.reports(scenario) { service in
                for path in ["/healthz", "/readyz", "/metrics", "/api/calendar/made-up/events"] {
                    _ = try await service.get(path)
                }
                _ = try await service.get("/api/calendar/acm/events")
            }
            let names = Set(reports.map(Self.name))
            #expect(names.contains("GET /api/calendar/{prefix}/events"))
            #expect(names.isDisjoint(with: ["GET /healthz", "GET /readyz", "GET /metrics"]), "\(names)")
            let organizations = Set(reports.compactMap { ($0["tags"] as? [String: String])?["organization"] })
            #expect(organizations == ["acm"])
        }
    }
}
