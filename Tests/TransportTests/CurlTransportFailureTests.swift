import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing
import Transport

struct CurlTransportFailureTests {
    private func location(_ server: LoopbackServer) -> String { "http://127.0.0.1:\(server.port)/" }

    /// What a server answers that does not end as it should.
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "not HTTP at all\r\n",
        "",
    ])
    func `an answer that ends early is interrupted`(text: String) async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.send(text)
        }
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(OutgoingRequest(to: server))
        }
        guard case .interrupted(location(server), _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a reset before the answer is an interruption`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.reset()
        }
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(OutgoingRequest(to: server))
        }
        guard case .interrupted? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a request that libcurl repeats by itself and that is answered then is told as repeated`() async throws {
        let resets = Mutex(1)
        let server = try LoopbackServer { connection in
            while let request = connection.request() {
                let isLost =
                    request.hasPrefix("PATCH")
                    && resets.withLock { left in
                        defer { left -= 1 }
                        return left > 0
                    }
                if isLost { return connection.reset() }
                connection.answer()
            }
        }
        let transport = CurlTransport()
        _ = try await transport.send(OutgoingRequest(to: server))
        let answer = try await transport.send(OutgoingRequest(.patch, to: server))
        #expect(answer.status == 200 && answer.wasRepeated)
        let next = try await transport.send(OutgoingRequest(.patch, to: server))
        #expect(!next.wasRepeated)
    }

    @Test func `a request that must happen once is sent once, whatever comes of it`() async throws {
        let (requests, arrival) = AsyncStream.makeStream(of: String.self)
        let server = try LoopbackServer { connection in
            while let request = connection.request() {
                arrival.yield(String(request.prefix(4)))
                if request.hasPrefix("POST") { return connection.reset() }
                connection.answer()
            }
        }
        let transport = CurlTransport()
        _ = try await transport.send(OutgoingRequest(to: server))
        await #expect(throws: TransportError.self) {
            try await transport.send(OutgoingRequest(.post, to: server, repeatability: .once))
        }
        arrival.finish()
        let arrived = await requests.reduce(into: []) { $0.append($1) }
        #expect(arrived == ["GET ", "POST"])
    }

    @Test func `a port that nobody listens on is unreachable`() async throws {
        let server = try LoopbackServer { _ in }
        server.stop()
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(OutgoingRequest(to: server))
        }
        guard case .unreachable(location(server), let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("onnect"))
    }

    @Test(arguments: [
        (totalTimeout: Duration.milliseconds(200), stallTimeout: Duration.seconds(30)),
        (totalTimeout: .seconds(30), stallTimeout: .milliseconds(200)),
    ])
    func `a server that says nothing meets the time-outs`(totalTimeout: Duration, stallTimeout: Duration) async throws {
        let server = try LoopbackServer { connection in connection.waitForClose() }
        var configuration = CurlTransport.Configuration()
        (configuration.timeouts.total, configuration.timeouts.stall) = (totalTimeout, stallTimeout)
        await #expect(throws: TransportError.timedOut(location: location(server), sent: true)) {
            try await CurlTransport(configuration: configuration).send(OutgoingRequest(to: server))
        }
    }

    @Test func `an answer larger than the limit is cut off`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.answer(body: Data(repeating: 0x20, count: 20_000))
        }
        await expectTooLarge(server)
    }

    @Test func `the limit is of bytes after decompression`() async throws {
        let gzip = try #require(Data(base64Encoded: Self.compressedSpaces))
        #expect(gzip.count < 1000)
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.answer(fields: ["Content-Encoding: gzip"], body: gzip)
        }
        await expectTooLarge(server)
    }

    private func expectTooLarge(_ server: LoopbackServer) async {
        var configuration = CurlTransport.Configuration()
        configuration.responseLimit = 10_000
        await #expect(throws: TransportError.tooLarge(location: location(server), limit: 10_000)) {
            try await CurlTransport(configuration: configuration).send(OutgoingRequest(to: server))
        }
    }

    /// 100,000 bytes of JSON, most of them spaces.
    private static let compressedSpaces =
        "H4sIAAAAAAACA+3BQREAAAwCoCrr6a27NXwAOQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGDUF5Sj/NmghgEA"

    @Test(arguments: [
        ("http://api.example.com/v1", "plain http"), ("http://10.0.0.1/", "plain http"),
        ("http://localhost.example.com/", "plain http"), ("http://128.0.0.1/", "plain http"),
        ("http://127.0.0.1.example.com/", "plain http"), ("ftp://127.0.0.1/", "only http and https"),
        ("file:///etc/passwd", "only http and https"), ("https:///path", "no host"),
    ])
    func `what must not be sent is refused`(url: String, reason: String) async throws {
        let request = try OutgoingRequest(url: url)
        let error = await #expect(throws: TransportError.self) { try await CurlTransport().send(request) }
        guard case .refused(_, let text)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains(reason))
    }

    @Test(arguments: ["me:pw@127.0.0.1", "127.0.0.1:99999", "127.0.0.1 x", "["])
    func `a host that is none is refused`(authority: String) async throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(OutgoingRequest(head: head))
        }
        guard case .refused(let location, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!location.contains("pw"))
    }

    @Test func `a path cannot become part of the host`() async throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: "@api.example.com/")
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(OutgoingRequest(head: head))
        }
        guard case .refused? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
