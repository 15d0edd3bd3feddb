import Emulation
import Foundation
import TestSupport
import Testing

/// A state that an older version wrote is continued: nothing of it is lost, and nothing at Google is written for it.
///
/// Each fixture was written by the last version with its schema: three organizations with links, of which one has seven blocked deletes
/// and one is on hold since an undo.
struct OlderStateTests {
    @Test(arguments: ["state-v1", "state-v2"])
    func `a state of an older version is continued without a needless write`(name: String) async throws {
        try await OldInstallation.run(name) { old in
            let plan = await old.reconcile("plan", "--format", "json")
            #expect(plan.code == 1, "\(plan.errors)")
            let statuses = try old.statuses(plan)
            #expect(statuses == ["acm": "blocked", "film": "skipped", "robotics": "no_changes"])
            #expect(try old.blocked(plan) == 7)
            #expect(plan.output.contains("ends the hold"))

            let apply = await old.reconcile("apply", "--auto-approve", "--format", "json")
            #expect(apply.code == 1)
            #expect(try old.statuses(apply) == statuses)
            #expect(try old.blocked(apply) == 7)
            #expect(old.emulator.requests.writes("google") == 0)

            let history = await old.reconcile("history", "--format", "json")
            #expect(history.code == 0)
            let runs = try #require(history.json["runs"] as? [[String: Any]])
            #expect(runs.compactMap { $0["id"] as? Int }.contains { $0 == 1 })

            let released = await old.reconcile(
                "apply",
                "film",
                "--release",
                "film",
                "--auto-approve",
                "--format",
                "json"
            )
            #expect(released.code == 0, "\(released.output)")
            // The one page that was edited before the undo.
            #expect(old.emulator.requests.writes("google") == 1)
            let again = await old.reconcile("plan", "film", "robotics", "--detailed-exitcode")
            #expect(again.code == 0, "\(again.output)")
        }
    }
}

/// An emulator with the world of a fixture, and a copy of the state that stood beside it.
private struct OldInstallation: Sendable {
    let emulator: Emulator
    let environment: [String: String]
    let folder: TemporaryFolder

    static func run(_ name: String, _ body: @escaping @Sendable (OldInstallation) async throws -> Void) async throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        let folder = try TemporaryFolder()
        for file in ["world.json", "state.db", "orgs.d"] {
            try FileManager.default.copyItem(atPath: fixture.appending(path: file).path, toPath: folder.file(file))
        }
        let emulator = try Emulator.load(file: folder.file("world.json"))
        try await emulator.withServer { address in
            var environment = address.environment
            environment["RECONCILE_STATE"] = folder.file("state.db")
            environment["RECONCILE_NOTION_RPS"] = "0"
            environment["RECONCILE_GOOGLE_RPM"] = "0"
            try await body(OldInstallation(emulator: emulator, environment: environment, folder: folder))
        }
    }

    func reconcile(_ arguments: String...) async -> Scenario.Ran {
        await Scenario.reconcile(arguments + ["--orgs-dir", folder.file("orgs.d")], environment: environment)
    }

    func statuses(_ ran: Scenario.Ran) throws -> [String: String] {
        let organizations = try #require(ran.json["organizations"] as? [[String: Any]])
        return Dictionary(
            organizations.map { ($0["prefix"] as? String ?? "", $0["status"] as? String ?? "") }
        ) { first, _ in first }
    }

    /// How many deletes are held back.
    func blocked(_ ran: Scenario.Ran) throws -> Int {
        let organizations = try #require(ran.json["organizations"] as? [[String: Any]])
        let changes = organizations.flatMap { $0["changes"] as? [[String: Any]] ?? [] }
        return changes.count { $0["blocked"] as? Bool == true && $0["action"] as? String == "delete" }
    }
}
