import Emulation
import Foundation
import LinkStorage
import ReconcileModel
import TestSupport
import Testing

/// One state, whatever it is called: through every door there is one lock, one log and one token file.
struct StateNameTests {
    private static let holder = LockHolder(
        pid: 4711,
        host: "builder",
        user: "ada",
        command: "apply",
        since: Timestamp(secondsSince1970: 1_795_132_800)
    )

    private func link(_ name: String, to target: String, _ scenario: Scenario) throws {
        try FileManager.default.createSymbolicLink(atPath: scenario.path(name), withDestinationPath: target)
    }

    /// Names for the state `data/real.db`.
    private func names(_ scenario: Scenario) throws -> [String] {
        try scenario.write("", to: "data/.keep")
        try link("absolute.db", to: scenario.path("data/real.db"), scenario)
        try link("relative.db", to: "data/real.db", scenario)
        try link("chained.db", to: "relative.db", scenario)
        try link("folder", to: "data", scenario)
        return ["data/real.db", "absolute.db", "relative.db", "chained.db", "folder/real.db", "data/../data/real.db"]
    }

    private func run(_ scenario: Scenario, _ name: String, _ arguments: String...) async -> Scenario.Ran {
        await scenario.reconcile(arguments, environment: ["RECONCILE_STATE": scenario.path(name)])
    }

    @Test func `a run under one name keeps out runs under the others`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            let names = try names(scenario)
            // The first apply, by a link to a file that is not there yet, makes it where the link leads.
            let first = await run(scenario, "chained.db", "apply", "--auto-approve")
            #expect(first.code == 0, "\(first.errors)")
            let files = try FileManager.default.contentsOfDirectory(atPath: scenario.path("data")).sorted()
            #expect(files == [".keep", "real.db", "real.db.lock"])

            let lock = try RunLock(statePath: scenario.path("data/real.db"), holder: Self.holder)
            for name in names {
                for command in [
                    ["apply", "--auto-approve"], ["undo", "1", "--auto-approve"],
                    ["state", "forget", "acm", "--auto-approve"], ["state", "rebuild"],
                ] {
                    let ran = await scenario.reconcile(
                        command + ["--format", "json"],
                        environment: ["RECONCILE_STATE": scenario.path(name)]
                    )
                    #expect(ran.code == 1 && ran.errorCode == "state_locked", "\(name) \(command): \(ran.output)")
                }
                let unlock = await run(scenario, name, "unlock", "--format", "json")
                #expect(unlock.code == 1 && unlock.errors.contains("by ada, process 4711"))
            }
            try lock.check()
            let unlocked = await run(scenario, "absolute.db", "unlock", "--force")
            #expect(unlocked.code == 0 && unlocked.output.contains("taken away from \"apply\" by ada"))
            #expect(throws: StateError.lockBroken(path: scenario.path("data/real.db"))) { try lock.check() }
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `every name shows and continues one state`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            let names = try names(scenario)
            #expect(await run(scenario, "relative.db", "apply", "--auto-approve").code == 0)
            scenario.emulator.resetRequests()
            for name in names {
                let listed = await run(scenario, name, "state", "list", "--format", "json").json
                let organizations = listed["organizations"] as? [[String: Any]]
                #expect(organizations?.first?["link_count"] as? Int == 2, "\(name)")
                #expect(await run(scenario, name, "apply", "--auto-approve").code == 0)
            }
            #expect(scenario.emulator.requests.writes("google") == 0)
            let runs = await run(scenario, "absolute.db", "history", "--all", "--format", "json")
            #expect((runs.json["runs"] as? [[String: Any]])?.count == names.count + 1)
            // Nothing lies beside the links.
            let stray = try FileManager.default.contentsOfDirectory(atPath: scenario.path(""))
                .filter { $0.contains(".db-") || $0.contains(".db.") }
            #expect(stray.isEmpty)
        }
    }

    @Test func `the token of Notion's handshake is found by every name`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let names = try names(scenario)
            try scenario.write("secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl\n", to: "data/real.db.webhook-token")
            let path = scenario.path("data/real.db.webhook-token")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            for name in names {
                let shown = await run(scenario, name, "webhook-token")
                #expect(shown.code == 0, "\(name): \(shown.errors)")
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `the service writes and waits under the state's own name`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            _ = try names(scenario)
            let state: [String: String?] = ["RECONCILE_STATE": scenario.path("chained.db")]
            try await ServiceScenario.run(in: scenario, environment: state) { service in
                let answer = try await service.post("/api/calendar/acm/sync")
                #expect(answer.status == 200, "\(answer.text)")
                let lock = try RunLock(statePath: scenario.path("data/real.db"), holder: Self.holder)
                let files = try FileManager.default.contentsOfDirectory(atPath: scenario.path("")).sorted()
                #expect(!files.contains { $0.hasPrefix("chained.db.") || $0.hasPrefix("chained.db-") }, "\(files)")
                withExtendedLifetime(lock) {}
            }
        }
    }

    @Test(arguments: ["pipe", "device", "folder/", "circle", "unmounted", "empty", "twin"])
    func `what cannot be a state is refused at every door, with the reason`(kind: String) async throws {
        try await Scenario.run(pages: 1) { scenario in
            let path = try unusable(kind, scenario)
            let doors = [
                ["plan"], ["apply", "--auto-approve"], ["undo", "1", "--auto-approve"], ["history"],
                ["history", "show", "1"], ["state", "list"], ["state", "show", "acm"], ["state", "export"],
                ["state", "forget", "acm", "--auto-approve"], ["state", "rebuild"], ["unlock", "--force"],
                ["webhook-token"], ["serve", "--port", "0"],
            ]
            for door in doors {
                let ran = await scenario.reconcile(door + ["--state", path])
                #expect(ran.code == 1 && ran.errors.contains("error: "), "\(door): \(ran.code) \(ran.errors)")
                let told = ran.errors.contains("it is ") || ran.errors.contains("names (hard links)")
                #expect(told, "\(door): \(ran.errors)")
                #expect(!ran.errors.contains("rebuild"), "\(door): \(ran.errors)")
            }
            #expect(scenario.emulator.requests.writes("google") == 0)
        }
    }

    private func unusable(_ kind: String, _ scenario: Scenario) throws -> String {
        let path = scenario.path("odd.db")
        switch kind {
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        case "device": return "/dev/null"
        case "folder/": return scenario.path("orgs.d/")
        case "circle": try link("odd.db", to: "odd.db", scenario)
        case "unmounted": try link("odd.db", to: "mnt/state.db", scenario)
        case "twin":
            try scenario.write("", to: "odd.db")
            #expect(Foundation.link(path, scenario.path("twin.db")) == 0)
        default: return ""
        }
        return path
    }

    @Test func `a plan closes what others may read as well, and changes nothing else`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            #expect(await scenario.apply().code == 0)
            let before = try Data(contentsOf: URL(filePath: scenario.statePath))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: scenario.statePath)
            #expect(await scenario.plan().code == 0)
            let attributes = try FileManager.default.attributesOfItem(atPath: scenario.statePath)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try Data(contentsOf: URL(filePath: scenario.statePath)) == before)
        }
    }
}
