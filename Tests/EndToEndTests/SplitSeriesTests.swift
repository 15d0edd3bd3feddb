import Emulation
import Foundation
import Testing

/// What becomes of the half that somebody split off a series of ours ("this and following events").
struct SplitSeriesTests {
    /// Splits page 0's series as Google does: the first half ends, the second is an event of its own with all that the first has.
    ///
    /// - Returns: the id of the second half.
    @discardableResult
    private static func split(
        _ scenario: Scenario,
        id: String? = nil,
        _ change: @Sendable (inout GoogleEvent) -> Void = { _ in }
    ) throws -> String {
        let original = try scenario.event(of: 0)
        try scenario.editEvent(of: 0) { $0.fields["recurrence"] = ["RRULE:FREQ=WEEKLY;UNTIL=20270318T165959Z"] }
        let part = try scenario.addEvent(
            original.summary ?? "",
            marks: original.marks,
            id: id ?? "\(original.id)_R20270318T170000"
        )
        try scenario.editEvent(part) { event in
            (event.fields, event.start) = (original.fields, .instant(1_805_389_200, zone: "America/Phoenix"))
            event.end = .instant(1_805_392_800, zone: "America/Phoenix")
            change(&event)
        }
        return part
    }

    @Test(arguments: [nil, "0123456789abcdefghijklmnop"])
    func `goes with its page, for the same reason`(id: String?) async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try Self.split(scenario, id: id)
            // As long as the page asks for all of it, it is told and stays.
            let split = await scenario.plan()
            #expect(split.changes.map { "\($0.title) \($0.reason)" } == ["Event 0 drift"])
            #expect(split.warnings == ["event_copied"], "\(split.output)")
            try scenario.trash([0])
            let plan = await scenario.plan()
            #expect(
                plan.changes.map { "\($0.title) \($0.reason)" } == ["Event 0 trashed", "Event 0 trashed"],
                "\(plan.output)"
            )
            #expect(plan.warnings.isEmpty)
            await scenario.expectApplied()
            try scenario.expectEvents(1)
            await scenario.expectConverged()
        }
    }

    @Test func `stays while nothing is proven`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try Self.split(scenario)
            // An invalid page is not an absent one.
            try scenario.rule(0, "every other fortnight")
            let plan = await scenario.plan()
            #expect(plan.changes.isEmpty, "\(plan.output)")
            await scenario.expectApplied()
            try scenario.expectEvents(3)
        }
    }

    /// Page 0 is a series, page 1 takes place once: a copy of either that repeats is no half of it.
    @Test(arguments: [0, 1])
    func `a copy on another day that repeats is a person's`(page: Int) async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            let copy = try scenario.duplicateEvent(of: page) { event in
                event.fields["recurrence"] = ["RRULE:FREQ=WEEKLY"]
                event.start = .instant(1_805_475_600, zone: "America/Phoenix")
                event.end = .instant(1_805_479_200, zone: "America/Phoenix")
            }
            try scenario.trash([page])
            await scenario.expectApplied()
            #expect(try scenario.events().keys.contains(copy))
            await scenario.expectConverged()
        }
    }

    @Test func `that a person made something else of is theirs`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try Self.split(scenario, id: "0123456789abcdefghijklmnop") { $0.fields["summary"] = "Our own evening" }
            try scenario.trash([0])
            let plan = await scenario.plan()
            #expect(plan.changes.map { "\($0.title) \($0.reason)" } == ["Event 0 trashed"], "\(plan.output)")
            #expect(plan.warnings == ["event_copied"])
            await scenario.expectApplied()
            #expect(
                try scenario.events().values.map(\.summary).sorted { ($0 ?? "") < ($1 ?? "") } == [
                    "Event 1", "Our own evening",
                ]
            )
        }
    }

    @Test func `left behind alone it goes too, where its id says whose it is`() async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try Self.split(scenario)
            try scenario.trash([0])
            try scenario.editEvent(World.eventID(0)) { $0.fields["status"] = "cancelled" }
            let plan = await scenario.plan()
            #expect(plan.changes.map { "\($0.title) \($0.reason)" } == ["Event 0 trashed"], "\(plan.output)")
            await scenario.expectApplied()
            await scenario.expectConverged()
            try scenario.expectEvents(1)
        }
    }

    @Test(arguments: ["--remove-events", "--keep-events"])
    func `leaves with its organization`(option: String) async throws {
        try await Scenario.runSeries { scenario in
            await scenario.expectApplied()
            try Self.split(scenario)
            let calendar = try #require(try scenario.calendar())
            try scenario.declare("acm", database: scenario.database, more: "active: false\n\(Scenario.repeats)")
            let retired = await scenario.reconcile("retire", "acm", option, "--auto-approve")
            #expect(retired.code == 0, "\(retired.output)\(retired.errors)")
            let left = try scenario.emulator.withWorld { $0.google.calendars[calendar]?.liveEvents ?? [] }
            #expect(left.count == (option == "--keep-events" ? 3 : 0))
            #expect(left.allSatisfy { $0.page == nil })
        }
    }
}
