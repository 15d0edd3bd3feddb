import Foundation
import TestSupport
import Testing

/// `reconcile webhook-token`: what the service kept of Notion's handshake, for a person to look at.
struct WebhookTokenTests {
    private static let token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.file("state.db.webhook-token") }

    private func keep(_ text: String) throws {
        try folder.write(Data(text.utf8), to: "state.db.webhook-token")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_795_132_800)],
            ofItemAtPath: path
        )
    }

    private func run(_ arguments: String..., answer: String? = nil) async -> Scenario.Ran {
        await Scenario.reconcile(
            ["webhook-token"] + arguments,
            environment: ["RECONCILE_STATE": folder.file("state.db")],
            answer: answer
        )
    }

    private func code(_ ran: Scenario.Ran) -> String? { (ran.json["error"] as? [String: Any])?["code"] as? String }

    @Test func `it shows the token, and what to do with it`() async throws {
        try keep(Self.token + "\n")
        let text = await run()
        #expect(text.code == 0 && text.errors.isEmpty)
        let shown = text.output.replacing(folder.path, with: "/var/lib/reconcile")
        expectGolden(shown, named: "webhook-token.txt", filePath: Scenario.goldens)
        let json = await run("--format", "json")
        #expect(json.code == 0 && json.json["verification_token"] as? String == Self.token)
        #expect(json.json["received_at"] as? String == "2026-11-20T00:00:00Z")
        #expect(json.json["path"] as? String == path)
    }

    @Test func `before one arrived it says how to get one`() async {
        let text = await run()
        #expect(text.code == 1 && text.output.isEmpty)
        #expect(text.errors.contains("No verification token has arrived: there is no file \(path)."))
        #expect(text.errors.contains("https://<your service>/api/notion/webhook"))
        #expect(await code(run("--format", "json")) == "webhook_token_missing")
    }

    @Test func `forget asks, and removes it`() async throws {
        try keep(Self.token + "\n")
        #expect(await code(run("--forget", "--format", "json")) == "approval_missing")
        let refused = await run("--forget", answer: "no")
        #expect(refused.code == 1 && refused.errors.contains("Nothing was changed."))
        #expect(FileManager.default.fileExists(atPath: path))
        let removed = await run("--forget", answer: "yes")
        #expect(removed.code == 0 && removed.output == "The token was removed; the next one is kept.\n")
        #expect(try folder.names().isEmpty)
        let again = await run("--forget", "--auto-approve", "--format", "json")
        #expect(again.code == 0 && again.json["forgotten"] as? Bool == false)
        #expect(!(refused.errors + removed.output + removed.errors + again.output).contains("secret_"))
    }

    @Test func `a damaged file is named, not shown, and can be removed`() async throws {
        try keep("secret_ but not a token")
        let shown = await run("--format", "json")
        #expect(shown.code == 1 && code(shown) == "webhook_token_unreadable")
        #expect(!shown.output.contains("not a token") && !shown.errors.contains("not a token"))
        #expect(await run("--forget", "--auto-approve").code == 0)
        #expect(try folder.names().isEmpty)
    }
}
