import Emulation
import Testing

/// `deletions: confirm` at every door: only a person's yes deletes.
struct ConfirmTests {
    private func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(pages: 10, declaration: "deletions: confirm") { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<2)
            try await body(scenario)
        }
    }

    @Test func `deletes wait while nobody is asked, and are no changes`() async throws {
        try await run { scenario in
            let plan = await scenario.plan("--detailed-exitcode")
            #expect(plan.code == 0 && plan.status == "no_changes")
            #expect(plan.changes.map(\.isPending) == [true, true] && !plan.changes.contains(where: \.isBlocked))
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.changes.map(\.outcome) == ["skipped", "skipped"])
            #expect(scenario.deletesSent == 0)
            try scenario.expectEvents(10)
        }
    }

    @Test func `a yes deletes what was shown, once looked at again`() async throws {
        try await run { scenario in
            #expect(await scenario.apply().code == 0)
            let ran = await scenario.ask("apply") {
                try scenario.editPage(0) { $0.isInTrash = false }
                try scenario.trash([5])
            }
            // The one that was restored meanwhile is told, and the one that was not shown waits.
            #expect(ran.code == 1)
            #expect(scenario.deletesSent == 1)
            #expect(ran.output.contains("is not to be done any more") && ran.output.contains("it waits for a yes"))
            try scenario.expectEvents(9)
            let again = await scenario.ask("apply") {}
            #expect(again.code == 0, "\(again.output)\(again.errors)")
            try scenario.expectEvents(8)
            await scenario.expectConverged()
        }
    }

    @Test func `what waits costs no look at every run`() async throws {
        try await run { scenario in
            _ = await scenario.apply()
            scenario.emulator.resetRequests()
            let plan = await scenario.plan()
            #expect(plan.changes.map(\.isPending) == [true, true])
            #expect(!scenario.emulator.requests.entries.contains { $0.route == "/v1/pages/{page}" })
        }
    }

    @Test func `the limits block what waits`() async throws {
        try await run { scenario in
            try scenario.trash(0..<8)
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.status == "blocked")
            let ran = await scenario.ask("apply") {}
            #expect(ran.code == 1 && scenario.deletesSent == 0)
            let allowed = await scenario.ask("apply", "--allow-deletes", "acm:8") {}
            #expect(allowed.code == 0, "\(allowed.output)")
            try scenario.expectEvents(2)
        }
    }

    @Test func `an undo asks before it deletes what a run created`() async throws {
        try await Scenario.run(pages: 3, declaration: "deletions: confirm") { scenario in
            await scenario.expectApplied()
            let unasked = await scenario.reconcile("undo", "1", "--auto-approve")
            #expect(unasked.code == 0 && scenario.deletesSent == 0, "\(unasked.output)")
            let asked = await scenario.ask("undo", "1") {}
            #expect(asked.code == 0, "\(asked.output)\(asked.errors)")
            try scenario.expectEvents(0)
        }
    }

    @Test func `people are told what waits, and how it goes on`() async throws {
        try await run { scenario in
            let plan = await scenario.reconcile("plan")
            #expect(plan.output.contains("delete, waits for a yes: page in trash"))
            let closing = "No changes. 2 deletes wait for a yes: `reconcile apply` at a terminal asks for it."
            #expect(plan.output.contains(closing))
            #expect(!plan.output.contains("matches Notion"))
        }
    }
}
