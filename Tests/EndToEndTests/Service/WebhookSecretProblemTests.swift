import Emulation
import Foundation
import HTTPTypes
import Testing

/// A secret for Notion's deliveries that cannot be used is told to those who run the service.
struct WebhookSecretProblemTests {
    private static func run(
        _ value: String?,
        _ body: @escaping @Sendable (ServiceScenario) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.declare("acm", database: scenario.database, more: "credentials: {webhook: ACM_HOOK}")
            try await ServiceScenario.run(in: scenario, environment: ["ACM_HOOK": value], body)
        }
    }

    @Test(arguments: [
        (nil, "is not set: deliveries of Notion do not count for acm"), ("  ", "is empty: deliveries of Notion do not"),
        ("tooshort", "is too short or too long for a token of Notion's"),
        ("secret with spaces 0123456789", "or holds characters that none has: deliveries do not count for acm"),
    ])
    func `in the log, and on the status page`(value: String?, words: String) async throws {
        try await Self.run(value) { service in
            #expect(
                service.log.text.contains("acm.yaml:6:24: credentials.webhook names the variable ACM_HOOK"),
                "\(service.log.text)"
            )
            #expect(service.log.text.contains(words), "\(service.log.text)")
            let page = try await service.get("/", [.authorization: "Bearer \(ServiceScenario.token)"]).text
            #expect(page.contains("names the variable ACM_HOOK"), "\(page)")
            let strangers = try await service.get("/").text
            #expect(strangers.contains("cannot be checked with: 1") && !strangers.contains("ACM_HOOK"))
        }
    }

    @Test func `one that can be used is no problem`() async throws {
        try await Self.run("secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl") { service in
            #expect(!service.log.text.contains("ACM_HOOK"))
        }
    }

    @Test func `validate tells what is set here and cannot be used`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.declare("acm", database: scenario.database, more: "credentials: {webhook: ACM_HOOK}")
            let wrong = await scenario.reconcile("validate", environment: ["ACM_HOOK": "tooshort"])
            #expect(wrong.code == 0, "\(wrong.errors)")
            #expect(wrong.errors.contains("credentials.webhook names the variable ACM_HOOK, which is too short"))
            #expect(await scenario.reconcile("validate").errors.isEmpty)
        }
    }
}
