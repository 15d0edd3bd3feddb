import Foundation
import TestSupport
import Testing

/// What people are told about services that cannot be reached.
struct NetworkMessageTests {
    /// Nobody listens on the discard port of loopback, and no test can be given it by the system.
    private static let nobody = "http://127.0.0.1:9"

    @Test(arguments: ["NOTION_BASE_URL", "GOOGLE_BASE_URL"])
    func `a connection that is refused`(variable: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            let name = "network-refused-\(variable == "NOTION_BASE_URL" ? "notion" : "google")"
            try await scenario.expectMessage(name, environment: [variable: Self.nobody])
        }
    }

    @Test(.enabled(if: TLSServer.isAvailable), arguments: ["NOTION_BASE_URL", "GOOGLE_BASE_URL"])
    func `a server that nobody vouches for`(variable: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            let server = try TLSServer()
            defer { withExtendedLifetime(server) {} }
            let name = "network-untrusted-\(variable == "NOTION_BASE_URL" ? "notion" : "google")"
            try await scenario.expectMessage(name, environment: [variable: "https://127.0.0.1:\(server.port)"])
        }
    }

    @Test(.enabled(if: TLSServer.isAvailable))
    func `a file of certificates that is not there`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let changes = ["NOTION_BASE_URL": "https://127.0.0.1:9", "CURL_CA_BUNDLE": "/nowhere/ca.pem"]
            let ran = await scenario.reconcile("plan", environment: changes)
            #expect(ran.code == 1)
            #expect(ran.output.contains("127.0.0.1:9"))
        }
    }
}
