import Emulation
import Foundation
import GRDB
import Testing

/// `reconcile undo RUN` where people or other runs changed things since, and what the next runs make of it.
struct UndoAfterChangesTests {
    private func undo(_ scenario: Scenario, _ run: String) async -> Scenario.Ran {
        await scenario.reconcile("undo", run, "--auto-approve", "--format", "json")
    }

    @Test func `a drift whose correction was undone is drift again after the release`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { $0.fields["summary"] = "By hand" }
            #expect(await scenario.expectApplied().changes.map(\.reason) == ["drift"])
            let undone = await undo(scenario, "2")
            #expect(undone.code == 0, "\(undone.output)")
            #expect(try scenario.event(of: 1).summary == "By hand")

            #expect(await scenario.plan("--release", "acm").changes.map(\.reason) == ["drift"])
            await scenario.expectApplied("--release", "acm")
            #expect(try scenario.event(of: 1).summary == "Event 1")
            await scenario.expectConverged()
        }
    }

    @Test func `an undo that was killed is completed by the next`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            let before = try scenario.events().mapValues(\.summary)
            try scenario.retitle(1, "Moved event")
            try scenario.trash([2])
            try scenario.emulator.withWorld { _ = $0.addPage(10, to: scenario.database) }
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            let after = try scenario.emulator.withWorld { $0.google.calendars[calendar] }
            #expect(await undo(scenario, "2").code == 0)
            // It wrote down what it was about to do, and then no request went out.
            try scenario.emulator.withWorld { world in
                world.google.calendars[calendar] = after
                world.serial += 1
            }
            let queue = try DatabaseQueue(path: scenario.statePath)
            try await queue.write { db in
                let sql = "UPDATE journal SET result = NULL, etag_after = NULL, finished_at = NULL WHERE run_id = 3"
                try db.execute(sql: sql)
            }
            try queue.close()

            let again = await undo(scenario, "2")
            #expect(again.code == 0 && again.changes.count == 3, "\(again.output)")
            #expect(try scenario.events().mapValues(\.summary) == before)
        }
    }

    @Test func `undone newest first, every run can be taken back`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let before = try scenario.events().mapValues(\.summary)
            try scenario.trash([2])
            #expect(await scenario.expectApplied().changes.map(\.action) == ["delete"])
            try scenario.editPage(2) { $0.isInTrash = false }
            #expect(await scenario.expectApplied().changes.map(\.reason) == ["revived"])
            for run in ["3", "2"] {
                let undone = await undo(scenario, run)
                #expect(undone.code == 0 && undone.changes.count == 1, "\(undone.output)")
            }
            #expect(try scenario.events().mapValues(\.summary) == before)
            await scenario.expectApplied("--release", "acm")
            await scenario.expectConverged()
        }
    }

    @Test func `a created event that got guests since is not deleted`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { $0.fields["attendees"] = [["email": "guest@example.org"]] }
            let undone = await undo(scenario, "1")
            #expect(undone.code == 1)
            #expect(undone.changes.filter { $0.outcome == "stale" }.map(\.event) == [World.eventID(1)])
            #expect(try scenario.events().keys.sorted() == [World.eventID(1)])
        }
    }

    @Test func `a page that came back with another event gets no second one`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            // As the predecessor left it: an event of a page under an id that Google chose.
            let chosen = try scenario.addEvent("Event 10", marks: ["notionPageId": World.page(10)], id: "chosen1")
            try scenario.emulator.withWorld { _ = $0.addPage(10, to: scenario.database) }
            await scenario.expectApplied()
            try scenario.trash([10])
            #expect(await scenario.expectApplied().deletes.map(\.event) == [chosen])
            try scenario.editPage(10) { $0.isInTrash = false }
            await scenario.expectApplied()
            #expect(try scenario.event(of: 10).id == World.eventID(10))

            let undone = await undo(scenario, "3")
            #expect(undone.code == 1 && undone.changes.map(\.outcome) == ["stale"], "\(undone.output)")
            #expect(undone.changes.first?.explanation.contains("another event") == true)
            #expect(try scenario.event(of: 10).id == World.eventID(10))
        }
    }

    @Test func `an organization that cannot be undone is on hold as well`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Moved event")
            await scenario.expectApplied()
            try scenario.editEvent(of: 1) { $0.fields["location"] = "Room 9" }
            let undone = await undo(scenario, "2")
            #expect(undone.code == 1 && undone.changes.map(\.outcome) == ["stale"])
            #expect(undone.errors.contains("apply --release acm"))
            #expect(await scenario.apply().status == "skipped")
            #expect(try scenario.event(of: 1).fields["location"]?.string == "Room 9")
        }
    }

    @Test func `a release is not spent while Notion is down`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Moved event")
            await scenario.expectApplied()
            #expect(await undo(scenario, "2").code == 0)
            let token = ["NOTION_API_KEY": "ntn_wrong"]
            let failed = await scenario.reconcile(
                ["apply", "--auto-approve", "--format", "json", "--release", "acm"],
                environment: token
            )
            #expect(failed.code == 1)
            #expect(await scenario.apply().status == "skipped")
            #expect(try scenario.event(of: 1).summary == "Event 1")
            await scenario.expectApplied("--release", "acm")
            #expect(try scenario.event(of: 1).summary == "Moved event")
        }
    }

    @Test func `a run that only changed the calendar needs no calendar to be undone`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            await scenario.expectApplied()
            #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            let undone = await undo(scenario, "1")
            #expect(undone.code == 0 && undone.warnings == ["calendar_kept"], "\(undone.output)\(undone.errors)")
        }
    }
}
