import Emulation
import Foundation
import Signing
import Testing

/// `credentials:` names variables of the environment, so that organizations of several workspaces and accounts can be declared together.
struct CredentialTests {
    private static let token = "ntn_film00000000000000000000000000000000000000"
    private static let account = "film@film-club.iam.gserviceaccount.com"
    private static let lines = "credentials: {notion: FILM_NOTION_KEY, google: FILM_GOOGLE_KEY}"

    /// A second organization, which only its own integration and account reach.
    private func run(
        _ lines: String = lines,
        _ body: @escaping @Sendable (Scenario, String, [String: String?]) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 2,
            build: { world, _ in
                try world.addServiceAccount(Self.account)
                world.addIntegration(token: Self.token, name: "Film")
            }
        ) { scenario in
            let database = try scenario.emulator.withWorld { world in
                let database = world.addDatabase("Film nights")
                world.addPage(7, to: database)
                world.connect(database, only: Self.token)
                return database
            }
            try scenario.declare("film", database: database, more: lines)
            let baseURL = scenario.address.baseURL
            let key = try scenario.emulator.withWorld {
                EmulatorAddress.keyFile(of: Self.account, in: $0, baseURL: baseURL)
            }
            try await body(scenario, database, ["FILM_NOTION_KEY": Self.token, "FILM_GOOGLE_KEY": key])
        }
    }

    private func apply(_ scenario: Scenario, _ environment: [String: String?], _ more: String...) async -> Scenario.Ran
    {
        await scenario.reconcile(
            ["apply", "--auto-approve", "--format", "json"] + more,
            environment: environment
        )
    }

    @Test func `each organization is reached with what it names`() async throws {
        try await run { scenario, _, environment in
            let applied = await apply(scenario, environment)
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            let owners = try scenario.emulator.withWorld { world in
                world.google.calendars.values.filter { $0.description?.contains("organization") == true }
                    .map { "\($0.summary) \($0.dataOwner)" }.sorted()
            }
            #expect(owners == ["ACM Events \(World.serviceAccount)", "FILM Events \(Self.account)"])
            let again = await scenario.reconcile(
                ["plan", "--detailed-exitcode", "--format", "json"],
                environment: environment
            )
            #expect(again.code == 0, "\(again.output)")
        }
    }

    @Test func `a variable that is not set is the mistake of its organization`() async throws {
        try await run { scenario, _, environment in
            var environment = environment
            environment["FILM_NOTION_KEY"] = nil as String?
            let applied = await apply(scenario, environment)
            #expect(applied.code == 1)
            let film = applied.organizations.first { $0["prefix"] as? String == "film" }
            #expect(film?["status"] as? String == "error")
            let message = film?["message"] as? String ?? ""
            #expect(
                message.contains("film.yaml:6:23: credentials.notion names the variable FILM_NOTION_KEY"),
                "\(message)"
            )
            try scenario.expectEvents(2)
        }
    }

    @Test func `the variables of all are needed only where somebody names none`() async throws {
        try await run { scenario, _, environment in
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d/acm.yaml"))
            var environment = environment
            environment["NOTION_API_KEY"] = .some(nil)
            environment["GOOGLE_SERVICE_ACCOUNT"] = .some(nil)
            let applied = await apply(scenario, environment)
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
        }
    }

    @Test func `one that names none stops nobody where the variables of all are missing`() async throws {
        try await run { scenario, _, environment in
            var environment = environment
            environment["NOTION_API_KEY"] = .some(nil)
            let applied = await apply(scenario, environment)
            #expect(applied.code == 1)
            let statuses = Dictionary(
                applied.organizations.map { ($0["prefix"] as? String ?? "", $0["status"] as? String ?? "") }
            ) { first, _ in first }
            #expect(statuses["acm"] == "error" && statuses["film"] == "changes", "\(applied.output)")
        }
    }

    @Test(arguments: ["retire", "calendar delete"])
    func `one that nobody declares any more leaves with the key that it had`(command: String) async throws {
        try await run { scenario, _, environment in
            #expect(await apply(scenario, environment).code == 0)
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d/film.yaml"))
            let arguments =
                command == "retire"
                ? ["retire", "film", "--remove-events", "--auto-approve"]
                : ["calendar", "delete", "film", "--confirm-name", "FILM Events"]
            // The keys of all are those of another account, and not needed.
            let other = await scenario.reconcile(arguments, environment: ["FILM_GOOGLE_KEY": nil])
            #expect(other.code == 1)
            #expect(
                other.errors.contains(
                    "film was reached with the Google key in the variable FILM_GOOGLE_KEY, which is not set."
                ),
                "\(other.errors)"
            )
            let key = try #require(environment["FILM_GOOGLE_KEY"])
            let left = await scenario.reconcile(
                arguments,
                environment: [
                    "FILM_GOOGLE_KEY": key, "GOOGLE_SERVICE_ACCOUNT": nil, "NOTION_API_KEY": nil,
                ]
            )
            #expect(left.code == 0, "\(left.output)\(left.errors)")
            let film = try scenario.emulator.withWorld { world in
                world.google.calendars.values.filter { $0.summary == "FILM Events" && !$0.liveEvents.isEmpty }.count
            }
            #expect(film == 0)
        }
    }

    @Test func `an account that is not the one of before is told with what these commands take`() async throws {
        try await run("credentials: {notion: FILM_NOTION_KEY}") { scenario, _, environment in
            #expect(await apply(scenario, environment).code == 0)
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d/film.yaml"))
            let retired = await scenario.reconcile(
                ["retire", "film", "--keep-events", "--auto-approve"],
                environment: ["GOOGLE_SERVICE_ACCOUNT": environment["FILM_GOOGLE_KEY"] ?? nil]
            )
            #expect(retired.code == 1)
            #expect(
                retired.errors.contains(
                    "Run this command with a key of \(World.serviceAccount) in GOOGLE_SERVICE_ACCOUNT"
                ),
                "\(retired.errors)"
            )
        }
    }

    @Test func `another account is an error of the one organization until it is allowed by name`() async throws {
        try await run("credentials: {notion: FILM_NOTION_KEY}") { scenario, database, environment in
            #expect(await apply(scenario, environment).code == 0)
            try scenario.declare("film", database: database, more: Self.lines)
            let refused = await apply(scenario, environment)
            #expect(refused.code == 1)
            let statuses = Dictionary(
                refused.organizations.map { ($0["prefix"] as? String ?? "", $0["status"] as? String ?? "") }
            ) { first, _ in first }
            #expect(statuses == ["acm": "no_changes", "film": "error"])
            #expect(refused.output.contains("--allow-account-change film"))
            // Its calendar is shared with the new account.
            try scenario.emulator.withWorld { world in
                let film = try #require(world.google.calendars.values.first { $0.summary == "FILM Events" })
                world.share(film.id, with: Self.account, as: .owner)
                world.list(film.id, for: Self.account)
            }
            let allowed = await apply(scenario, environment, "--allow-account-change", "film")
            #expect(allowed.code == 0, "\(allowed.output)")
            #expect(await apply(scenario, environment).code == 0)
        }
    }

    @Test func `the allowance of before is wrong usage`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let ran = await scenario.reconcile("plan", "--allow-account-change")
            #expect(ran.code == 64)
            #expect(ran.errors.contains("--allow-account-change <org>"), "\(ran.errors)")
        }
    }

    @Test(arguments: [false, true])
    func `of two keys of one account one may be revoked, which is nothing to the other`(isOwnRevoked: Bool) async throws
    {
        try await run("credentials: {notion: FILM_NOTION_KEY, google: FILM_GOOGLE_KEY}") { scenario, _, environment in
            var environment = environment
            let shared = try #require(scenario.environment["GOOGLE_SERVICE_ACCOUNT"])
            // Google knows the public half of one of them.
            let other = try Self.withAnotherKey(shared)
            environment["GOOGLE_SERVICE_ACCOUNT"] = isOwnRevoked ? shared : other
            environment["FILM_GOOGLE_KEY"] = isOwnRevoked ? other : shared
            let applied = await apply(scenario, environment)
            #expect(applied.code == 1)
            let (working, failing) = isOwnRevoked ? ("acm", "film") : ("film", "acm")
            #expect(applied.status(of: working) == "changes", "\(applied.output)")
            #expect(applied.status(of: failing) == "error")
            #expect(applied.output.contains("Invalid JWT Signature"))
        }
    }

    @Test func `no log shows what a variable holds, whatever it is called`() async throws {
        let lines = "credentials: {notion: FILM_N, google: FILM_G, webhook: FILM_W}"
        try await run(lines) { scenario, _, environment in
            // Notion quotes what it was sent.
            let echo = "plainlookingtext0000000000"
            let body = #"{"object":"error","status":400,"code":"validation_error","message":"No such token: \#(echo)"}"#
            scenario.emulator.add(.init(.respond(status: 400, body: body), api: "notion"))
            let key = environment["FILM_GOOGLE_KEY"] ?? nil
            try await ServiceScenario.run(in: scenario, environment: ["FILM_N": echo, "FILM_G": key]) { service in
                _ = try await service.post("/api/calendar/film/sync")
                #expect(service.log.text.contains("No such token: <redacted>"), "\(service.log.text)")
                #expect(!service.log.text.contains(echo), "\(service.log.text)")
            }
        }
    }

    /// A key file of the same account with another private key.
    private static func withAnotherKey(_ file: String) throws -> String {
        var fields = try #require(try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [String: Any])
        (fields["private_key"], fields["private_key_id"]) = (try RSAPrivateKey.generate().pem(), "another")
        return String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
    }

    @Test func `a secret in a declaration is refused without being shown`() async throws {
        try await run("credentials: {notion: \(Self.token)}") { scenario, _, _ in
            let ran = await scenario.reconcile("validate")
            #expect(ran.code == 1)
            let told = ran.output + ran.errors
            #expect(told.contains("film.yaml:6:23: \"credentials.notion\" holds what looks like a secret"), "\(told)")
            #expect(!told.contains(Self.token))
        }
    }
}
