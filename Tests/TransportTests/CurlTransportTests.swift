import Foundation
import HTTPTypes
import TestSupport
import Testing
import Transport

extension OutgoingRequest {
    /// A request to a server on loopback.
    init(
        _ method: HTTPRequest.Method = .get,
        to server: LoopbackServer,
        path: String = "/",
        body: Data? = nil,
        repeatability: Repeatability = .repeatable
    ) {
        let head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:\(server.port)", path: path)
        self.init(head: head, body: body, repeatability: repeatability)
    }

    /// A request to a URL.
    init(url: String) throws {
        let url = try #require(URLComponents(string: url))
        let authority = [url.host, url.port.map(String.init)].compactMap(\.self).joined(separator: ":")
        self.init(head: HTTPRequest(method: .get, scheme: url.scheme, authority: authority, path: url.path))
    }
}

struct CurlTransportTests {
    /// Answers every request with the request itself.
    private func echoServer() throws -> LoopbackServer {
        try LoopbackServer { connection in
            while let request = connection.request() { connection.answer(body: Data(request.utf8)) }
        }
    }

    @Test func `an answer comes with status, fields and body`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 103 Early Hints\r\nLink: </early>\r\n\r\n")
            connection.answer("418 I'm a teapot", fields: ["ETag: \"3\"  ", "X-Empty:", "X-Two: a", "X-Two: b"])
        }
        let response = try await CurlTransport().send(OutgoingRequest(to: server))
        #expect(response.status == 418)
        #expect(response.body == Data("{}".utf8))
        #expect(response.head.headerFields[.eTag] == "\"3\"")
        #expect(try response.head.headerFields[#require(HTTPField.Name("Link"))] == nil)
        #expect(try response.head.headerFields[values: #require(HTTPField.Name("X-Two"))] == ["a", "b"])
        #expect(try response.head.headerFields[#require(HTTPField.Name("X-Empty"))] == "")
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, nil), (.post, Data("{\"a\":\"é\"}".utf8)), (.post, Data()), (.post, nil), (.put, nil),
        (.patch, Data("p".utf8)), (.delete, nil), (.delete, Data("d".utf8)),
    ])
    func `a request arrives as it was meant`(method: HTTPRequest.Method, body: Data?) async throws {
        let server = try echoServer()
        var request = OutgoingRequest(method, to: server, path: "/a%20b?q=1&r=%2F", body: body)
        request.head.headerFields[.ifMatch] = "\"7\""
        let transport = CurlTransport(configuration: .init(version: "1.2"))
        let text = String(decoding: try await transport.send(request).body, as: UTF8.self)
        let (head, sentBody) = (
            text.components(separatedBy: "\r\n\r\n")[0], text.components(separatedBy: "\r\n\r\n")[1]
        )
        let lines = head.components(separatedBy: "\r\n")
        #expect(lines.first == "\(method.rawValue) /a%20b?q=1&r=%2F HTTP/1.1")
        #expect(lines.contains("If-Match: \"7\""))
        #expect(lines.contains("User-Agent: reconcile/1.2 (gzip)"))
        #expect(lines.contains { $0.hasPrefix("Accept-Encoding: ") && $0.contains("gzip") })
        #expect(!lines.contains { $0.hasPrefix("Expect") || $0.hasPrefix("Content-Type") })
        #expect(sentBody == String(decoding: body ?? Data(), as: UTF8.self))
        let saysLength = body != nil || [.post, .put, .patch].contains(method)
        #expect(lines.contains("Content-Length: \(body?.count ?? 0)") == saysLength)
    }

    @Test func `HEAD has an answer without body`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            connection.waitForClose()
        }
        let response = try await CurlTransport().send(OutgoingRequest(.head, to: server))
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
    }

    @Test func `a chunked answer is put together`() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for part in ["{\"a\"", ":1", "}"] { connection.send("\(part.utf8.count)\r\n\(part)\r\n") }
            connection.send("0\r\n\r\n")
        }
        let response = try await CurlTransport().send(OutgoingRequest(to: server))
        #expect(response.body == Data("{\"a\":1}".utf8))
    }

    @Test func `a compressed answer is decompressed and no field speaks of it`() async throws {
        let gzip = try #require(Data(base64Encoded: "H4sIAAAAAAACA6tWykjNyclXslIqzy/KSVGqBQDRQQnYEQAAAA=="))
        let server = try LoopbackServer { connection in
            _ = connection.request()
            connection.answer(fields: ["Content-Encoding: gzip", "Content-Type: application/json"], body: gzip)
        }
        let response = try await CurlTransport().send(OutgoingRequest(to: server))
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"hello":"world"}"#)
        #expect(response.head.headerFields[.contentEncoding] == nil)
        #expect(response.head.headerFields[.contentLength] == nil)
        #expect(response.head.headerFields[.contentType] == "application/json")
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let server = try LoopbackServer { connection in
            while connection.request() != nil {
                connection.answer("302 Found", fields: ["Location: http://127.0.0.1:1/stolen"])
            }
        }
        #expect(try await CurlTransport().send(OutgoingRequest(to: server)).status == 302)
    }

    @Test func `one connection serves requests that follow each other`() async throws {
        let (server, transport) = (try echoServer(), CurlTransport())
        for _ in 0..<5 { _ = try await transport.send(OutgoingRequest(to: server)) }
        #expect(server.connectionCount == 1)
    }

    @Test func `a request that must happen once has a connection of its own`() async throws {
        let (server, transport) = (try echoServer(), CurlTransport())
        for _ in 0..<3 { _ = try await transport.send(OutgoingRequest(.post, to: server, repeatability: .once)) }
        #expect(server.connectionCount == 3)
    }

    @Test func `many requests at once share a bounded number of connections`() async throws {
        let server = try echoServer()
        var configuration = CurlTransport.Configuration()
        configuration.connectionsPerHost = 4
        let transport = CurlTransport(configuration: configuration)
        try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    let response = try await transport.send(OutgoingRequest(to: server, path: "/\(number)"))
                    return String(decoding: response.body, as: UTF8.self).hasPrefix("GET /\(number) ")
                }
            }
            for try await isOwnAnswer in group { #expect(isOwnAnswer) }
        }
        #expect(server.connectionCount <= 4)
    }

    @Test func `header fields cannot be smuggled in a value`() async throws {
        let server = try echoServer()
        var request = OutgoingRequest(to: server)
        request.head.headerFields[.ifMatch] = "a\r\nX-Smuggled: 1"
        let text = String(decoding: try await CurlTransport().send(request).body, as: UTF8.self)
        #expect(!text.contains("\r\nX-Smuggled"))
    }
}
