import Emulation
import Foundation
import Testing

/// A plan writes nothing: neither to the services nor to the state.
struct PlanOnlyTests {
    private static func content(of scenario: Scenario) throws -> [String: Data] {
        var content: [String: Data] = [:]
        for name in try scenario.stateFiles {
            content[name] = try Data(contentsOf: URL(fileURLWithPath: scenario.path(name)))
        }
        return content
    }

    @Test func `a state file that is absent stays absent`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.plan().code == 2)
            let files = try scenario.stateFiles
            #expect(files.isEmpty)
            let requests = scenario.emulator.requests
            #expect(requests.writes("google") == 0)
            #expect(requests.writes("notion") == 0)
        }
    }

    @Test func `a state file is not changed by a byte`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Edited")
            try scenario.trash([2])
            let before = try Self.content(of: scenario)
            let writes = scenario.writes
            #expect(await scenario.plan().changes.count == 2)
            #expect(try Self.content(of: scenario) == before)
            #expect(scenario.writes == writes)
        }
    }

    @Test func `a state that cannot be written is enough`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try scenario.write("", to: "state/empty")
            let state = scenario.path("state/state.db")
            await scenario.expectApplied("--state", state)
            let files = FileManager.default
            try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: state)
            try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scenario.path("state"))
            let names = try files.contentsOfDirectory(atPath: scenario.path("state")).sorted()
            let plan = await scenario.plan("--state", state)
            #expect(plan.code == 0, "\(plan.output)\(plan.errors)")
            #expect(try files.contentsOfDirectory(atPath: scenario.path("state")).sorted() == names)
            try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scenario.path("state"))
        }
    }

    @Test func `a refused plan is not applied`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            let refused = await scenario.reconcile("apply", answer: "no")
            #expect(refused.code == 1)
            #expect(scenario.writes == 0)
            let approved = await scenario.reconcile("apply", answer: "yes")
            #expect(approved.code == 0)
            try scenario.expectEvents(3)
        }
    }
}
