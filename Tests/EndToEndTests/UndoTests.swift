import Emulation
import Foundation
import GRDB
import Testing

/// `reconcile undo RUN`, and the hold that follows.
struct UndoTests {
    /// What people see of an event, and what we know it by.
    private struct Seen: Equatable {
        var summary: String?
        var start: EventMoment
        var end: EventMoment
        var location: String?
        var marks: [String: String]

        init(_ event: GoogleEvent) {
            (summary, start, end) = (event.summary, event.start, event.end)
            (location, marks) = (event.fields["location"]?.string, event.marks)
        }
    }

    private func live(_ scenario: Scenario) throws -> [String: Seen] {
        let calendar = try #require(try scenario.calendar())
        return try scenario.emulator.withWorld { world in
            (world.google.calendars[calendar]?.events ?? [:]).filter { !$0.value.isCancelled }.mapValues(Seen.init)
        }
    }

    private func event(of page: Int) -> String { World.page(page).filter { $0 != "-" } }

    /// A calendar of four events; then one page is edited, one goes to the trash, one is new; and a second run.
    ///
    /// - Returns: the calendar before that run.
    private func twoRuns(_ scenario: Scenario) async throws -> [String: Seen] {
        #expect(await scenario.apply().code == 0)
        let before = try live(scenario)
        try scenario.emulator.withWorld { world in
            world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Moved event") }
            world.editPage(World.page(2)) { $0.isInTrash = true }
            world.addPage(10, to: scenario.database)
        }
        let second = await scenario.apply()
        #expect(second.code == 0 && Set(second.changes.map(\.action)) == ["create", "update", "delete"])
        #expect(try live(scenario) != before)
        return before
    }

    private func undo(_ scenario: Scenario, _ run: String) async -> Scenario.Ran {
        await scenario.reconcile("undo", run, "--auto-approve", "--format", "json")
    }

    /// As if the process had been killed after it sent its requests and before it wrote down the answers.
    private func forgetAnswers(of run: Int, _ scenario: Scenario) throws {
        let queue = try DatabaseQueue(path: scenario.statePath)
        try queue.write { db in
            let sql = "UPDATE journal SET result = NULL, etag_after = NULL, finished_at = NULL WHERE run_id = ?"
            try db.execute(sql: sql, arguments: [run])
            try db.execute(sql: "UPDATE runs SET finished_at = NULL, outcome = NULL WHERE id = ?", arguments: [run])
        }
        try queue.close()
    }

    @Test func `undo takes back what a run did, and nothing else`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            let before = try await twoRuns(scenario)
            let undone = await undo(scenario, "2")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(undone.changes.map(\.reason) == ["undone", "undone", "undone"])
            #expect(undone.changes.allSatisfy { $0.outcome == "applied" })
            #expect(undone.errors.contains("apply --release acm"))
            #expect(try live(scenario) == before)
            let runs = await scenario.reconcile("history", "--format", "json").json["runs"] as? [[String: Any]]
            #expect(runs?.first?["kind"] as? String == "undo" && runs?.first?["undoes"] as? Int == 2)

            let again = await undo(scenario, "2")
            #expect(again.code == 0 && again.changes.isEmpty)
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").output.contains("Nothing was changed"))
        }
    }

    @Test func `an organization stays on hold until it is released`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            let before = try await twoRuns(scenario)
            #expect(await undo(scenario, "2").code == 0)

            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.status == "skipped")
            #expect(plan.message?.contains("apply --release acm") == true)
            let apply = await scenario.apply()
            #expect(apply.code == 0 && apply.status == "skipped")
            #expect(try live(scenario) == before)
            #expect(await scenario.reconcile("state", "list").output.contains("on hold after run 3"))

            #expect(await scenario.plan("--release", "acm").code == 2)
            #expect(await scenario.plan().status == "skipped")
            #expect(await scenario.apply("--release", "nobody").code == 1)
            let released = await scenario.apply("--release", "acm")
            #expect(released.code == 0, "\(released.output)")
            #expect(released.changes.map(\.reason).sorted() == ["edited", "revived", "trashed"])
            #expect(await scenario.plan().status == "no_changes")
        }
    }

    @Test func `a run that was killed after its requests is taken back`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            let before = try await twoRuns(scenario)
            try forgetAnswers(of: 2, scenario)
            let history = await scenario.reconcile("history").output
            #expect(history.contains("unfinished") && history.contains("3 without an answer"))
            let undone = await undo(scenario, "2")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(try live(scenario) == before)
        }
    }

    @Test func `of a run that was killed before its requests there is nothing to take back`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            #expect(await scenario.apply().code == 0)
            let calendar = try #require(try scenario.calendar())
            let untouched = try scenario.emulator.withWorld { $0.google.calendars[calendar] }
            try scenario.emulator.withWorld { world in
                world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Moved event") }
                world.editPage(World.page(2)) { $0.isInTrash = true }
                world.addPage(10, to: scenario.database)
            }
            #expect(await scenario.apply().code == 0)
            try forgetAnswers(of: 2, scenario)
            try scenario.emulator.withWorld { world in
                world.google.calendars[calendar] = untouched
                world.serial += 1
            }
            let before = try live(scenario)
            let undone = await undo(scenario, "2")
            #expect(undone.code == 0 && undone.changes.isEmpty, "\(undone.output)")
            #expect(try live(scenario) == before)
            // The next run would do just what somebody did not want.
            #expect(undone.errors.contains("apply --release acm"))
            #expect(await scenario.apply().status == "skipped")
            #expect(try live(scenario) == before)
        }
    }

    @Test func `what was edited since is left alone and named`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            let before = try await twoRuns(scenario)
            let calendar = try #require(try scenario.calendar())
            let edited = event(of: 1)
            try scenario.emulator.withWorld { world in
                world.editEvent(edited, of: calendar) { $0.fields["location"] = "Room 9" }
            }
            let undone = await undo(scenario, "2")
            #expect(undone.code == 1)
            let stale = undone.changes.filter { $0.outcome == "stale" }
            #expect(stale.map(\.event) == [edited] && stale.allSatisfy(\.isBlocked))
            var expected = before
            expected[edited] = try live(scenario)[edited]
            #expect(try live(scenario) == expected)
            #expect(expected[edited]?.summary == "Moved event" && expected[edited]?.location == "Room 9")
        }
    }

    @Test func `undo of the first run empties the calendar and keeps it`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            let calendar = try #require(try scenario.calendar())
            let byHand = try scenario.emulator.withWorld { world in
                world.addEvent(to: calendar, "By hand", start: "2027-01-01")
            }
            let undone = await undo(scenario, "1")
            #expect(undone.code == 0 && undone.warnings == ["calendar_kept"])
            #expect(try live(scenario).keys.sorted() == [byHand])
            // The undo of the undo brings everything back.
            let redone = await undo(scenario, "2")
            #expect(redone.code == 0, "\(redone.output)")
            #expect(try live(scenario).count == 4)
        }
    }

    @Test func `undo asks, and names a run that there is not`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            _ = try await twoRuns(scenario)
            let after = try live(scenario)
            let nobody = await scenario.reconcile("undo", "2")
            #expect(nobody.code == 1 && nobody.errors.contains("--auto-approve"))
            // What nobody can be asked about can be looked at all the same.
            #expect(nobody.output.contains("taken back"), "\(nobody.output)")
            let missing = await scenario.reconcile("undo", "17")
            #expect(missing.code == 1 && missing.errors.contains("run 17"), "\(missing.errors)")
            #expect(!missing.errors.contains("--auto-approve"), "\(missing.errors)")
            let refused = await scenario.reconcile("undo", "2", answer: "no")
            #expect(refused.code == 1 && refused.output.contains("taken back"))
            #expect(try live(scenario) == after)
            #expect(await scenario.plan().status == "no_changes")
            let unknown = await undo(scenario, "17")
            #expect(unknown.code == 1)
            #expect((unknown.json["error"] as? [String: Any])?["code"] as? String == "run_unknown")
        }
    }

    @Test func `who only looks sees refusals, too, and changes nothing`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Renamed")
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { $0.fields["summary"] = "By hand" }
            let refused = await scenario.reconcile("undo", "2")
            #expect(refused.code == 1 && refused.output.contains("update refused"), "\(refused.output)")
            #expect(refused.errors.contains("--auto-approve"), "\(refused.errors)")
            #expect(refused.errors.contains("On hold afterwards, until `reconcile apply --release`: acm."))
            try scenario.rename("acm", to: "asu")
            let pending = await scenario.reconcile("undo", "2")
            #expect(pending.code == 1 && pending.errors.contains("reconcile apply"), "\(pending.errors)")
            let state = await scenario.reconcile("state", "list")
            #expect(state.output.contains("(acm)") && !state.output.contains("on hold"), "\(state.output)")
        }
    }

    @Test func `where nothing is left to take back, nothing is said of pages`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Renamed")
            await scenario.expectApplied()
            #expect(await undo(scenario, "2").code == 0)
            let again = await scenario.reconcile("undo", "2")
            #expect(again.code == 1 && again.output == "Nothing is left to take back.\n", "\(again.output)")
        }
    }
}
