import Emulation
import Foundation
import TestSupport
import Testing

/// Nothing that a run prints or keeps holds a token, a key or an authorization header, however verbose it is.
struct SecretTests {
    /// What goes wrong in a run.
    enum Case: String, CaseIterable, CustomTestStringConvertible {
        case nothing, wrongToken, tokenRefused, tokenEcho, tokenPage, forbiddenEcho, notionEcho, revoked, unreachable
        case resets, untrusted

        var testDescription: String { rawValue }
    }

    @Test(arguments: Case.allCases.filter { $0 != .untrusted || TLSServer.isAvailable })
    func `no secret shows, in process`(trouble: Case) async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await check(scenario, trouble) { arguments, environment in
                await Scenario.reconcile(arguments, environment: environment, clock: scenario.clock)
            }
        }
    }

    @Test(arguments: [Case.nothing, .wrongToken, .tokenEcho, .forbiddenEcho])
    func `no secret shows, as a process`(trouble: Case) async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await check(scenario, trouble) { arguments, environment in
                try await ToolProcess.run(arguments, environment: environment, in: scenario.path(""))
            }
        }
    }

    private typealias Run = ([String], [String: String]) async throws -> Scenario.Ran

    private func check(_ scenario: Scenario, _ trouble: Case, _ run: Run) async throws {
        let server = trouble == .untrusted ? try TLSServer() : nil
        defer { withExtendedLifetime(server) {} }
        let changes = prepare(scenario, trouble, server: "https://127.0.0.1:\(server?.port ?? "9")")
        let environment = scenario.environment.merging(changes) { _, new in new }
        var said = ""
        for command in [["plan"], ["apply", "--auto-approve"], ["plan", "--format", "json"]] {
            let rest = ["--log-level", "trace", "--orgs-dir", scenario.path("orgs.d")]
            let ran = try await run(command + rest, environment)
            #expect(ran.code == (trouble == .nothing || trouble == .revoked ? 0 : 1), "\(ran.output)\(ran.errors)")
            said += ran.output + ran.errors
        }
        #expect(said.contains("request answered") || said.contains("request failed"))
        expectNoSecret(in: Data(said.utf8), scenario, environment, place: "the output")
        for name in try FileManager.default.contentsOfDirectory(atPath: scenario.path("")) where name.hasPrefix("state")
        {
            let data = try Data(contentsOf: URL(filePath: scenario.path(name)))
            expectNoSecret(in: data, scenario, environment, place: name)
        }
    }

    /// Sets the trouble up.
    ///
    /// - Returns: variables that differ.
    private func prepare(_ scenario: Scenario, _ trouble: Case, server: String) -> [String: String] {
        let emulator = scenario.emulator
        // Services are known to quote requests in their errors: the header that is missing, the assertion, the token.
        let echo =
            "Bearer ya29.c.echoed-token Authorization: Bearer \(World.notionToken) assertion=eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
        switch trouble {
        case .nothing: break
        case .wrongToken: return ["NOTION_API_KEY": "ntn_WRONG-but-secret-all-the-same"]
        case .tokenRefused: emulator.add(.init(.respond(status: 400), api: "token"))
        case .tokenEcho:
            let body = #"{"error":"invalid_grant","error_description":"Bad request: \#(echo)"}"#
            emulator.add(.init(.respond(status: 400, body: body), api: "token"))
        case .tokenPage: emulator.add(.init(.errorPage(status: 502), api: "token"))
        case .forbiddenEcho:
            let body =
                #"{"error":{"code":403,"message":"Refused: \#(echo)","errors":[{"reason":"forbidden","message":"Refused: \#(echo)"}]}}"#
            emulator.add(.init(.respond(status: 403, body: body), api: "google"))
        case .notionEcho:
            let body = #"{"object":"error","status":400,"code":"validation_error","message":"Refused: \#(echo)"}"#
            emulator.add(.init(.respond(status: 400, body: body), api: "notion"))
        case .revoked: emulator.add(.init(.respond(status: 401), .first(count: 1), api: "google"))
        case .unreachable: return ["GOOGLE_BASE_URL": "http://127.0.0.1:9", "NOTION_BASE_URL": "http://127.0.0.1:9"]
        case .resets: emulator.add(.init(.resetAfter))
        case .untrusted: return ["GOOGLE_BASE_URL": server, "NOTION_BASE_URL": server]
        }
        return [:]
    }

    private func expectNoSecret(
        in data: Data,
        _ scenario: Scenario,
        _ environment: [String: String],
        place: String
    ) {
        var secrets = [
            "Bearer", "bearer ", "Authorization", "authorization:", "assertion=", "ya29.", "PRIVATE KEY", "eyJhbGci",
        ]
        secrets += [environment["NOTION_API_KEY"] ?? "", World.notionToken]
        secrets += privateKeySlices(environment["GOOGLE_SERVICE_ACCOUNT"] ?? "")
        for secret in secrets where data.range(of: Data(secret.utf8)) != nil {
            Issue.record("\(place) holds \"\(secret.prefix(12))…\"")
        }
    }

    /// Every run of 40 characters of the key's base64, at steps of one: none may be anywhere.
    private func privateKeySlices(_ keyFile: String) -> [String] {
        let json = try? JSONSerialization.jsonObject(with: Data(keyFile.utf8)) as? [String: Any]
        let key = (json?["private_key"] as? String ?? "").split(separator: "\n").filter { !$0.contains("-----") }
        let characters = Array(key.joined())
        #expect(characters.count > 1000)
        return (0...max(0, characters.count - 40)).map { String(characters[$0..<min($0 + 40, characters.count)]) }
    }
}
