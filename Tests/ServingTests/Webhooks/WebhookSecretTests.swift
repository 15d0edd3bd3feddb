import Foundation
import ReconcileModel
import Serving
import Signing
import Testing

struct WebhookSecretTests {
    private static let token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
    private static let body = Data("{\"verification_token\":\"\(token)\"}".utf8)
    /// The example of Notion's documentation.
    private static let code = "461e8cbcba8a75c3edd866f0e71280f5a85cbf21eff040ebd10fe266df38a735"

    private func secret() throws -> WebhookSecret { try #require(WebhookSecret(Self.token)) }

    @Test(arguments: ["sha256=\(code)", "sha256=\(code.uppercased())"])
    func `a signature of Notion's is right, in digits of either case`(signature: String) throws {
        #expect(try secret().verifies(signature: signature, over: Self.body))
    }

    @Test(arguments: [
        "", "sha256=", code, "sha1=\(code)", "SHA256=\(code)", "sha256=\(code.dropLast(2))", "sha256=\(code)00",
        "sha256=\(code.dropLast())6", "sha256= \(code)", "sha256=\(code), sha256=\(code)", "sha256=zz",
    ])
    func `any other signature is wrong`(signature: String) throws {
        #expect(try !secret().verifies(signature: signature, over: Self.body))
    }

    @Test func `it is over these bytes, with this token`() throws {
        #expect(try !secret().verifies(signature: "sha256=\(Self.code)", over: Self.body + Data(" ".utf8)))
        let other = try #require(WebhookSecret(String(Self.token.reversed())))
        #expect(!other.verifies(signature: "sha256=\(Self.code)", over: Self.body))
    }

    @Test(arguments: [
        "", "secret_0", String(repeating: "a", count: 513), "secret_with spaces_in_it", "\"\(token)\"",
        "secret_ümlaut_0123456",
        "secret_0123456789\n", "secret_0123456789\u{0}",
    ])
    func `a text that no token is, is none`(text: String) {
        #expect(WebhookSecret(text) == nil)
        guard !text.isEmpty else { return }
        #expect {
            try WebhookSecret.read(["NOTION_WEBHOOK_SECRET": text])
        } throws: { error in
            (error as? Failure)?.code == "webhook_secret_invalid" && !"\(error)".contains(text)
        }
    }

    @Test func `the variable holds it, or nothing`() throws {
        #expect(try WebhookSecret.read(["NOTION_WEBHOOK_SECRET": Self.token]) == secret())
        #expect(try WebhookSecret.read(["NOTION_WEBHOOK_SECRET": ""]) == nil)
        #expect(try WebhookSecret.read([:]) == nil)
    }

    @Test func `it does not show`() throws {
        let secret = try secret()
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(Optional(secret) as Any)", dumped] {
            #expect(!text.contains("tMrlL1"))
        }
        #expect(secret.reveal() == Self.token)
    }
}
