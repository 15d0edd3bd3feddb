import Emulation
import Foundation
import Testing

/// Pages that are gone while their events stay: what proves it, and what looking at them costs.
struct HeldAbsenceTests {
    private static func looks(_ scenario: Scenario, _ body: () async throws -> Void) async throws -> Int {
        scenario.emulator.resetRequests()
        try await body()
        return scenario.emulator.requests.entries.count { $0.route == "/v1/pages/{page}" }
    }

    @Test func `blocked deletes are proven once, not at every run`() async throws {
        try await Scenario.run(pages: 200) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<188)
            let first = try await Self.looks(scenario) {
                let applied = await scenario.apply()
                #expect(applied.code == 1)
            }
            #expect(first == 188)
            for _ in 0..<2 {
                let again = try await Self.looks(scenario) {
                    let applied = await scenario.apply()
                    #expect(applied.status == "blocked")
                    #expect(applied.changes.map(\.reason) == Array(repeating: "trashed", count: 188))
                    #expect(applied.changes.map(\.isBlocked) == Array(repeating: true, count: 188))
                }
                #expect(again == 0)
            }
            // What changed since is looked at, and shown as it is.
            try scenario.trash([190])
            try scenario.editPage(7) { $0.isInTrash = false }
            let changed = try await Self.looks(scenario) {
                let plan = await scenario.plan()
                #expect(plan.changes.count == 188)
                #expect(!plan.changes.contains { $0.page == World.page(7) })
                #expect(plan.changes.contains { $0.page == World.page(190) && $0.reason == "trashed" })
            }
            #expect(changed == 1)
            // Once a day each is looked at again.
            scenario.clock.advance(by: .seconds(25 * 3600))
            do {
                let looked = try await Self.looks(scenario) { _ = await scenario.plan() }
                #expect(looked == 188)
            }
        }
    }

    @Test func `what is allowed is proven anew`() async throws {
        try await Scenario.run(pages: 30) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<20)
            #expect(await scenario.apply().code == 1)
            // Moved, and put out of the trash: none of it is in the listing.
            let looked = try await Self.looks(scenario) {
                await scenario.expectApplied("--allow-deletes", "acm:20")
            }
            #expect(looked >= 20)
            try scenario.expectEvents(10)
            await scenario.expectConverged()
        }
    }

    @Test func `a limit that is lifted lets nothing go on an old proof`() async throws {
        try await Scenario.run(pages: 30) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<20)
            #expect(await scenario.apply().code == 1)
            try scenario.declare("acm", database: scenario.database, more: "safety: {max_delete_percent: 90}")
            let looked = try await Self.looks(scenario) { await scenario.expectApplied() }
            #expect(looked >= 20)
            try scenario.expectEvents(10)
        }
    }

    @Test func `deletes that are never made cost a look a day`() async throws {
        try await Scenario.run(pages: 30, declaration: "deletions: never") { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<20)
            do {
                let looked = try await Self.looks(scenario) { _ = await scenario.apply() }
                #expect(looked == 20)
            }
            let again = try await Self.looks(scenario) {
                let applied = await scenario.apply()
                #expect(applied.warnings == Array(repeating: "deletion_withheld", count: 20))
                #expect(applied.output.contains("(trashed)"))
            }
            #expect(again == 0)
        }
    }

    // MARK: - Pages that were never seen

    private static let calendar = "c_predecessor@group.calendar.google.com"

    private static func inherited(
        marks: [String: String],
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: \(calendar)",
            build: { world, _ in
                world.addCalendar("ACM", id: calendar)
                let all = marks.merging(["notionPageId": World.page(77)]) { $1 }
                world.addEvent(to: calendar, "Inherited", start: "2027-01-01T10:00:00-07:00", marks: all)
            },
            body
        )
    }

    private static func isThere(_ scenario: Scenario) throws -> Bool {
        try scenario.emulator.withWorld { world in
            world.google.calendars[calendar]?.liveEvents.contains { $0.summary == "Inherited" } ?? false
        }
    }

    @Test func `a page that no run ever saw is not gone`() async throws {
        try await Self.inherited(marks: [:]) { scenario in
            let plan = await scenario.plan()
            #expect(plan.warnings.contains("page_never_seen"), "\(plan.output)")
            for _ in 0..<2 {
                let ran = await scenario.apply()
                #expect(ran.code == 0, "\(ran.output)")
                let stays = try Self.isThere(scenario)
                #expect(stays)
            }
        }
    }

    @Test func `a mark of another database is no sign that a page was seen in this one`() async throws {
        try await Scenario.run(pages: 5) { scenario in
            await scenario.expectApplied()
            let marks = [
                "notionPageId": World.page(77), "reconcileOrg": "acm",
                "reconcileDatabase": "99999999-0000-4000-8000-000000000000",
            ]
            try scenario.addEvent("Of another database", marks: marks, id: World.eventID(77))
            for look in [1, 0] {
                scenario.emulator.resetRequests()
                let ran = await scenario.apply()
                #expect(ran.code == 0, "\(ran.output)")
                #expect(ran.warnings == ["page_never_seen"], "\(ran.output)")
                #expect(scenario.emulator.requests.entries.count { $0.route == "/v1/pages/{page}" } == look)
            }
            try scenario.expectEvents(6)
        }
    }

    @Test func `a page whose event carries our mark was seen`() async throws {
        for marks in [["reconcileOrg": "acm"], ["reconcileOrg": "acm", "reconcileDatabase": ""]] {
            try await Self.inherited(marks: marks) { scenario in
                let own = marks["reconcileDatabase"] != nil
                if own {
                    try scenario.emulator.withWorld { world in
                        let id = try #require(
                            world.google.calendars[Self.calendar]?.liveEvents.first { $0.summary == "Inherited" }?.id
                        )
                        world.editEvent(id, of: Self.calendar) { event in
                            event.fields["extendedProperties"] = [
                                "private": [
                                    "notionPageId": .string(World.page(77)), "reconcileOrg": "acm",
                                    "reconcileDatabase": .string(scenario.database),
                                ]
                            ]
                        }
                    }
                }
                await scenario.expectApplied()
                let stays = try Self.isThere(scenario)
                #expect(!stays)
            }
        }
    }

    @Test func `a linked page that is purged was seen`() async throws {
        try await Scenario.run(pages: 10) { scenario in
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                world.movePage(World.page(3), to: nil)
                world.notion.pages[World.page(3)] = nil
                world.serial += 1
            }
            let applied = await scenario.expectApplied()
            #expect(applied.changes.map(\.reason) == ["gone"])
        }
    }
}
