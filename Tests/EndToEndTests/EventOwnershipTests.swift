import Emulation
import Foundation
import Testing

/// An event that carries a mark like ours may be another organization's, or a person's copy: then it is left alone, by every
/// door and in every state.
struct EventOwnershipTests {
    private static let film = "22222222-2222-4222-8222-222222222222"
    private static let shared = "old@group.calendar.google.com"

    /// What became of the state before the run that is looked at.
    enum StateFate: String, CaseIterable, Sendable {
        case kept, lost, rebuilt, forgotten

        func strike(_ scenario: Scenario, _ prefix: String = "acm") async throws {
            switch self {
            case .kept: break
            case .lost: try scenario.deleteState()
            case .rebuilt:
                try scenario.deleteState()
                let rebuilt = await scenario.reconcile("state", "rebuild")
                #expect(rebuilt.code == 0, "\(rebuilt.errors)")
            case .forgotten:
                let forgotten = await scenario.reconcile("state", "forget", prefix, "--auto-approve")
                #expect(forgotten.code == 0, "\(forgotten.errors)")
            }
        }
    }

    // MARK: - Another organization's

    /// ACM takes over a calendar that the predecessor filled; then its declaration names it no more, and Film declares it.
    private static func takenOver(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 4,
            declaration: "google_calendar_id: \(shared)",
            build: { world, _ in
                world.addDatabase("Film", id: film)
                world.addPage(100, to: film)
                world.addCalendar("Old calendar", timeZone: "America/Phoenix", id: shared)
                for page in 0..<4 {
                    let marks = ["notionPageId": World.page(page)]
                    world.addEvent(
                        to: shared,
                        "Event \(page)",
                        start: "2027-01-01T10:00:00-07:00",
                        marks: marks,
                        id: "server\(page)"
                    )
                }
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database)
            try scenario.declare("film", database: film, more: "google_calendar_id: \(shared)")
            try await body(scenario)
        }
    }

    @Test(arguments: [[], ["film"], ["acm"]])
    func `a calendar of an organization is none of another's, whichever is run`(named: [String]) async throws {
        try await Self.takenOver { scenario in
            let writes = scenario.writes
            let applied = await scenario.apply(named)
            #expect(applied.code == 1)
            for prefix in named.isEmpty ? ["acm", "film"] : named {
                #expect(applied.status(of: prefix) == "error")
            }
            #expect(applied.output.contains("acm, film"))
            #expect(scenario.writes == writes)
        }
    }

    @Test func `an organization that is switched off keeps its calendar and its events`() async throws {
        try await Self.takenOver { scenario in
            try scenario.declare("acm", database: scenario.database, more: "active: false")
            let writes = scenario.writes
            let applied = await scenario.apply("film")
            #expect(applied.status(of: "film") == "error")
            #expect(scenario.writes == writes)
        }
    }

    @Test func `events that the state links with an organization that is gone are left alone`() async throws {
        try await Self.takenOver { scenario in
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d/acm.yaml"))
            let plan = await scenario.plan()
            #expect(plan.deletes.isEmpty, "\(plan.output)")
            #expect(plan.warnings == ["event_of_another_organization"])
            await scenario.expectApplied()
            #expect(try scenario.emulator.withWorld { $0.google.calendars[Self.shared]?.liveEvents.count } == 5)
            await scenario.expectConverged()
        }
    }

    @Test func `events of the predecessor whose pages are in another database stay, also without a state`() async throws
    {
        try await Self.takenOver { scenario in
            try FileManager.default.removeItem(atPath: scenario.path("orgs.d/acm.yaml"))
            try scenario.deleteState()
            let applied = await scenario.apply("film")
            #expect(applied.deletes.isEmpty, "\(applied.output)")
            #expect(try scenario.emulator.withWorld { $0.google.calendars[Self.shared]?.liveEvents.count } == 5)
        }
    }

    @Test(arguments: [StateFate.kept, .lost, .forgotten])
    func `they stay where their pages are thrown away, too`(fate: StateFate) async throws {
        try await Self.takenOver { scenario in
            try await fate.strike(scenario)
            try scenario.undeclare("acm")
            try scenario.trash([0])
            try scenario.editPage(1) { $0.isArchived = true }
            let applied = await scenario.apply("film")
            #expect(applied.deletes.isEmpty, "\(applied.output)")
            #expect(try scenario.emulator.withWorld { $0.google.calendars[Self.shared]?.liveEvents.count } == 5)
        }
    }

    @Test func `a calendar that the state knows under a former prefix is nobody else's`() async throws {
        try await Self.takenOver { scenario in
            try scenario.rename("acm", to: "asu")
            let writes = scenario.writes
            let applied = await scenario.apply("film")
            #expect(applied.code == 1)
            #expect(applied.message?.contains("asu, film") == true, "\(applied.output)")
            #expect(scenario.writes == writes)
        }
    }

    /// The same database, another data source: what carries the prefix of nobody is theirs whose page it is.
    @Test(arguments: [StateFate.lost, .rebuilt])
    func `events of an undeclared organization on another data source stay`(fate: StateFate) async throws {
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: \(Self.shared)\ndata_source: Events",
            build: { world, database in
                world.addCalendar("Shared", timeZone: "America/Phoenix", id: Self.shared)
                let second = world.addDataSource(to: database, "Socials")
                for page in 100..<103 {
                    world.addPage(page, to: second)
                    let marks = [
                        "notionPageId": World.page(page), "reconcileOrg": "soc", "reconcileDatabase": database,
                    ]
                    world.addEvent(
                        to: Self.shared,
                        "Event \(page)",
                        start: "2027-01-01T10:00:00-07:00",
                        marks: marks,
                        id: World.eventID(page)
                    )
                }
            }
        ) { scenario in
            await scenario.expectApplied()
            try await fate.strike(scenario)
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.deletes.isEmpty, "\(applied.output)")
            #expect(try scenario.emulator.withWorld { $0.google.calendars[Self.shared]?.liveEvents.count } == 6)
        }
    }

    // MARK: - A person's copy

    @Test func `a copy that only has guests is a person's as well`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let copy = try scenario.duplicateEvent(of: 1) { event in
                event.fields["attendees"] = .array([.object(["email": "bob@example.edu"])])
            }
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.deletes.isEmpty, "\(applied.output)")
            #expect(applied.warnings == ["event_copied"])
            #expect(try scenario.events()[copy] != nil)
        }
    }

    /// The predecessor left several events of one page, and none of them says what was written.
    @Test func `an event of the predecessor that differs from the page's is not called a copy of ours`() async throws {
        let marks = ["notionPageId": World.page(0)]
        try await Scenario.run(
            pages: 1,
            declaration: "google_calendar_id: \(Self.shared)",
            build: { world, _ in
                world.addCalendar("Old calendar", timeZone: "America/Phoenix", id: Self.shared)
                world.addEvent(to: Self.shared, "As of old", start: "2027-02-02", marks: marks, id: "server0")
                world.addEvent(to: Self.shared, "Older still", start: "2027-02-03", marks: marks, id: "server1")
            }
        ) { scenario in
            let applied = await scenario.expectApplied()
            #expect(applied.warnings == ["event_not_recognized"], "\(applied.output)")
            #expect(!applied.output.contains("Somebody made"), "\(applied.output)")
            #expect(applied.output.contains("\\\"Older still\\\""), "\(applied.output)")
            let titles = try scenario.emulator.withWorld { world in
                (world.google.calendars[Self.shared]?.liveEvents ?? []).compactMap(\.summary).sorted()
            }
            #expect(titles == ["Event 0", "Older still"])
            await scenario.expectConverged()
        }
    }

    @Test func `it keeps no undo from bringing the page's own event back`() async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            let copy = try scenario.duplicateEvent(of: 1) { $0.fields["summary"] = "Party at Ada's" }
            try scenario.trash([1])
            await scenario.expectApplied()
            let undone = await scenario.reconcile("undo", "2", "--auto-approve")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(try scenario.events()[World.eventID(1)]?.summary == "Event 1")
            #expect(try scenario.events()[copy]?.summary == "Party at Ada's")
        }
    }

    @Test(arguments: StateFate.allCases)
    func `what a person makes of a copy stays, whatever becomes of the state`(fate: StateFate) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let copy = try scenario.duplicateEvent(of: 1) { event in
                event.fields["summary"] = "Party at Ada's"
                event.fields["attendees"] = .array([.object(["email": "bob@example.edu"])])
            }
            let before = try #require(try scenario.events()[copy]?.etag)
            try await fate.strike(scenario)
            let plan = await scenario.plan()
            #expect(plan.deletes.isEmpty, "\(plan.output)")
            #expect(plan.warnings.filter { $0 != "state_unknown" } == ["event_copied"])
            await scenario.expectApplied()
            #expect(try scenario.events()[copy]?.etag == before)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: StateFate.allCases)
    func `it stays when the page goes, and after that`(fate: StateFate) async throws {
        try await Scenario.run(pages: 4) { scenario in
            await scenario.expectApplied()
            let copy = try scenario.duplicateEvent(of: 1) { $0.fields["summary"] = "Party at Ada's" }
            try scenario.trash([1])
            try await fate.strike(scenario)
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.deletes.map(\.reason) == ["trashed"])
            #expect(try scenario.events()[copy]?.summary == "Party at Ada's")
            try await fate.strike(scenario)
            let again = await scenario.apply()
            #expect(again.deletes.isEmpty, "\(again.output)")
            #expect(try scenario.events()[copy]?.summary == "Party at Ada's")
            await scenario.expectConverged()
        }
    }

    @Test func `it stays where the original is deleted by hand, and the page keeps its own`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let copy = try scenario.duplicateEvent(of: 1) { $0.fields["summary"] = "Party at Ada's" }
            try scenario.editEvent(World.eventID(1)) { $0.fields["status"] = "cancelled" }
            await scenario.expectApplied()
            #expect(try scenario.events()[copy]?.summary == "Party at Ada's")
            #expect(try scenario.events()[World.eventID(1)]?.summary == "Event 1")
            await scenario.expectConverged()
        }
    }

    @Test func `a copy of an event with the predecessor's id is known where nothing else is left of it`() async throws {
        let marks = ["notionPageId": World.page(0)]
        try await Scenario.run(
            pages: 1,
            declaration: "google_calendar_id: \(Self.shared)",
            build: { world, _ in
                world.addCalendar("Old calendar", timeZone: "America/Phoenix", id: Self.shared)
                world.addEvent(to: Self.shared, "As of old", start: "2027-02-02", marks: marks, id: "server0")
            }
        ) { scenario in
            // It is made as its page wants it, and from then on says which event it is.
            await scenario.expectApplied()
            let made = try scenario.emulator.withWorld { world in
                let marks = world.google.calendars[Self.shared]?.liveEvents.first?.marks ?? [:]
                world.editEvent("server0", of: Self.shared) { event in
                    (event.fields["status"], event.isPurged) = ("cancelled", true)
                }
                return world.addEvent(to: Self.shared, "Party at Ada's", start: "2027-03-03", marks: marks)
            }
            let copy = try #require(made)
            try scenario.deleteState()
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            let summaries = try scenario.emulator.withWorld { world in
                Dictionary(
                    (world.google.calendars[Self.shared]?.liveEvents ?? []).map { ($0.id, $0.summary ?? "") }
                ) { first, _ in first }
            }
            #expect(summaries[copy] == "Party at Ada's")
            #expect(summaries.values.contains("Event 0") && summaries.count == 2)
        }
    }

    @Test func `an undo does not touch what is another organization's by now`() async throws {
        try await Scenario.run(
            pages: 3,
            build: { world, _ in
                world.addDatabase("Film", id: Self.film)
                world.addPage(100, to: Self.film)
            }
        ) { scenario in
            try scenario.declare("film", database: Self.film)
            await scenario.expectApplied()
            try scenario.editEvent(World.eventID(1)) { event in
                event.fields["extendedProperties"] = .object([
                    "private": .object(["notionPageId": .string(World.page(1)), "reconcileOrg": "film"])
                ])
            }
            let undone = await scenario.reconcile("undo", "1", "--auto-approve")
            #expect(undone.code == 1)
            #expect(undone.output.contains("it belongs to the organization film by now"), "\(undone.output)")
            #expect(try scenario.events()[World.eventID(1)] != nil)
        }
    }
}
