import Foundation
import Serving
import Synchronization
import TestSupport
import Testing

/// Clients that are broken, slow or mean: they get an answer or the end of the connection, and the others do not notice.
struct HardClientTests {
    private static let host = "Host: localhost\r\n"
    private static let webhook = "POST /api/notion/webhook HTTP/1.1\r\n\(host)"
    private static let health = "GET /healthz HTTP/1.1\r\n\(host)"

    /// Runs `body` with a connection to the service, and looks whether others are answered beside and after it.
    private static func withConnection(
        idle: Duration? = nil,
        write: Duration? = nil,
        _ body: @escaping @Sendable (RawConnection, ServiceScenario) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: 1) { scenario in
            var timeouts = ServiceConfiguration.Timeouts()
            if let idle { timeouts.idle = idle }
            if let write { timeouts.write = write }
            try await ServiceScenario.run(in: scenario, timeouts: timeouts) { service in
                try await body(try RawConnection(to: service.baseURL), service)
                let other = try await service.get("/healthz")
                #expect(other.status == 200)
            }
        }
    }

    // MARK: - Malformed

    static let malformed = [
        "\u{16}\u{3}\u{1}hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /healthz HTTP/3.7\r\n\(host)\r\n",
        "GET /healthz HTTP/1.1\nHost: localhost\n\n",
        "GET /heal\u{0}thz HTTP/1.1\r\n\(host)\r\n",
        "\(health)X: a\u{0}b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "\(health)X: a\r\n b\r\n\r\n",
        "\(health)X: \(String(repeating: "a", count: 100_000))\r\n\r\n",
        "\(health)\(String(repeating: "X: aaaaaaaaaaaaa\r\n", count: 6000))\r\n",
        "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\n\(host)\r\n",
    ]

    @Test(arguments: malformed.indices)
    func `what is not HTTP is refused, and the connection ends`(number: Int) async throws {
        let request = Self.malformed[number]
        try await Self.withConnection { connection, _ in
            connection.send(request)
            let received = await connection.receive()
            #expect(received.statuses == [400] && received.isClosed)
        }
    }

    /// Two readings of one message: whoever stands before the service must not take one request for two.
    static let ambiguous = [
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
        "Content-Length: -4\r\n\r\n",
        "Content-Length: +4\r\n\r\nabcd",
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",
    ]

    @Test(arguments: ambiguous)
    func `a body without one clear end is refused with all that follows`(framing: String) async throws {
        try await Self.withConnection { connection, _ in
            connection.send("\(Self.webhook)\(framing)\(Self.health)\r\n")
            let received = await connection.receive()
            #expect(received.statuses == [400] && received.isClosed)
        }
    }

    // MARK: - Unusual

    @Test(arguments: [
        ("GET http://localhost/healthz HTTP/1.1", 200), ("GET /healthz HTTP/1.0", 200), ("OPTIONS * HTTP/1.1", 404),
        ("CONNECT localhost:443 HTTP/1.1", 404), ("TRACE /healthz HTTP/1.1", 405), ("GET /%ff HTTP/1.1", 404),
    ])
    func `rare requests are answered`(line: String, status: Int) async throws {
        try await Self.withConnection { connection, _ in
            connection.send("\(line)\r\nHost: elsewhere.example\r\nConnection: Upgrade, close\r\n\r\n")
            let received = await connection.receive()
            #expect(received.statuses == [status] && received.isClosed)
        }
    }

    @Test(arguments: [
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\(host)\(host)\r\n",
        "GET /healthz HTTP/1.1\r\n\(host)HOST: elsewhere.example\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n\(host)\(host)\r\n",
    ])
    func `a request that does not name one host is refused`(request: String) async throws {
        try await Self.withConnection { connection, _ in
            connection.send(request)
            let received = await connection.receive()
            #expect(received.statuses == [400] && received.isClosed)
        }
    }

    @Test(arguments: ["", host, "Connection: keep-alive\r\n"])
    func `the connection of an old client ends with its answer`(fields: String) async throws {
        try await Self.withConnection { connection, _ in
            connection.send("GET /healthz HTTP/1.0\r\n\(fields)\r\n")
            let received = await connection.receive()
            #expect(received.statuses == [200] && received.isClosed)
        }
    }

    @Test func `answers from memory and others come in turn on one connection, and the last one says so`() async throws
    {
        try await Self.withConnection { connection, service in
            _ = try await service.get("/api/calendar/acm/events")
            let events = "GET /api/calendar/acm/events HTTP/1.1\r\n\(Self.host)"
            let feed = "HEAD /api/calendar/acm/events.ics HTTP/1.1\r\n\(Self.host)\r\n"
            let group =
                "\(events)\r\n\(Self.health)\r\n\(feed)\(events)If-None-Match: *\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\n\(Self.host)\r\n"
            connection.send(String(repeating: group, count: 20) + "\(events)Connection: close\r\n\r\n")
            let received = await connection.receive()
            let expected = Array(repeating: [200, 200, 200, 304, 404], count: 20).flatMap(\.self) + [200]
            #expect(received.statuses == expected && received.isClosed)
            #expect(received.text.components(separatedBy: "Connection: close").count == 2)
        }
    }

    @Test func `requests sent without waiting are answered in turn`() async throws {
        try await Self.withConnection { connection, _ in
            let pair = "\(Self.health)\r\nGET /nowhere HTTP/1.1\r\n\(Self.host)\r\n"
            connection.send(String(repeating: pair, count: 50))
            connection.send("\(Self.health)Connection: close\r\n\r\n\(Self.health)\r\n")
            let received = await connection.receive()
            #expect(received.statuses == Array(repeating: [200, 404], count: 50).flatMap(\.self) + [200])
            #expect(received.isClosed)
        }
    }

    @Test func `a client that asks whether to send its body is told to`() async throws {
        try await Self.withConnection { connection, _ in
            connection.send("\(Self.webhook)Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
            #expect(await connection.receive { $0.hasSuffix("\r\n\r\n") }.statuses == [100])
            connection.send("{}")
            #expect(await connection.receive().statuses == [403])
        }
    }

    @Test(arguments: [
        "Content-Length: 99999999999\r\n\r\n",
        "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n110000\r\n\(String(repeating: "a", count: 0x110000))\r\n",
    ])
    func `a body that is too large is not waited for`(body: String) async throws {
        try await Self.withConnection { connection, _ in
            connection.send("\(Self.webhook)\(body)")
            let received = await connection.receive()
            #expect(received.statuses == [413] && received.isClosed)
        }
    }

    @Test func `a body that breaks off is answered`() async throws {
        try await Self.withConnection { connection, _ in
            connection.send("\(Self.webhook)Content-Length: 40\r\n\r\n{")
            connection.finishSending()
            let received = await connection.receive()
            #expect(received.statuses == [400] && received.isClosed)
        }
    }

    // MARK: - Slow

    @Test func `a body that does not come is given up`() async throws {
        try await Self.withConnection { connection, service in
            connection.send("\(Self.webhook)Content-Length: 40\r\n\r\n{")
            try await service.waitUntil { service.clock.remainingSleeps.contains(.seconds(20)) }
            service.clock.advance(by: .seconds(20))
            let received = await connection.receive()
            #expect(received.statuses == [408] && received.isClosed)
        }
    }

    @Test(arguments: ["", "GET /healthz HTTP/1.1\r\nHost: loc", "\(health)\r\n"])
    func `a connection that says nothing more is ended`(start: String) async throws {
        try await Self.withConnection(idle: .milliseconds(50)) { connection, _ in
            connection.send(start)
            #expect(await connection.receive().isClosed)
        }
    }

    @Test func `a client that takes no answers is left`() async throws {
        try await Self.withConnection(write: .milliseconds(50)) { connection, service in
            await connection.sendUntilRefused("GET /openapi.json HTTP/1.1\r\n\(Self.host)\r\n")
            let received = await connection.receive()
            #expect(received.isClosed)
        }
    }

    // MARK: - At the end

    @Test func `the service ends though clients keep it waiting`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            var timeouts = ServiceConfiguration.Timeouts()
            timeouts.shutdown = .seconds(1)
            try await ServiceScenario.run(in: scenario, timeouts: timeouts) { service in
                for start in ["", "GET /hea", "\(Self.webhook)Content-Length: 40\r\n\r\n{", "\(Self.health)\r\n"] {
                    for _ in 0..<10 {
                        let connection = try RawConnection(to: service.baseURL)
                        connection.send(start)
                        held.append(connection)
                    }
                }
            }
        }
    }

    private let held = HeldConnections()
}

/// Keeps connections open until the end of a test.
private final class HeldConnections: Sendable {
    private let connections = Mutex<[RawConnection]>([])

    func append(_ connection: RawConnection) { connections.withLock { $0.append(connection) } }
}
