import Emulation
import Foundation
import TestSupport
import Testing

/// `properties.recurrence`: pages whose events repeat.
struct RecurrenceTests {
    @Test func `the example, planned and applied`() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "examples/recurrence.yaml")
        let example = try String(contentsOf: file, encoding: .utf8)
        try await Scenario.runSeries { scenario in
            let id = "2f0c7a31d8e54b6f9a120c3b4d5e6f70"
            let own = example.replacing("prefix: robotics", with: "prefix: acm").replacing(id, with: scenario.database)
            try scenario.write(own, to: "orgs.d/acm.yaml")
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            let rule = "RRULE:FREQ=WEEKLY;UNTIL=20270501T065959Z"
            #expect(
                plan.changes.contains { $0.title == "Event 0" && $0.fields.contains("recurrence") }
                    && plan.output.contains(rule),
                "\(plan.output)"
            )
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).fields["recurrence"] == [.string(rule)])
            #expect(try scenario.event(of: 0).start == .instant(1_804_179_600, zone: "America/Phoenix"))
            #expect(try scenario.event(of: 1).fields["recurrence"] == nil)
            await scenario.expectConverged()
        }
    }

    @Test func `a rule that changed, was changed in the calendar, or went`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.rule(0, "every 2 weeks on Thu, 4 times")
            #expect(
                await scenario.plan().changes.map { "\($0.title) \($0.reason) \($0.fields)" } == [
                    #"Event 0 edited ["recurrence"]"#
                ]
            )
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try scenario.event(of: 0).lines == ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=4"])
            // What Google makes of it is compared by its meaning.
            try scenario.editEvent(of: 0) {
                $0.fields["recurrence"] = ["RRULE:WKST=MO;FREQ=WEEKLY;COUNT=4;BYDAY=TH;INTERVAL=2"]
            }
            await scenario.expectConverged()
            try scenario.editEvent(of: 0) { $0.fields["recurrence"] = ["RRULE:FREQ=DAILY"] }
            try scenario.editEvent(of: 1) { $0.fields["recurrence"] = ["RRULE:FREQ=DAILY"] }
            #expect(
                await scenario.plan().changes.map { "\($0.title) \($0.reason) \($0.fields)" } == [
                    #"Event 0 drift ["recurrence"]"#, #"Event 1 drift ["recurrence"]"#,
                ]
            )
            await scenario.expectApplied()
            try scenario.rule(0, "")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).lines == nil && scenario.event(of: 1).lines == nil)
            await scenario.expectConverged()
        }
    }

    @Test func `a declaration that names the column no more`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database)
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.output.contains("write `recurrence: null`"))
            try scenario.declare("acm", database: scenario.database, more: "properties: {recurrence: null}")
            let released = await scenario.plan()
            let changes = released.changes.map { "\($0.title) \($0.fields)" }
            #expect(changes == [#"Event 0 ["recurrence"]"#, "Event 1 []"], "\(released.output)")
            await scenario.expectApplied()
            await scenario.expectConverged()
            #expect(try scenario.event(of: 0).lines == nil)
            // From now on it is people's.
            try scenario.editEvent(of: 0) { $0.fields["recurrence"] = ["RRULE:FREQ=DAILY"] }
            await scenario.expectConverged()
        }
    }

    @Test func `a lost state recognizes the series and writes nothing`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.edit("20270311T170000Z") { $0.fields["status"] = "cancelled" }
            try scenario.edit("20270318T170000Z") { $0.fields["summary"] = "Elsewhere" }
            try scenario.deleteState()
            let before = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            await scenario.expectConverged()
        }
    }

    @Test func `what people made of single occurrences stays, until rule or start change`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.changeOccurrences()
            await scenario.expectConverged()
            // A title is no reason to forget them.
            try scenario.retitle(0, "Another title")
            await scenario.expectApplied()
            #expect(try scenario.exceptions == 2)
            await scenario.expectConverged()
            try scenario.rule(0, "weekly until 2027-05-31")
            let plan = await scenario.plan()
            #expect(plan.warnings == ["occurrences_lost"])
            #expect(
                plan.output.contains("1 changed and 1 cancelled; the first is that of 2027-03-11T17:00:00Z"),
                "\(plan.output)"
            )
            await scenario.expectApplied()
            #expect(try scenario.exceptions == 0)
            await scenario.expectConverged()
            #expect(await scenario.plan().warnings.isEmpty)
        }
    }

    @Test func `a rule that cannot be read leaves the event as it is`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.rule(0, "every other fortnight")
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.warnings == ["recurrence_invalid"])
            #expect(plan.output.contains("\\\"Event 0\\\" (https://app.notion.com/p/"), "\(plan.output)")
            #expect(
                plan.output.contains(
                    "the rule in \\\"Repeats\\\" cannot be followed: \\\"every other fortnight\\\" is no rule; write an RRULE"
                ),
                "\(plan.output)"
            )
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).lines == ["RRULE:FREQ=WEEKLY;UNTIL=20270501T065959Z"])
        }
    }

    @Test func `a page's own zone keeps its wall time`() async throws {
        try await Scenario.runSeries(date: "2027-03-04T10:00:00.000-05:00", zone: "America/New_York") {
            scenario async throws in
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).start == .instant(1_804_172_400, zone: "America/New_York"))
            #expect(try scenario.event(of: 0).lines == ["RRULE:FREQ=WEEKLY;UNTIL=20270501T035959Z"])
            await scenario.expectConverged()
        }
    }

    @Test func `days have no zone`() async throws {
        try await Scenario.runSeries(date: "2027-03-04") { scenario async throws in
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).lines == ["RRULE:FREQ=WEEKLY;UNTIL=20270430"])
            await scenario.expectConverged()
        }
    }

    @Test func `another zone of the organization moves the wall time of series`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.write(
                try String(contentsOfFile: scenario.path("orgs.d/acm.yaml"), encoding: .utf8)
                    .replacing("America/Phoenix", with: "America/Denver"),
                to: "orgs.d/acm.yaml"
            )
            let plan = await scenario.plan()
            #expect(plan.changes.filter { $0.title == "Event 0" }.map(\.fields) == [["recurrence"]], "\(plan.output)")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).start == .instant(1_804_179_600, zone: "America/Denver"))
            await scenario.expectConverged()
        }
    }

    @Test func `an undo gives the rule back, and takes a series away`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.rule(0, "daily, 3 times")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            #expect(try scenario.event(of: 0).lines == ["RRULE:FREQ=WEEKLY;UNTIL=20270501T065959Z"])
            #expect(await scenario.reconcile("undo", "1", "--auto-approve").code == 0)
            try scenario.expectEvents(0)
        }
    }

    @Test func `a series that goes takes along what people made of its occurrences, and says so`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.changeOccurrences()
            try scenario.trash([0])
            let plan = await scenario.plan()
            #expect(plan.warnings == ["occurrences_lost"])
            let loss =
                "(1 changed and 1 cancelled; the first is that of 2027-03-11T17:00:00Z); that goes with the series, and nothing brings it back."
            #expect(plan.output.contains(loss), "\(plan.output)")
            #expect(await scenario.reconcile("plan").output.contains(loss))
            await scenario.expectApplied()
            try scenario.editPage(0) { $0.isInTrash = false }
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 0 && undone.warnings == ["occurrences_not_restored"], "\(undone.output)")
            #expect(
                undone.output.contains("(1 changed and 1 cancelled) was lost with run 2 and does not come back"),
                "\(undone.output)"
            )
            #expect(try scenario.event(of: 0).lines?.isEmpty == false && scenario.exceptions == 0)
        }
    }

    @Test func `an undo of another rule says what does not come back`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.changeOccurrences()
            try scenario.rule(0, "weekly until 2027-05-31")
            await scenario.expectApplied()
            let undone = await scenario.reconcile("undo", "2", answer: "no")
            #expect(undone.output.contains("was lost with run 2 and does not come back"), "\(undone.output)")
            // A title has nothing to do with it.
            try scenario.changeOccurrences()
            try scenario.retitle(0, "Another title")
            await scenario.expectApplied()
            let title = await scenario.reconcile("undo", "3", "--auto-approve", "--format", "json")
            #expect(title.code == 0 && title.warnings.isEmpty, "\(title.output)")
        }
    }

    @Test func `an undo leaves a series whose occurrences people changed`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.edit("20270311T170000Z") { $0.fields["status"] = "cancelled" }
            let undone = await scenario.reconcile("undo", "1", "--auto-approve", "--format", "json")
            #expect(
                undone.code == 1 && undone.output.contains("it was edited since"),
                "\(undone.output)\(undone.errors)"
            )
            #expect(try scenario.event(of: 0).lines?.isEmpty == false)
        }
    }

    @Test func `a window holds a series if one occurrence is inside`() async throws {
        try await Scenario.runSeries(
            "weekly",
            date: "2020-03-05T10:00:00.000-07:00",
            declaration: "\(Scenario.repeats)\nwindow: {past: 30d, future: 30d}"
        ) { scenario in
            await scenario.expectApplied()
            try scenario.expectEvents(1)
            await scenario.expectConverged()
            try scenario.rule(0, "weekly until 2020-12-31")
            // What moves over the edge takes its event along.
            await scenario.expectApplied()
            await scenario.expectConverged()
            try scenario.deleteState()
            await scenario.expectConverged()
            try scenario.expectEvents(1)
        }
    }

    @Test func `a true duplicate of a series goes, a part that somebody split off stays`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try scenario.duplicateEvent(of: 0)
            let part = try scenario.duplicateEvent(of: 1)
            try scenario.editEvent(part) { $0.fields["recurrence"] = ["RRULE:FREQ=DAILY"] }
            let plan = await scenario.plan()
            #expect(plan.changes.map { "\($0.title) \($0.reason)" } == ["Event 0 duplicate"], "\(plan.output)")
            await scenario.expectApplied()
            try scenario.expectEvents(3)
            await scenario.expectConverged()
        }
    }
}
