import Emulation
import Foundation
import Testing

/// Each example of the repository, as it stands, against the sample world.
struct ExampleTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples")

    /// All but the one that has every key, whose calendar is nobody's.
    private static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".yaml") && $0 != "complete.yaml" }.sorted()
    }()

    @Test func `there are examples`() { #expect(Self.names.count >= 7) }

    @Test(arguments: names)
    func `an example is planned and applied, and then nothing is left to do`(name: String) async throws {
        let declaration = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        try await Scenario.run(pages: 0, build: { world, _ in world.addSampleChess() }) { scenario in
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d/acm.yaml"))
            try scenario.write(declaration, to: "orgs.d/chess.yaml")
            let own: [String: String?] = [
                "CHESS_NOTION_KEY": scenario.environment["NOTION_API_KEY"],
                "CHESS_GOOGLE_KEY": scenario.environment["GOOGLE_SERVICE_ACCOUNT"],
            ]
            func reconcile(_ arguments: String...) async -> Scenario.Ran {
                await scenario.reconcile(arguments + ["--format", "json"], environment: own)
            }
            let plan = await reconcile("plan", "--detailed-exitcode")
            #expect(plan.code == 2, "\(plan.output)\(plan.errors)")
            #expect(plan.changes.contains { $0.resource == "event" && $0.action == "create" })
            let applied = await reconcile("apply", "--auto-approve")
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            let again = await reconcile("plan", "--detailed-exitcode")
            #expect(again.code == 0 && again.changes.isEmpty, "\(again.output)")
        }
    }
}
