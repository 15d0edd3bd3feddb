import Foundation

/// Where an emulator listens, and how a client reaches what is in it.
package struct EmulatorAddress: Sendable {
    /// Without a slash at the end: `http://127.0.0.1:8080`.
    package let baseURL: String
    /// The environment that points `reconcile` at the emulator: base URLs, a Notion token, and the key file's JSON.
    package let environment: [String: String]

    init(baseURL: String, world: World) {
        self.baseURL = baseURL
        var environment = ["NOTION_BASE_URL": baseURL, "GOOGLE_BASE_URL": baseURL]
        environment["NOTION_API_KEY"] = world.notion.integrations.filter { !$0.value.isRevoked }.keys.min()
        environment["GOOGLE_SERVICE_ACCOUNT"] = Self.keyFile(of: World.serviceAccount, in: world, baseURL: baseURL)
        self.environment = environment
    }

    /// The key file of a service account, for tests with more than one.
    package static func keyFile(of email: String, in world: World, baseURL: String) -> String? {
        world.google.accounts[email]?.key?.file(email: email, tokenURI: "\(baseURL)/token").text
    }
}
