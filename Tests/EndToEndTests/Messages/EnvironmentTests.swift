import Foundation
import TestSupport
import Testing

/// Variables as files and shells hand them over: in quotation marks, with a line break at the end.
struct EnvironmentTests {
    static let wrappings: [@Sendable (String) -> String] = [
        { "\($0)\n" }, { "\"\($0)\"" }, { "'\($0)'" }, { " \($0)\r\n" }, { "\"\($0)\"\n" },
    ]

    @Test(
        arguments: [
            "NOTION_API_KEY", "NOTION_BASE_URL", "GOOGLE_BASE_URL", "GOOGLE_SERVICE_ACCOUNT", "RECONCILE_STATE",
        ],
        wrappings.indices
    )
    func `what is around a value is no part of it`(name: String, number: Int) async throws {
        try await Scenario.run(pages: 1) { scenario in
            let wrap = Self.wrappings[number]
            try scenario.write(scenario.environment["GOOGLE_SERVICE_ACCOUNT"] ?? "", to: "key.json")
            // The key itself first, then the path of its file.
            var changes = ["\(name)": wrap(try #require(scenario.environment[name]))]
            let ran = await scenario.reconcile("apply", "--auto-approve", environment: changes)
            #expect(ran.code == 0, "\(ran.errors)")
            changes["GOOGLE_SERVICE_ACCOUNT"] = wrap(scenario.path("key.json"))
            let again = await scenario.reconcile("plan", environment: changes)
            #expect(again.code == 0 && again.output.contains("No changes"), "\(again.output)\(again.errors)")
        }
    }

    @Test(arguments: wrappings.indices)
    func `secrets of the service work all the same`(number: Int) async throws {
        try await Scenario.run(pages: 0) { scenario in
            let wrap = Self.wrappings[number]
            let secret = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
            let environment = [
                "NOTION_WEBHOOK_SECRET": wrap(secret), "RECONCILE_API_TOKEN": "\(ServiceScenario.token)\n",
            ]
            try await ServiceScenario.run(in: scenario, environment: environment) { service in
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 200)
            }
        }
    }

    @Test(arguments: [
        ("x", "fewer than 16 characters"), ("fifteen-letters", "fewer than 16 characters"),
        ("\"\(ServiceScenario.token)\"", "quotation marks"), ("'\(ServiceScenario.token)'\n", "quotation marks"),
        ("the token of the tests", "spaces"),
    ])
    func `a token that protects nothing, or that nobody could send, is refused`(
        token: String,
        reason: String
    ) async throws {
        try await Scenario.run(pages: 0) { scenario in
            let ran = await scenario.reconcile(["serve", "--port", "0"], environment: ["RECONCILE_API_TOKEN": token])
            #expect(ran.code == 1)
            #expect(ran.errors.contains("RECONCILE_API_TOKEN") && ran.errors.contains(reason), "\(ran.errors)")
            #expect(token.count < 8 || !ran.errors.contains(token))
        }
    }

    @Test(arguments: [("90s", true), ("60s", true), ("1m30s", true), ("15m", true), ("59s", false), ("90", false)])
    func `the interval may be in seconds`(interval: String, isTaken: Bool) async throws {
        try await Scenario.run(pages: 0) { scenario in
            guard isTaken else {
                let ran = await scenario.reconcile("serve", "--port", "0", "--interval", interval)
                #expect(ran.code == 64)
                return
            }
            try await ServiceScenario.run(in: scenario, ["--interval", interval]) { service in
                let answer = try await service.get("/healthz")
                #expect(answer.status == 200)
            }
        }
    }
}
