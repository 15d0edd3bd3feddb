import Emulation
import Foundation
import TestSupport
import Testing

/// An organization leaves: what is ours goes, what is people's stays.
struct RetireTests {
    private static let sharing = "calendar: {sharing: [{role: reader, scope: public}]}"

    private static func run(_ body: @escaping @Sendable (Scenario, String) async throws -> Void) async throws {
        try await Scenario.withFilm { scenario in
            try scenario.declare("film", database: Scenario.film, more: sharing)
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar("film"))
            try scenario.emulator.withWorld { world in
                world.share(calendar, with: "officer@example.org", as: .writer)
                world.addEvent(to: calendar, "A birthday", start: "2027-04-04")
                let copied = world.google.calendars[calendar]?.liveEvents.first { $0.page == World.page(100) }
                if let copied,
                    let copy = world.addEvent(to: calendar, "Party", start: "2027-05-05", marks: copied.marks)
                {
                    world.editEvent(copy, of: calendar) { $0.fields["summary"] = "Somebody's party" }
                }
            }
            try await body(scenario, calendar)
        }
    }

    private static func retire(_ scenario: Scenario, _ option: String, _ prefix: String = "film") async -> Scenario.Ran
    {
        await scenario.reconcile("retire", prefix, option, "--auto-approve", "--format", "json")
    }

    /// The titles of what is in a calendar, and whether it carries our mark.
    private static func titles(_ scenario: Scenario, _ calendar: String) throws -> [String] {
        try scenario.emulator.withWorld { world in
            (world.google.calendars[calendar]?.liveEvents ?? [])
                .map { "\($0.summary ?? "")\($0.page == nil ? "" : " (marked)")" }.sorted()
        }
    }

    private static func rules(_ scenario: Scenario, _ calendar: String) throws -> [String] {
        try scenario.emulator.withWorld { world in
            (world.google.calendars[calendar]?.rules ?? [:]).values.filter { !$0.isDeleted }
                .map { $0.scopeValue ?? "public" }.filter { $0 != World.serviceAccount }.sorted()
        }
    }

    @Test(arguments: [
        ("--remove-events", ["A birthday", "Somebody's party (marked)"]),
        ("--keep-events", ["A birthday", "Event 100", "Event 101", "Somebody's party (marked)"]),
    ])
    func `an orphaned organization leaves`(option: String, left: [String]) async throws {
        try await Self.run { scenario, calendar in
            try scenario.undeclare("film")
            let acm = try scenario.events("acm").mapValues(\.etag)
            let retired = await scenario.reconcile("retire", "film", option, answer: "yes")
            #expect(retired.code == 0, "\(retired.output)\(retired.errors)")
            scenario.expectShown(retired, as: "retired\(option.dropFirst())")
            #expect(try Self.titles(scenario, calendar) == left)
            #expect(try Self.rules(scenario, calendar) == ["officer@example.org"])
            #expect(try scenario.markedCalendars()[calendar] == nil)
            #expect(try scenario.events("acm").mapValues(\.etag) == acm)
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.status(of: "film") == nil && plan.warnings.isEmpty, "\(plan.output)")
            let stored = await scenario.stored("film")
            #expect(stored?["link_count"] as? Int == 0 && stored?["google_calendar_id"] is NSNull)
            let history = await scenario.reconcile("history", "show", "2")
            #expect(history.output.contains("delete organization retired applied"), "\(history.output)")
            // Running it again finds nothing to do; nothing takes it back.
            let before = scenario.writes
            #expect(await Self.retire(scenario, option).code == 0 && scenario.writes == before)
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 1 && undone.errorCode == "run_not_undoable")
            #expect(try Self.titles(scenario, calendar) == left)
        }
    }

    @Test func `an inactive organization leaves, is told no more, and begins anew when it is back`() async throws {
        try await Self.run { scenario, calendar in
            try scenario.declare("film", database: Scenario.film, more: "active: false\n\(Self.sharing)")
            #expect(await scenario.plan().status(of: "film") == "skipped")
            let retired = await Self.retire(scenario, "--remove-events")
            #expect(retired.code == 0 && retired.deletes.count == 3, "\(retired.output)")
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.status(of: "film") == nil && plan.status(of: "acm") == "no_changes")
            #expect(await scenario.plan("film").status == "skipped")
            try scenario.declare("film", database: Scenario.film)
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.changes.map(\.reason) == ["calendar_missing", "new_page", "new_page"])
            await scenario.expectConverged()
        }
    }

    @Test func `what is not meant is not touched`() async throws {
        try await Self.run { scenario, calendar in
            let before = scenario.writes
            let active = await Self.retire(scenario, "--remove-events")
            #expect(active.code == 1 && active.errorCode == "organization_active")
            try scenario.declare("film", database: Scenario.film, more: "active: false")
            let unasked = await scenario.reconcile("retire", "film", "--remove-events")
            #expect(unasked.code == 1 && unasked.errors.contains("nobody can be asked"))
            try await scenario.expectMessage("retire-nobody-to-ask", ["retire", "film", "--keep-events"])
            let refused = await scenario.reconcile("retire", "film", "--keep-events", answer: "no")
            #expect(refused.code == 1 && refused.errors.contains("Nothing was changed"))
            for wrong in [["retire", "film"], ["retire", "film", "--keep-events", "--remove-events"]] {
                #expect(await scenario.reconcile(wrong).code == 64)
            }
            #expect(await Self.retire(scenario, "--keep-events", "flim").errorCode == "organization_unknown")
            try scenario.undeclare("film")
            try scenario.declare("movies", database: Scenario.film)
            #expect(await Self.retire(scenario, "--keep-events").errorCode == "organization_renamed")
            try scenario.write("prefix: [\n", to: "orgs.d/movies.yaml")
            #expect(await Self.retire(scenario, "--keep-events").errorCode == "rename_undecided")
            #expect(scenario.writes == before)
        }
    }

    @Test func `what fails is made up for by the next try`() async throws {
        try await Self.run { scenario, calendar in
            try scenario.undeclare("film")
            scenario.emulator.add(
                Fault(.respond(status: 400), .first(count: 1), api: "google", method: "DELETE", inBatch: true)
            )
            let failed = await Self.retire(scenario, "--remove-events")
            #expect(failed.code == 1, "\(failed.output)")
            #expect(await scenario.plan().status(of: "film") == "orphaned")
            #expect(try scenario.markedCalendars()[calendar] != nil)
            let retired = await Self.retire(scenario, "--remove-events")
            #expect(retired.code == 0, "\(retired.output)")
            #expect(try Self.titles(scenario, calendar) == ["A birthday", "Somebody's party (marked)"])
            #expect(await scenario.plan().status(of: "film") == nil)
        }
    }

    @Test func `a calendar that is not there is said, and the state can let go of it`() async throws {
        try await Self.run { scenario, calendar in
            try scenario.undeclare("film")
            try scenario.emulator.withWorld { $0.google.calendars[calendar] = nil }
            let missing = await Self.retire(scenario, "--keep-events")
            #expect(missing.code == 1 && missing.errorCode == "calendar_not_found")
            #expect(missing.output.contains("reconcile state forget film"))
            #expect(await scenario.reconcile("state", "forget", "film", "--auto-approve").code == 0)
            #expect(await Self.retire(scenario, "--keep-events").code == 0)
        }
    }

    @Test func `an event that a list does not have is not left behind`() async throws {
        try await Self.run { scenario, calendar in
            try scenario.undeclare("film")
            scenario.emulator.add(
                Fault(
                    .respond(
                        status: 200,
                        body: #"{"kind":"calendar#events","accessRole":"owner","nextSyncToken":"later","items":[]}"#,
                        headers: ["Content-Type": "application/json"]
                    ),
                    .first(count: 1),
                    api: "google",
                    method: "GET",
                    path: "/events$/"
                )
            )
            let retired = await Self.retire(scenario, "--remove-events")
            #expect(retired.code == 0 && retired.deletes.count == 3, "\(retired.output)")
            #expect(try Self.titles(scenario, calendar) == ["A birthday", "Somebody's party (marked)"])
        }
    }
}
