import Emulation
import Signing
import Testing

@Suite struct TokenTests {
    private let scope = "https://www.googleapis.com/auth/calendar"

    @Test func `a right assertion is answered with a token`() async throws {
        try await Emulator(try World.empty()).withServer { address in
            let answer = try await TestClient(baseURL: address.baseURL).token(Assertion(address, scopes: scope))
            #expect(answer.status == 200)
            #expect(answer.json["expires_in"] == 3599)
            #expect(answer.json["token_type"] == "Bearer")
            #expect(answer.json["access_token"]?.string?.hasPrefix("ya29.") == true)
        }
    }

    enum Spoiling: CaseIterable {
        case issuer, noIssueTime, noExpiry, future, old, long, scope, audience, unknownSubject, undelegatedSubject

        func apply(to claims: inout Assertion.Claims) {
            let now = World.epoch / 1000
            switch self {
            case .issuer: claims.iss = "nobody@example.org"
            case .noIssueTime: claims.iat = nil
            case .noExpiry: claims.exp = nil
            case .future: (claims.iat, claims.exp) = (now + 301, now + 3600)
            case .old: (claims.iat, claims.exp) = (now - 7200, now - 3600)
            case .long: claims.exp = now + 3601
            case .scope: claims.scope = ""
            case .audience: claims.aud = "https://example.org/token"
            case .unknownSubject: claims.sub = "nobody@example.org"
            case .undelegatedSubject: claims.sub = "ada@example.org"
            }
        }

        var error: (String, String) {
            let window = """
                Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. \
                Check your iat and exp values in the JWT claim.
                """
            return switch self {
            case .issuer: ("invalid_grant", "Invalid grant: account not found")
            case .noIssueTime: ("invalid_grant", "Invalid JWT: iat (issued at) is not set.")
            case .noExpiry: ("invalid_grant", "Invalid JWT: exp (expiration time) is not set.")
            case .future, .old, .long: ("invalid_grant", window)
            case .scope: ("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
            case .audience: ("invalid_grant", "Invalid JWT: Failed audience check.")
            case .unknownSubject: ("invalid_grant", "Invalid email or User ID")
            case .undelegatedSubject:
                (
                    "unauthorized_client",
                    "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."
                )
            }
        }
    }

    @Test(arguments: Spoiling.allCases)
    func `a wrong claim is named in the error`(spoiling: Spoiling) async throws {
        var world = try World.empty()
        world.addPerson("ada@example.org")
        try await Emulator(world).withServer { address in
            var assertion = try Assertion(address, scopes: scope)
            spoiling.apply(to: &assertion.claims)
            let answer = try await TestClient(baseURL: address.baseURL).token(assertion)
            #expect(answer.status == (spoiling == .undelegatedSubject ? 401 : 400))
            #expect(
                answer.json == ["error": .string(spoiling.error.0), "error_description": .string(spoiling.error.1)]
            )
        }
    }

    @Test func `an assertion of another key is refused as in the fixture`() async throws {
        try await Emulator(try World.empty()).withServer { address in
            var assertion = try Assertion(address, scopes: scope)
            assertion.key = try RSAPrivateKey.generate()
            let answer = try await TestClient(baseURL: address.baseURL).token(assertion)
            #expect(answer.status == 400)
            #expect(try answer.json == fixture("google/token-error-invalid-signature.json"))
        }
    }

    @Test func `a form without assertion or with another grant is refused`() async throws {
        try await Emulator(try World.empty()).withServer { address in
            let client = TestClient(baseURL: address.baseURL)
            let empty = try await client.send("POST", "/token", bytes: Array("grant_type=x&assertion=no".utf8))
            #expect(empty.json["error"] == "invalid_request")
            let other = try await client.token(Assertion(address, scopes: scope), grantType: "password")
            #expect(other.json["error_description"] == "Invalid grant_type: password")
        }
    }

    @Test func `an unknown scope gives an id token only`() async throws {
        try await Emulator(try World.empty()).withServer { address in
            let scopes = "\(scope) https://www.googleapis.com/auth/calender"
            let answer = try await TestClient(baseURL: address.baseURL).token(Assertion(address, scopes: scopes))
            #expect(answer.status == 200)
            #expect(answer.json["access_token"] == nil)
            #expect(answer.json["id_token"] != nil)
        }
    }

    @Test func `a delegated subject acts as the user`() async throws {
        var world = try World.empty()
        world.addPerson("ada@example.org")
        world.google.accounts[World.serviceAccount]?.delegators = ["ada@example.org"]
        try await Emulator(world).withServer { address in
            let client = try await TestClient.google(address, subject: "ada@example.org")
            let calendar = try await client.send("POST", "/calendar/v3/calendars", ["summary": "Hers"])
            #expect(calendar.json["dataOwner"] == "ada@example.org")
        }
    }

    @Test func `tokens expire with the clock and can be revoked`() async throws {
        try await CalendarBench.with { bench async throws in
            #expect(try await bench.client.send("GET", bench.path()).status == 200)
            bench.clock.advance(milliseconds: 3_599_000)
            let expired = try await bench.client.send("GET", bench.path())
            #expect(expired.status == 401)
            #expect(try expired.json == fixture("google/error-401-invalid-credentials.json"))
            let fresh = try await TestClient.google(bench.address, now: World.epoch / 1000 + 3599)
            #expect(try await fresh.send("GET", bench.path()).status == 200)
            bench.emulator.revokeTokens()
            #expect(try await fresh.send("GET", bench.path()).status == 401)
        }
    }

    @Test func `a request without a token has to log in`() async throws {
        try await CalendarBench.with { bench async throws in
            let answer = try await TestClient(baseURL: bench.address.baseURL).send("GET", bench.path())
            #expect(answer.status == 401)
            #expect(answer.reason == "required")
        }
    }

    @Test func `a scope that does not fit is refused as in the fixture`() async throws {
        try await CalendarBench.with { bench async throws in
            let reader = try await TestClient.google(
                bench.address,
                scopes: "https://www.googleapis.com/auth/calendar.events.readonly"
            )
            #expect(try await reader.send("GET", bench.path("/events")).status == 200)
            let answer = try await reader.send("POST", bench.path("/events"), [:])
            #expect(answer.status == 403)
            #expect(try answer.json == fixture("google/error-403-insufficient-scopes.json"))
        }
    }
}
