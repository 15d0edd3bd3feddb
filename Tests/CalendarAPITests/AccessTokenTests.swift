import Foundation
import HTTPTypes
import ReconcileModel
import Signing
import Testing
import Transport

@testable import CalendarAPI

/// Getting, keeping and renewing access tokens.
struct AccessTokenTests {
    private let world = World()

    @Test func `the request is a signed assertion`() async throws {
        let transport = ScriptedTransport(try .fixture(200, "token-response.json"))
        let tokens = try world.tokens(transport, impersonate: "events@example.org")
        #expect(try await tokens.token().reveal() == "ya29.c.EXAMPLE-not-a-real-token")

        let request = try #require(transport.requests.first)
        #expect(request.location == "https://oauth2.googleapis.com/token")
        #expect(request.head.headerFields[.contentType] == "application/x-www-form-urlencoded")
        let prefix = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
        #expect(request.bodyText.hasPrefix(prefix))
        let token = try #require(JSONWebToken(compact: String(request.bodyText.dropFirst(prefix.count))))
        #expect(token.isSigned(by: try World.signingKey.get().publicKey))
        #expect(token.header.alg == "RS256" && token.header.typ == "JWT")
        #expect(token.header.kid == "0123456789abcdef")
        let claims = try #require(try JSONSerialization.jsonObject(with: token.claims) as? [String: Any])
        #expect(claims["iss"] as? String == World.account)
        #expect(claims["sub"] as? String == "events@example.org")
        #expect(claims["aud"] as? String == "https://oauth2.googleapis.com/token")
        #expect(claims["iat"] as? Int == world.clock.seconds)
        #expect(claims["exp"] as? Int == world.clock.seconds + 3600)
        let scopes = ["calendars", "acls", "calendarlist", "events"]
        #expect(
            claims["scope"] as? String
                == scopes.map { "https://www.googleapis.com/auth/calendar.\($0)" }.joined(separator: " ")
        )
        #expect(tokens.account == "events@example.org")
    }

    @Test func `a token is kept until five minutes before it expires`() async throws {
        let transport = numbered(lifetime: "3599")
        let tokens = try world.tokens(transport)
        #expect(try await tokens.token() == Secret("token-0"))
        world.clock.advance(by: 3599 - 301)
        #expect(try await tokens.token() == Secret("token-0"))
        world.clock.advance(by: 1)
        #expect(try await tokens.token() == Secret("token-1"))
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [("\"3599\"", 3298), ("100", 49), ("null", 299), ("9223372036854775807", 86_099)])
    func `lifetimes in other forms`(lifetime: String, kept: Int) async throws {
        let tokens = try world.tokens(numbered(lifetime: lifetime))
        _ = try await tokens.token()
        world.clock.advance(by: kept)
        #expect(try await tokens.token() == Secret("token-0"))
        world.clock.advance(by: 1)
        #expect(try await tokens.token() == Secret("token-1"))
    }

    @Test func `callers at the same time share one request`() async throws {
        let gate = Gate()
        let transport = ScriptedTransport { _, number in
            await gate.wait()
            return .success(.json(200, #"{"access_token":"token-\#(number)","expires_in":3599}"#))
        }
        let tokens = try world.tokens(transport)
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await tokens.token().reveal() } }
            gate.open()
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers == ["token-0"])
        #expect(transport.requests.count == 1)
    }

    @Test func `only the token that was refused is forgotten`() async throws {
        let tokens = try world.tokens(numbered(lifetime: "3599"))
        let first = try await tokens.token()
        await tokens.invalidate(first)
        let second = try await tokens.token()
        await tokens.invalidate(first)
        #expect(try await tokens.token() == second)
        #expect(first != second)
    }

    @Test func `an unknown scope is named`() async throws {
        let tokens = try world.tokens(ScriptedTransport(try .fixture(200, "token-response-unknown-scope.json")))
        let error = await #expect(throws: CalendarError.self) { try await tokens.token() }
        #expect(error == .token(.noAccessToken(scopes: CalendarScope.all)))
        #expect(error?.failure.message.contains("auth/calendar.acls") == true)
        #expect(error?.isUnknownOutcome == false)
    }

    @Test(arguments: [
        ("token-error-clock.json", "invalid_grant", "Set this machine's clock."),
        ("token-error-invalid-signature.json", "invalid_grant", "make a new key"),
    ])
    func `a refusal says what to do`(fixture: String, code: String, hint: String) async throws {
        let tokens = try world.tokens(ScriptedTransport(try .fixture(400, fixture)))
        let error = await #expect(throws: CalendarError.self) { try await tokens.token() }
        guard case .token(.refused(code, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.failure.hint?.contains(hint) == true)
    }

    @Test(arguments: [
        (IncomingResponse.json(503, ""), TokenError.service(status: 503)),
        (
            .response(404, "<html>", type: "text/html"),
            .malformedAnswer(reason: "HTTP 404 without Google's explanation")
        ),
        (.response(200, "<html>", type: "text/html"), .malformedAnswer(reason: "it is not JSON")),
    ])
    func `other answers`(response: IncomingResponse, expected: TokenError) async throws {
        let tokens = try world.tokens(ScriptedTransport(response))
        let error = await #expect(throws: CalendarError.self) { try await tokens.token() }
        #expect(error == .token(expected))
    }

    @Test func `after a failure the next caller asks again`() async throws {
        let transport = ScriptedTransport { _, number in
            number == 0
                ? .failure(.unreachable(location: "https://oauth2.googleapis.com/token", reason: "no route"))
                : .success(.json(200, #"{"access_token":"good"}"#))
        }
        let tokens = try world.tokens(transport)
        await #expect(throws: CalendarError.self) { try await tokens.token() }
        #expect(try await tokens.token() == Secret("good"))
    }

    private func numbered(lifetime: String) -> ScriptedTransport {
        ScriptedTransport { _, number in
            .success(.json(200, #"{"access_token":"token-\#(number)","expires_in":\#(lifetime)}"#))
        }
    }
}

/// Holds tasks back until it is opened.
final class Gate: Sendable {
    private let (stream, continuation) = AsyncStream<Void>.makeStream()

    func open() { continuation.finish() }
    func wait() async { for await _ in stream {} }
}
