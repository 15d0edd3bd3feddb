import Emulation
import Foundation
import GRDB
import Testing

/// Who may be mistaken for ours, behind every door.
struct OwnershipDoorTests {
    @Test(arguments: Stranger.allCases, Door.allCases)
    func `no door touches or shows what only looks like ours`(stranger: Stranger, door: Door) async throws {
        try await stranger.run { scenario in
            let before = try Stranger.versions(scenario)
            let passage = try await door.pass(scenario)
            #expect(try Stranger.versions(scenario) == before)
            #expect(!passage.shown.contains { $0.contains("Stranger") })
            if [.events, .feed].contains(door) { #expect(passage.shown.count == 2) }
            // Nor does the run that follows.
            _ = await scenario.apply("--release", "acm")
            #expect(try Stranger.versions(scenario) == before)
            #expect(try scenario.versions().count == before.count + 5)
        }
    }

    /// The state knows whose it is, and another declaration names it.
    @Test(arguments: Door.reading)
    func `no door works on a calendar that another organization has`(door: Door) async throws {
        try await Scenario.run(
            pages: 4,
            declaration: "google_calendar_id: \(Self.given)",
            build: { world, _ in
                world.addCalendar("Given", id: Self.given)
                world.addPage(100, to: world.addDatabase("Film", id: Stranger.film))
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database)
            try scenario.declare("film", database: Stranger.film, more: "google_calendar_id: \(Self.given)")
            let before = try scenario.versions()
            let passage = try await door.pass(scenario, "film", losing: false)
            #expect(!passage.isSuccess || [.events, .feed].contains(door))
            #expect(try scenario.versions() == before)
        }
    }

    /// Another run without a common state made it. Only people know which one is subscribed to.
    @Test(arguments: Door.reading)
    func `no door writes to either of two calendars with our mark`(door: Door) async throws {
        try await Scenario.run(pages: 6) { scenario in
            await scenario.expectApplied()
            try scenario.trash([2])
            try scenario.emulator.withWorld { world in
                let second = world.addCalendar("ACM Events", description: Scenario.mark("acm", scenario.database))
                let marks = ["notionPageId": World.page(1), "reconcileOrg": "acm"]
                world.addEvent(to: second, "Event 1", start: "2027-01-02T10:00:00-07:00", marks: marks)
            }
            let (before, calendars) = (try scenario.versions(), try scenario.markedCalendars())
            let passage = try await door.pass(scenario)
            #expect(!passage.isSuccess)
            #expect(try scenario.versions() == before)
            #expect(try scenario.markedCalendars() == calendars)
            #expect(passage.titles.allSatisfy { $0 == (0..<6).map { "Event \($0)" } }, "\(passage.titles)")
        }
    }

    // MARK: - A renamed prefix

    @Test(arguments: Door.reading)
    func `every door knows a renamed organization by its database`(door: Door) async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            let before = try scenario.versions()
            // What was published under the former prefix is all there is of this page.
            try scenario.editPage(1) { page in
                page.values[NotionProperty.events[1].id] = JSONText(
                    NotionProperty.date("2027-02-02", end: "2027-02-01")
                )
            }
            try scenario.rename("acm", to: "asu")
            // Nothing was written under the new prefix yet: the state knows the former one.
            if door == .forget {
                #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
                #expect(await scenario.apply().code == 0)
            } else {
                let passage = try await door.pass(scenario, "asu")
                #expect(passage.isSuccess)
                #expect(passage.titles.allSatisfy { $0 == (0..<4).map { "Event \($0)" } }, "\(passage.titles)")
                if [.events, .feed].contains(door) { #expect(passage.titles.count == 2) }
            }
            #expect(try scenario.versions() == before)
            #expect(try scenario.markedCalendars().count == 1)
        }
    }

    /// Where a page is moved to tells nothing of where it was: that, only the links know.
    @Test(arguments: ["page.moved", "page.deleted"])
    func `a delivery about a page finds the organization that was renamed since`(type: String) async throws {
        try await Scenario.run(pages: 6) { scenario in
            await scenario.expectApplied()
            try scenario.rename("acm", to: "asu")
            try scenario.trash([1])
            let isSuccess = try await scenario.serving { service in
                try await service.deliver(page: 1, in: nil, type: type)
                return try await service.isNextRunSuccess()
            }
            #expect(isSuccess)
            try scenario.expectCalendar("asu", holds: 5)
        }
    }

    // MARK: - Another database

    private static let copy = "33333333-3333-4333-8333-333333333333"
    private static let given = "given@group.calendar.google.com"

    /// Six pages, of which a copy of the database has four; the declaration names the copy.
    private static func changed(
        isGiven: Bool = false,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        let more = isGiven ? "google_calendar_id: \(given)" : ""
        try await Scenario.run(
            pages: 6,
            declaration: more,
            build: { world, _ in
                world.addCalendar("Given", id: given)
                world.addDatabase("ACM events (copy)", id: copy)
                for page in 0..<4 {
                    let date = String(format: "2027-01-%02dT10:00:00.000-07:00", 1 + page)
                    world.addPage(to: copy, title: "Event \(page)", date: date, id: World.page(1_000 + page))
                }
                world.addPage(60, to: copy, title: "New this year")
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: copy, more: more)
            try await body(scenario)
        }
    }

    @Test(arguments: Door.reading, [false, true])
    func `no door takes another database for the one of before`(door: Door, isGiven: Bool) async throws {
        try await Self.changed(isGiven: isGiven) { scenario in
            let before = try scenario.versions()
            let passage = try await door.pass(scenario)
            #expect(!passage.isSuccess)
            #expect(try scenario.versions() == before)
            #expect(!passage.shown.contains { $0.contains("New this year") })
        }
    }

    /// Nothing tells it but the events, of which those of older versions do not name their database.
    @Test(arguments: [false, true])
    func `a rebuild from nothing does not take a new database for the one of before`(isMarked: Bool) async throws {
        try await Self.changed(isGiven: true) { scenario in
            if !isMarked {
                try scenario.emulator.withWorld { world in
                    for event in world.google.calendars[Self.given]?.liveEvents ?? [] {
                        let marks: JSONValue = ["notionPageId": .string(event.page ?? ""), "reconcileOrg": "acm"]
                        world.editEvent(event.id, of: Self.given) {
                            $0.fields["extendedProperties"] = ["private": marks]
                        }
                    }
                }
            }
            let before = try scenario.versions()
            try scenario.deleteState()
            let rebuilt = await scenario.reconcile("state", "rebuild")
            #expect(rebuilt.code == 1, "\(rebuilt.output)")
            for part in [scenario.database, Self.copy, "--allow-database-change acm"] {
                #expect(rebuilt.explanation.contains(part), "\(rebuilt.explanation)")
            }
            // It decided nothing: the next run says the same.
            let applied = await scenario.apply()
            #expect(applied.code == 1 && applied.message?.contains("--allow-database-change acm") == true)
            #expect(try scenario.versions() == before)
        }
    }

    @Test(arguments: [Door.events, .feed])
    func `subscribers see what is in the calendar after the database changed, and after that was undone`(
        door: Door
    ) async throws {
        try await Self.changed { scenario in
            await scenario.expectApplied("--allow-database-change", "acm")
            try await Self.expectShown(door, scenario)
            let undone = await scenario.reconcile("undo", "2", "--auto-approve")
            #expect(undone.code == 0, "\(undone.output)")
            try await Self.expectShown(door, scenario)
            // The hold ends with the first database in its place again.
            try scenario.declare("acm", database: scenario.database)
            let released = await scenario.apply("--release", "acm", "--allow-database-change", "acm")
            #expect(released.code == 0, "\(released.output)")
            try await Self.expectShown(door, scenario)
            try scenario.expectEvents(6)
        }
    }

    @Test(arguments: [Door.events, .feed])
    func `subscribers keep what a limit holds back while the database changes`(door: Door) async throws {
        try await Scenario.run(
            pages: 9,
            build: { world, _ in
                world.addDatabase("ACM events (copy)", id: Self.copy)
                world.addPage(60, to: Self.copy, title: "New this year")
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: Self.copy)
            #expect(await scenario.apply("--allow-database-change", "acm").status == "blocked")
            try scenario.expectEvents(10)
            await scenario.expectApplied("--allow-database-change", "acm", "--allow-deletes", "acm:9")
            try await Self.expectShown(door, scenario)
            try scenario.expectEvents(1)
        }
    }

    private static func expectShown(
        _ door: Door,
        _ scenario: Scenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let passage = try await door.pass(scenario)
        let calendar = try scenario.events().values.map { $0.summary ?? "" }.sorted()
        #expect(passage.titles == [calendar, calendar], sourceLocation: location)
    }

    // MARK: - Undo beside strangers

    enum Beside: String, CaseIterable, Sendable {
        case copy, markedByAnother
    }

    @Test(arguments: Beside.allCases)
    func `what is not ours does not stand in for an event that an undo brings back`(beside: Beside) async throws {
        try await Scenario.run(
            pages: 6,
            build: { world, _ in world.addPage(100, to: world.addDatabase("Film", id: Stranger.film)) }
        ) { scenario in
            try scenario.declare("film", database: Stranger.film)
            await scenario.expectApplied()
            let stranger: String
            switch beside {
            case .copy: stranger = try scenario.duplicateEvent(of: 1) { $0.fields["summary"] = "Party at Ada's" }
            case .markedByAnother:
                let marks = ["notionPageId": World.page(1), "reconcileOrg": "film"]
                stranger = try scenario.addEvent("Party at Ada's", marks: marks)
            }
            try scenario.trash([1])
            await scenario.expectApplied()
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 0, "\(undone.output)")
            #expect(try scenario.events()[World.eventID(1)]?.summary == "Event 1")
            #expect(try scenario.events()[stranger]?.summary == "Party at Ada's")
        }
    }
}
