import Foundation
import Glibc
import Emulation
import JSON
import Signing

/// An answer as it came over the wire.
struct TestAnswer: Sendable {
    var status: Int
    /// By lower-case name.
    var headers: [String: String]
    var body: [UInt8]

    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
    /// `error.errors[0].reason` of Calendar, `code` of Notion.
    var reason: String? { json["error"]?["errors"]?.array?.first?["reason"]?.string ?? json["code"]?.string }
}

/// Why there was no whole answer.
enum TestClientError: Error, Equatable {
    case notConnected
    case reset
    /// The connection ended after this many bytes of a body that was to be longer.
    case truncated(received: Int)
    case noAnswer
}

/// One request per connection, over a plain socket, so that nothing stands between a test and the bytes.
struct TestClient: Sendable {
    var baseURL: String
    var headers: [String: String] = [:]

    func send(
        _ method: String,
        _ target: String,
        _ body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        if body != nil { headers["Content-Type"] = "application/json" }
        return try await send(method, target, bytes: body.map { JSONWriter.write($0) } ?? [], headers: headers)
    }

    func send(
        _ method: String,
        _ target: String,
        bytes: [UInt8],
        headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        let all = self.headers.merging(headers) { _, given in given }
        var message = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        for (name, value) in all { message += "\(name): \(value)\r\n" }
        message += "Content-Length: \(bytes.count)\r\n\r\n"
        let sent = Array(message.utf8) + bytes
        let port = UInt16(baseURL.split(separator: ":").last ?? "") ?? 0
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.exchange(sent, port: port) })
            }
        }
    }

    private static func exchange(_ sent: [UInt8], port: UInt16) throws -> TestAnswer {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        guard connected == 0 else { throw TestClientError.notConnected }
        var offset = 0
        while offset < sent.count {
            let count = sent[offset...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw TestClientError.reset }
            offset += count
        }
        return try answer(received(socket))
    }

    private static func received(_ socket: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { throw TestClientError.reset }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    private static func answer(_ bytes: [UInt8]) throws -> TestAnswer {
        guard let range = Data(bytes).range(of: Data("\r\n\r\n".utf8)) else { throw TestClientError.noAnswer }
        let lines = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw TestClientError.noAnswer
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let body = Array(bytes[range.upperBound...])
        if let length = headers["content-length"].flatMap({ Int($0) }), length > body.count {
            throw TestClientError.truncated(received: body.count)
        }
        return TestAnswer(status: status, headers: headers, body: body)
    }
}

extension TestClient {
    /// A client of Notion's API with the sample token.
    static func notion(_ address: EmulatorAddress, version: String = "2025-09-03") -> TestClient {
        TestClient(
            baseURL: address.baseURL,
            headers: ["Authorization": "Bearer \(World.notionToken)", "Notion-Version": version]
        )
    }

    /// A client of Calendar with a fresh access token.
    static func google(
        _ address: EmulatorAddress,
        scopes: String = "https://www.googleapis.com/auth/calendar",
        subject: String? = nil,
        now: Int = World.epoch / 1000
    ) async throws -> TestClient {
        var client = TestClient(baseURL: address.baseURL)
        let answer = try await client.token(Assertion(address, scopes: scopes, subject: subject, now: now))
        guard let token = answer.json["access_token"]?.string else { throw TestClientError.noAnswer }
        client.headers["Authorization"] = "Bearer \(token)"
        return client
    }

    func token(
        _ assertion: Assertion,
        grantType: String = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
    ) async throws -> TestAnswer {
        try await send(
            "POST",
            "/token",
            bytes: Array("grant_type=\(grantType)&assertion=\(try assertion.compact())".utf8),
            headers: ["Content-Type": "application/x-www-form-urlencoded"]
        )
    }
}

/// A JWT for the token endpoint, right until a test spoils it.
struct Assertion {
    struct Claims {
        var iss: String?
        var scope: String?
        var aud: String?
        var iat: Int?
        var exp: Int?
        var sub: String?
    }

    var claims: Claims
    var key: RSAPrivateKey

    init(_ address: EmulatorAddress, scopes: String, subject: String? = nil, now: Int = World.epoch / 1000) throws {
        let file = try JSONParser.parse(address.environment["GOOGLE_SERVICE_ACCOUNT"] ?? "")
        key = try RSAPrivateKey(pem: file["private_key"]?.string ?? "")
        claims = Claims(
            iss: file["client_email"]?.string,
            scope: scopes,
            aud: "https://oauth2.googleapis.com/token",
            iat: now,
            exp: now + 3600,
            sub: subject
        )
    }

    func compact() throws -> String {
        let claims = JSON.object(of: [
            "iss": claims.iss.map { .string($0) }, "scope": claims.scope.map { .string($0) },
            "aud": claims.aud.map { .string($0) }, "iat": claims.iat.map { .integer($0) },
            "exp": claims.exp.map { .integer($0) }, "sub": claims.sub.map { .string($0) },
        ])
        return try JSONWebToken.signed(claims: claims, keyID: "k", by: key)
    }
}
