import Emulation
import Foundation
import TestSupport
import Testing

/// A calendar goes by its name alone, and only one that we created.
struct CalendarDeleteTests {
    private static func delete(
        _ scenario: Scenario,
        _ prefix: String = "film",
        named name: String = "FILM Events"
    ) async -> Scenario.Ran {
        await scenario.reconcile("calendar", "delete", prefix, "--confirm-name", name, "--format", "json")
    }

    @Test(arguments: ["active: false\nsync_enabled: true", "sync_enabled: false"])
    func `the calendar of an organization whose sync is off is deleted, and made anew when it is on again`(
        switches: String
    ) async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            let (calendar, acm) = (
                try #require(try scenario.calendar("film")), try scenario.events("acm").mapValues(\.etag)
            )
            try scenario.write(
                "prefix: film\nname: FILM\nnotion_database_id: \(Scenario.film)\ntimezone: America/Phoenix\n\(switches)\n",
                to: "orgs.d/film.yaml"
            )
            let deleted = await scenario.reconcile("calendar", "delete", "film", "--confirm-name", "FILM Events")
            #expect(deleted.code == 0, "\(deleted.output)\(deleted.errors)")
            scenario.expectShown(deleted, as: "calendar-deleted")
            #expect(try scenario.emulator.withWorld { $0.google.calendars[calendar] == nil })
            let stored = await scenario.stored("film")
            #expect(stored?["link_count"] as? Int == 0 && stored?["google_calendar_id"] is NSNull)
            #expect(try scenario.events("acm").mapValues(\.etag) == acm)
            let history = await scenario.reconcile("history", "show", "2")
            #expect(
                history.output.contains("delete calendar") && history.output.contains("applied"),
                "\(history.output)"
            )

            // Running it again finds nothing to do.
            let again = await Self.delete(scenario)
            #expect(again.code == 0 && again.changes.isEmpty && again.output.contains("was deleted before"))

            try scenario.declare("film", database: Scenario.film)
            let applied = await scenario.apply()
            #expect(applied.code == 0 && applied.changes.map(\.reason) == ["calendar_missing", "new_page", "new_page"])
            try scenario.expectEvents(2, "film")
            await scenario.expectConverged()
        }
    }

    @Test func `the calendar of an orphaned organization is deleted, and nothing is left to tell`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.undeclare("film")
            let deleted = await Self.delete(scenario)
            #expect(deleted.code == 0 && deleted.changes.map(\.outcome) == ["applied"], "\(deleted.output)")
            let summary = deleted.json["summary"] as? [String: [String: Int]]
            #expect(summary?["calendars"]?["delete"] == 1 && deleted.changes.first?.reason == "calendar_deleted")
            #expect(await scenario.plan().status(of: "film") == nil)
        }
    }

    @Test func `what is not meant is not deleted`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            let before = scenario.writes
            let enabled = await Self.delete(scenario)
            #expect(enabled.code == 1 && enabled.errorCode == "organization_enabled")
            try scenario.declare("film", database: Scenario.film, more: "active: false")
            let misnamed = await Self.delete(scenario, named: "FILM")
            #expect(misnamed.code == 1 && misnamed.errorCode == "calendar_name_differs")
            try await scenario.expectMessage(
                "calendar-delete-name",
                ["calendar", "delete", "film", "--confirm-name", "film events"]
            )
            #expect(await Self.delete(scenario, "flim").errorCode == "organization_unknown")
            try scenario.spoil("film", with: "timezon: UTC")
            #expect(await Self.delete(scenario).errorCode == "declarations_invalid")
            try scenario.spoil("film", with: "a: [")
            #expect(await Self.delete(scenario).errorCode == "rename_undecided")
            #expect(await scenario.reconcile("calendar", "delete", "film").code == 64)
            #expect(try scenario.writes == before && scenario.calendar("film") != nil)
        }
    }

    @Test(arguments: [false, true])
    func `a calendar that we did not create is refused`(isOrphaned: Bool) async throws {
        let club = "club@group.calendar.google.com"
        try await Scenario.run(
            pages: 2,
            declaration: "google_calendar_id: \(club)",
            build: { world, _ in
                world.addCalendar("Club", owner: "club@example.org", id: club)
                world.share(club, with: World.serviceAccount, as: .owner)
            }
        ) { scenario in
            await scenario.expectApplied()
            if isOrphaned {
                try scenario.undeclare("acm")
            } else {
                try scenario.declare(
                    "acm",
                    database: scenario.database,
                    more: "active: false\ngoogle_calendar_id: \(club)"
                )
            }
            let refused = await Self.delete(scenario, "acm", named: "Club")
            #expect(refused.code == 1 && refused.errorCode == "calendar_not_created", "\(refused.output)")
            #expect(try scenario.emulator.withWorld { $0.google.calendars[club]?.liveEvents.count } == 2)
        }
    }

    @Test func `a lost answer is resolved by reading, and a refusal changes nothing`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.undeclare("film")
            scenario.emulator.add(Fault(.respond(status: 400), .first(count: 1), api: "google", method: "DELETE"))
            let refused = await Self.delete(scenario)
            #expect(refused.code == 1 && refused.changes.map(\.outcome) == ["failed"])
            scenario.emulator.removeFaults()
            #expect(await scenario.stored("film")?["link_count"] as? Int == 2)
            scenario.emulator.add(Fault(.resetAfter, .first(count: 1), api: "google", method: "DELETE"))
            let deleted = await Self.delete(scenario)
            #expect(deleted.code == 0 && deleted.changes.map(\.outcome) == ["applied"], "\(deleted.output)")
            #expect(await scenario.stored("film")?["link_count"] as? Int == 0)
        }
    }

    @Test func `no undo brings it back, nor what was written before`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.declare("film", database: Scenario.film, more: "active: false")
            #expect(await Self.delete(scenario).code == 0)
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(
                undone.code == 1 && undone.errorCode == "run_not_undoable"
                    && undone.output.contains("brings no calendar")
            )
            #expect(await scenario.stored("film")?["on_hold_after_run"] is NSNull)
            try scenario.declare("film", database: Scenario.film)
            let first = await scenario.reconcile("undo", "1", "--auto-approve", "--format", "json")
            #expect(first.code == 1 && first.output.contains("was deleted by run 2"), "\(first.output)")
        }
    }
}
