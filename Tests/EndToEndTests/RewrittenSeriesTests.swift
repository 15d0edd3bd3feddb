import Emulation
import Foundation
import Testing

/// A Google that writes rules and zones down in a form of its own.
struct RewrittenSeriesTests {
    @Test(arguments: [
        ("weekly until 2027-04-30", "2027-03-04T10:00:00.000-07:00"), ("weekly until 2027-04-30", "2027-03-04"),
        ("every 2 weeks on Thu, Sat, 9 times\nEXDATE:20270306", "2027-03-04T10:00:00.000-07:00"),
    ])
    func `is compared by its meaning, and what people made of occurrences stays`(
        rule: String,
        date: String
    ) async throws {
        try await Scenario.runSeries(rule, date: date) { scenario in
            scenario.set { $0.rewritesSeries = true }
            await scenario.expectApplied()
            let written = try scenario.event(of: 0)
            #expect(written.lines?.contains { $0.contains("freq=weekly") } == true, "\(written.lines ?? [])")
            await scenario.expectConverged()
            let isTimed = date.contains("T")
            try scenario.edit(isTimed ? "20270318T170000Z" : "20270318") { $0.fields["summary"] = "Elsewhere" }
            await scenario.expectConverged()
            try scenario.retitle(0, "Another title")
            let plan = await scenario.plan()
            #expect(plan.changes.map(\.fields) == [["summary"]] && plan.warnings.isEmpty, "\(plan.output)")
            await scenario.expectApplied()
            #expect(try scenario.exceptions == 1)
            await scenario.expectConverged()
            // Nor does a lost state know better.
            try scenario.deleteState()
            let before = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            await scenario.expectConverged()
            #expect(try scenario.exceptions == 1)
        }
    }

    @Test func `a new start goes along with its rule`() async throws {
        try await Scenario.runSeries("weekly") { scenario in
            scenario.set { $0.rewritesSeries = true }
            await scenario.expectApplied()
            try scenario.editPage(0) {
                $0.values["%5BWk%3F"] = JSONText(NotionProperty.date("2027-03-05T10:00:00.000-07:00"))
            }
            await scenario.expectApplied()
            // Else the day of the week that Google had made of it would stay.
            #expect(try scenario.event(of: 0).lines?.first?.contains("byday=fr") == true)
            await scenario.expectConverged()
        }
    }

    @Test func `an undo compares meanings, too`() async throws {
        try await Scenario.runSeries { scenario in
            scenario.set { $0.rewritesSeries = true }
            await scenario.expectApplied()
            try scenario.retitle(0, "Another title")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            #expect(try scenario.event(of: 0).summary == "Event 0")
            #expect(await scenario.reconcile("undo", "1", "--auto-approve").code == 0)
            try scenario.expectEvents(0)
        }
    }

    @Test func `a column that decides no more takes its rule along, whatever its form`() async throws {
        try await Scenario.runSeries { scenario in
            scenario.set { $0.rewritesSeries = true }
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "properties: {recurrence: null}")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 0).lines == nil)
            await scenario.expectConverged()
        }
    }
}
