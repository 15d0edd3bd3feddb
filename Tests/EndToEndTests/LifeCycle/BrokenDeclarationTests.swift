import Emulation
import Foundation
import TestSupport
import Testing

/// A mistake in one file concerns that file's organization alone, and costs it nothing.
struct BrokenDeclarationTests {
    private static let unreadable = "calendar: {name: [Events}"

    @Test(arguments: [
        ("unknown-key", "timezon: America/Phoenix", "film"), ("several", "name: Film\nactive: perhaps", "film"),
        ("syntax", unreadable, "film.yaml"),
    ])
    func `the mistake of one file stops its own organization`(name: String, line: String, shown: String) async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            let (films, calendar) = (try scenario.events("film").mapValues(\.etag), try scenario.calendar("film"))
            try scenario.spoil("film", with: line)
            try scenario.retitle(1, "Edited")
            try scenario.emulator.withWorld { $0.editPage(World.page(100)) { $0.isInTrash = true } }
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.status(of: shown) == "error" && plan.status(of: "acm") == "changes")
            #expect(plan.organizations.count == 2)
            scenario.expectShown(await scenario.reconcile("plan"), as: "broken-\(name)")
            let applied = await scenario.apply()
            #expect(applied.code == 1 && applied.status(of: shown) == "error")
            #expect(applied.changes.map(\.outcome) == ["applied"])
            #expect(try scenario.events("film").mapValues(\.etag) == films)
            #expect(try scenario.calendar("film") == calendar)
            let stored = await scenario.stored("film")
            #expect(stored?["link_count"] as? Int == 2)
            #expect(await scenario.reconcile("validate").code == 1)

            try scenario.declare("film", database: Scenario.film)
            let mended = await scenario.apply("--allow-deletes", "film:1")
            #expect(mended.code == 0 && mended.changes.map(\.reason) == ["trashed"])
            await scenario.expectConverged()
        }
    }

    @Test func `a sound organization is planned beside a broken file`() async throws {
        try await Scenario.withFilm { scenario in
            try scenario.spoil("film", with: "timezon: America/Phoenix")
            let plan = await scenario.plan("acm")
            #expect(plan.code == 2 && plan.organizations.count == 1 && plan.status(of: "acm") == "changes")
            let broken = await scenario.plan("film")
            #expect(broken.code == 1 && broken.organizations.count == 1 && broken.status(of: "film") == "error")
            #expect(broken.message?.contains("orgs.d/film.yaml:7:1: unknown key \"timezon\"") == true)
            #expect(broken.message?.contains("did you mean \"timezone\"?") == true)
            let unknown = await scenario.plan("flim")
            #expect(unknown.errorCode == "organization_unknown" && unknown.output.contains("acm, film"))
            try scenario.spoil("film", with: Self.unreadable)
            let hidden = await scenario.plan("film")
            #expect(hidden.errorCode == "organization_unknown")
            #expect(hidden.output.contains("film.yaml, whose mistake hides its prefix"), "\(hidden.output)")
        }
    }

    @Test func `what two files must not have in common stops both, and no third`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.write("prefix: film\nname: Film club\n", to: "orgs.d/other.yaml")
            try scenario.retitle(1, "Edited")
            let twice = await scenario.apply()
            #expect(twice.code == 1 && twice.status(of: "film") == "error" && twice.status(of: "acm") == "changes")
            #expect(twice.organizations.count == 2 && twice.changes.map(\.outcome) == ["applied"])
            try scenario.expectEvents(2, "film")
            for line in [
                "notion_database_id: \(Scenario.film)", "previously: [film]",
            ] {
                try scenario.write("prefix: club\nname: Film club\n\(line)\n", to: "orgs.d/other.yaml")
                let plan = await scenario.plan()
                #expect(plan.code == 1, "\(line)")
                #expect(plan.status(of: "film") == "error" && plan.status(of: "club") == "error", "\(plan.output)")
                #expect(plan.status(of: "acm") == "no_changes")
            }
        }
    }

    @Test func `a mistake in the defaults stops all`() async throws {
        try await Scenario.withFilm { scenario in
            try scenario.write("timezone: Mars/Phoenix\n", to: "orgs.d/_defaults.yaml")
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.errorCode == "declarations_invalid" && plan.organizations.isEmpty)
            #expect(await scenario.apply().code == 1)
            #expect(try scenario.calendar("acm") == nil && scenario.writes == 0)
        }
    }

    /// What is the broken one's own is nobody else's to take.
    @Test func `nobody takes over what belongs to a file that cannot be read`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar("film"))
            let before = scenario.writes
            try scenario.spoil("film", with: Self.unreadable)
            for line in [
                "notion_database_id: \(Scenario.film)", "notion_database_id: \(Scenario.film)\npreviously: [film]",
                "notion_database_id: \(Scenario.film)\ngoogle_calendar_id: \(calendar)",
            ] {
                try scenario.write(
                    "prefix: club\nname: Film club\nsync_enabled: true\n\(line)\n",
                    to: "orgs.d/club.yaml"
                )
                let applied = await scenario.apply()
                #expect(applied.status(of: "club") == "error" && applied.status(of: "acm") == "no_changes")
                #expect(applied.output.contains("film.yaml has a mistake"), "\(applied.output)")
            }
            #expect(scenario.writes == before)
            // Its prefix is readable again, and what it means is still its own.
            try scenario.declare("film", database: Scenario.film, more: "timezon: America/Phoenix")
            let known = await scenario.plan("club")
            #expect(known.status(of: "club") == "error", "\(known.output)")
            #expect(await scenario.stored("film") != nil)
            // With the state, only the mark of the calendar tells.
            try scenario.deleteState()
            try scenario.spoil("film", with: Self.unreadable)
            try scenario.write(
                "prefix: club\nname: Film club\nsync_enabled: true\nnotion_database_id: \(Scenario.film)\n",
                to: "orgs.d/club.yaml"
            )
            let lost = await scenario.apply("club")
            #expect(lost.status(of: "club") == "error", "\(lost.output)")
            #expect(scenario.writes == before)
        }
    }

    @Test func `undo and rebuild leave an organization alone whose file has a mistake`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.spoil("film", with: "timezon: America/Phoenix")
            let rebuilt = await scenario.reconcile("state", "rebuild", "--format", "json")
            #expect(
                rebuilt.code == 1 && rebuilt.status(of: "film") == "error" && rebuilt.status(of: "acm") == "rebuilt"
            )
            #expect(await scenario.stored("film")?["link_count"] as? Int == 2)
            let undone = await scenario.reconcile("undo", "1", "--auto-approve", "--format", "json")
            #expect(undone.code == 1 && undone.status(of: "film") == "error", "\(undone.output)")
            #expect(undone.output.contains("unknown key"))
            try scenario.expectEvents(2, "film")
            #expect(try scenario.events("acm").isEmpty)
        }
    }

    @Test func `the service begins with the others, and does not deny the broken one`() async throws {
        try await Scenario.withFilm { scenario in
            await scenario.expectApplied()
            try scenario.spoil("film", with: Self.unreadable)
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await service.get("/api/calendar/acm/events").status == 200)
                let answer = try await service.get("/api/calendar/film/events.ics")
                #expect(answer.status == 503 && answer.text.contains("mistake"), "\(answer.text)")
                #expect(try await service.post("/api/calendar/film/sync").status == 503)
                #expect(try await service.get("/api/calendar/nobody/events").status == 404)
                #expect(try await service.post("/api/calendar/sync-all").status == 200)
                try await service.waitUntil { service.log.text.contains("orgs.d/film.yaml:7:25: not valid YAML") }
                #expect(try await service.get("/").text.contains("1 mistake"))
                try scenario.declare("film", database: Scenario.film)
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("taken over: added film") }
                #expect(try await service.get("/api/calendar/film/events").status == 200)
                // From now on there is something to keep.
                try scenario.spoil("film", with: Self.unreadable)
                try scenario.declare("acm", database: scenario.database, more: "sync_interval: 30m")
                service.clock.advance(by: .seconds(5))
                try await service.waitUntil { service.log.text.contains("changed acm") }
                #expect(try await service.get("/api/calendar/film/events").status == 200)
                #expect(try await service.post("/api/calendar/film/sync").status == 200)
            }
        }
    }
}
