import Foundation
import HTTPTypes
import Serving
import TestSupport
import Testing

/// What those cost who have no token, and what is known of them.
struct StrangerTests {
    private static let host = "Host: localhost\r\n"
    private static let secret = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
    private static let length = "Content-Length: 1000000\r\n"

    /// Requests whose bodies never come, and what they are answered.
    static let unfinished = [
        ("POST /api/calendar/acm/sync", "", 401),
        ("POST /api/calendar/acm/sync", "Authorization: Bearer wrong\r\n", 401),
        ("POST /api/calendar/acm/setup", "", 401),
        ("POST /api/calendar/nobody/sync", "", 401),
        ("POST /api/calendar/sync-all", "", 401),
        ("POST /api/calendar/notion-webhook", "", 401),
        ("POST /api/calendar/delete-all-events", "", 400),
        ("POST /api/notion/webhook", "", 401),
        ("POST /api/notion/webhook", "X-Notion-Signature: nonsense\r\n", 401),
        ("POST /api/notion/webhook", "X-Notion-Signature: sha256=\(String(repeating: "0", count: 64))\r\n", 413),
        ("POST /nowhere", "", 404), ("PUT /api/calendar/acm/sync", "", 405), ("DELETE /healthz", "", 405),
        ("GET /nowhere", "", 404), ("GET /healthz", "", 200), ("OPTIONS /healthz", "", 204),
    ]

    @Test(arguments: unfinished.indices)
    func `nobody waits for a body that is not needed`(number: Int) async throws {
        let (line, fields, status) = Self.unfinished[number]
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario, environment: ["NOTION_WEBHOOK_SECRET": Self.secret]) {
                service in
                for framing in [
                    Self.length, "\(Self.length)Expect: 100-continue\r\n", "Transfer-Encoding: chunked\r\n",
                ] {
                    let connection = try RawConnection(to: service.baseURL)
                    let isEndless = framing.contains("chunked")
                    // A body without an announced length is only known to be too large once it is.
                    if status == 413, isEndless { continue }
                    connection.send("\(line) HTTP/1.1\r\n\(Self.host)\(fields)\(framing)\r\n")
                    if !framing.contains("Expect") { connection.send(isEndless ? "5\r\nhello\r\n" : "hello") }
                    let received = await connection.receive()
                    #expect(received.statuses == [status] && received.isClosed, "\(received.text)")
                    #expect(received.text.lowercased().contains("connection: close"))
                }
            }
        }
    }

    @Test func `a client with the token needs not send its body either`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let connection = try RawConnection(to: service.baseURL)
                let token = "Authorization: Bearer \(ServiceScenario.token)\r\n"
                connection.send("POST /api/calendar/acm/sync HTTP/1.1\r\n\(Self.host)\(token)\(Self.length)\r\nhello")
                #expect(await connection.receive().statuses == [200])
                let whole = try RawConnection(to: service.baseURL)
                let body = "Content-Length: 2\r\n\r\n{}"
                whole.send("POST /api/calendar/acm/sync HTTP/1.1\r\n\(Self.host)\(token)\(body)")
                whole.send("GET /healthz HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n")
                #expect(await whole.receive().statuses == [200, 200], "a body that came does not end the connection")
            }
        }
    }

    @Test func `a delivery has 64 KiB, and a handshake less`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let path = "/api/notion/webhook"
            let name = try #require(HTTPField.Name("X-Notion-Signature"))
            let signature: HTTPFields = [name: "sha256=\(String(repeating: "0", count: 64))"]
            try await ServiceScenario.run(in: scenario, environment: ["NOTION_WEBHOOK_SECRET": Self.secret]) {
                service in
                for (size, status) in [(65_536, 401), (65_537, 413)] {
                    let answer = try await service.post(path, signature, body: Data(count: size), token: nil)
                    #expect(answer.status == status, "\(size)")
                }
            }
            try await ServiceScenario.run(in: scenario) { service in
                for (size, status) in [(4096, 403), (4097, 413)] {
                    let answer = try await service.post(path, body: Data(count: size), token: nil)
                    #expect(answer.status == status, "\(size)")
                }
            }
        }
    }

    @Test func `where all together send too much the oldest is told, and the youngest is answered`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try await ServiceScenario.run(in: scenario, environment: ["NOTION_WEBHOOK_SECRET": Self.secret]) {
                service in
                let signature = "X-Notion-Signature: sha256=\(String(repeating: "0", count: 64))\r\n"
                let head = "POST /api/notion/webhook HTTP/1.1\r\n\(Self.host)\(signature)Content-Length: 65536\r\n\r\n"
                let first = try RawConnection(to: service.baseURL)
                first.send(head + String(repeating: "x", count: 65_000))
                try await service.waitUntil { service.clock.remainingSleeps.contains(.seconds(20)) }
                var others: [RawConnection] = []
                for _ in 0..<280 {
                    let other = try RawConnection(to: service.baseURL)
                    other.send(head + String(repeating: "x", count: 65_000))
                    others.append(other)
                }
                let received = await first.receive()
                #expect(received.statuses == [503] && received.isClosed, "\(received.text)")
                #expect(received.text.contains("Retry-After: 60"))
                others.last?.send(String(repeating: "x", count: 536))
                #expect(await others.last?.receive { $0.contains("signature") }.statuses == [401])
                withExtendedLifetime(others) {}
            }
        }
    }

    @Test func `heads that are not whole count as well`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                let head = "GET /healthz HTTP/1.1\r\n\(Self.host)X: \(String(repeating: "x", count: 70_000))"
                let first = try RawConnection(to: service.baseURL)
                first.send(head)
                var others: [RawConnection] = []
                for _ in 0..<280 {
                    let other = try RawConnection(to: service.baseURL)
                    other.send(head)
                    others.append(other)
                }
                #expect(await first.receive().isClosed)
                others.last?.send("\r\n\r\n")
                #expect(await others.last?.receive { $0.contains("ok") }.statuses == [200])
                withExtendedLifetime(others) {}
            }
        }
    }

    @Test func `who is refused is in the log, with the organization`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.write("prefix: film\nname: Film\nactive: false\n", to: "orgs.d/film.yaml")
            try await ServiceScenario.run(in: scenario) { service in
                for _ in 0..<50 {
                    _ = try await service.post("/api/calendar/acm/sync", token: "wrong")
                    _ = try await service.get("/api/calendar/film/events")
                    _ = try await service.get("/api/calendar/no%0Abody/events.ics")
                }
                let lines = service.log.text.split(separator: "\n").filter { $0.contains("request refused") }
                for (prefix, status) in [("acm", 401), ("film", 403), ("no\u{FFFD}body", 404)] {
                    let own = lines.filter {
                        $0.contains(#""organization":"\#(prefix)""#) && $0.contains(#""status":"\#(status)""#)
                    }
                    #expect(own.count == 1, "\(lines)")
                    #expect(own.first?.contains(#""client":"127.0.0.1""#) == true)
                }
                #expect(!service.log.text.contains("wrong"))
            }
        }
    }

    @Test func `made-up paths do not keep an organization's refusals out of the log`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.write("prefix: film\nname: Film\nactive: false\n", to: "orgs.d/film.yaml")
            try await ServiceScenario.run(in: scenario, ["--write-limit", "1000"]) { service in
                for number in 0..<40 {
                    _ = try await service.post("/api/calendar/made-up-\(number)/sync", token: "wrong")
                    _ = try await service.get("/api/calendar/made-up-\(number)/events")
                    _ = try await service.get("/made-up-\(number)")
                }
                _ = try await service.post("/api/calendar/acm/sync", token: "wrong")
                _ = try await service.post("/api/calendar/film/setup", token: "wrong")
                _ = try await service.post("/api/calendar/sync-all", token: "wrong")
                _ = try await service.get("/api/calendar/film/events")
                let lines = service.log.text.split(separator: "\n").filter { $0.contains("request refused") }
                for (prefix, status) in [("acm", 401), ("film", 401), ("film", 403)] {
                    let own = lines.filter {
                        $0.contains(#""organization":"\#(prefix)""#) && $0.contains(#""status":"\#(status)""#)
                    }
                    #expect(own.count == 1, "\(prefix) \(status): \(lines)")
                }
                #expect(lines.contains { $0.contains("sync-all") })
                // Strangers fill nothing.
                #expect(lines.count <= 30)
            }
        }
    }
}
