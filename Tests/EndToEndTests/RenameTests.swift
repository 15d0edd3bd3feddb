import Emulation
import Foundation
import GRDB
import Testing

/// A prefix may change: the database tells whose the calendar, the links and the events of the old one are.
struct RenameTests {
    private static let given = "given@group.calendar.google.com"

    @Test(arguments: [false, true], ["", "previously: [acm]"])
    func `a renamed organization keeps its calendar by one update of the mark`(
        isStateLost: Bool,
        previously: String
    ) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            let events = try scenario.events(in: calendar)
            let id = await scenario.stored("acm")?["id"] as? Int
            if isStateLost { try scenario.deleteState() }
            try scenario.rename("acm", to: "asu", more: previously)

            let plan = await scenario.plan()
            #expect(plan.code == 2, "\(plan.output)\(plan.errors)")
            let updates = plan.changes.filter { $0.action != "adopt" }
            #expect(updates.map(\.resource) == ["calendar"] && updates.map(\.action) == ["update"])
            #expect(updates.map(\.reason) == ["renamed"] && updates.first?.fields == ["description"])
            #expect(plan.changes.count == (isStateLost ? 4 : 1))
            #expect(plan.warnings.filter { $0 != "state_unknown" } == ["organization_renamed"])

            let before = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == before + 1)
            #expect(try scenario.markedCalendars() == [calendar: Scenario.mark("asu", scenario.database)])
            #expect(try scenario.events(in: calendar).mapValues(\.etag) == events.mapValues(\.etag))
            await scenario.expectConverged()
            #expect(await scenario.stored("asu")?["link_count"] as? Int == 3)
            if !isStateLost {
                #expect(await scenario.stored("asu")?["id"] as? Int == id)
                #expect(await scenario.stored("acm") == nil)
            }
        }
    }

    @Test func `journal, hold and undo go along`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Edited")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            try scenario.rename("acm", to: "asu")
            #expect(await scenario.plan().status(of: "asu") == "skipped")
            await scenario.expectApplied("--release", "asu")
            #expect(try scenario.event(of: 1, "asu").summary == "Edited")
            await scenario.expectConverged()
            let undone = await scenario.reconcile("undo", "4", "--auto-approve", "--format", "json")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(try scenario.event(of: 1, "asu").summary == "Event 1")
        }
    }

    @Test func `an undo under the new prefix takes back what was done under the old one`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(1, "Edited")
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.rename("acm", to: "asu")
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(try scenario.events(in: calendar)[World.page(1)]?.summary == "Event 1")
            #expect(await scenario.plan().status(of: "asu") == "skipped")
        }
    }

    @Test(arguments: [false, true])
    func `a run that is killed before the mark was written goes on`(isStateLost: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            if isStateLost { try scenario.deleteState() }
            try scenario.rename("acm", to: "asu")
            scenario.emulator.add(Fault(.respond(status: 400), .first(count: 1), method: "PATCH", path: "/calendars/"))
            #expect(await scenario.apply().code == 1)
            #expect(await scenario.plan().changes.filter { $0.action != "adopt" }.map(\.reason) == ["renamed"])
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars() == [calendar: Scenario.mark("asu", scenario.database)])
            await scenario.expectConverged()
            // And back again.
            try scenario.rename("asu", to: "acm")
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars() == [calendar: Scenario.mark("acm", scenario.database)])
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true], [false, true])
    func `with a calendar given by id, pages trashed meanwhile take their events along`(
        isStateLost: Bool,
        isSettled: Bool
    ) async throws {
        let more = "google_calendar_id: \(Self.given)"
        try await Scenario.run(
            pages: 6,
            declaration: more,
            build: { world, _ in _ = world.addCalendar("Given", id: Self.given) }
        ) { scenario in
            await scenario.expectApplied()
            if isStateLost { try scenario.deleteState() }
            try scenario.rename("acm", to: "asu", more: more + (isSettled ? "\npreviously: [acm]" : ""))
            try scenario.trash([1])
            let applied = await scenario.expectApplied()
            #expect(applied.deletes.map(\.reason) == ["trashed"])
            try scenario.expectEvents(5, in: Self.given)
            await scenario.expectConverged()
        }
    }

    @Test func `events of an organization that nobody knows stay`() async throws {
        let more = "google_calendar_id: \(Self.given)"
        let film = "22222222-2222-4222-8222-222222222222"
        try await Scenario.run(
            pages: 3,
            declaration: more,
            build: { world, _ in
                world.addCalendar("Given", id: Self.given)
                world.addPage(50, to: world.addDatabase("Film", id: film))
                for (page, title) in [(World.page(50), "Film"), (World.page(99), "Nobody's")] {
                    let marks = ["notionPageId": page, "reconcileOrg": "film"]
                    world.addEvent(to: Self.given, title, start: "2027-06-01T10:00:00-07:00", marks: marks)
                }
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.expectEvents(5, in: Self.given)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `two declarations that could mean it are named, and previously settles it`(isStateLost: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            let source = try scenario.emulator.withWorld { world in
                _ = world.addDataSource(to: scenario.database, "Socials")
                return world.notion.databases[scenario.database]?.dataSources.first
            }
            if isStateLost { try scenario.deleteState() } else { try scenario.forgetDataSource() }
            try scenario.rename("acm", to: "asu", more: "data_source: \(try #require(source))")
            try scenario.declareACM(as: "socials", database: scenario.database, more: "data_source: Socials")
            let before = scenario.writes
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            for prefix in ["asu", "socials"] {
                let message = applied.organizations.first { $0["prefix"] as? String == prefix }?["message"] as? String
                #expect(message?.contains("\"acm\"") == true && message?.contains("asu and socials") == true)
                #expect(message?.contains("previously: [acm]") == true)
            }
            #expect(scenario.writes == before)

            try scenario.declareACM(
                as: "asu",
                database: scenario.database,
                more: "data_source: \(try #require(source))\npreviously: [acm]"
            )
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars()[calendar] == Scenario.mark("asu", scenario.database))
            #expect(try scenario.markedCalendars().count == 2)
            await scenario.expectConverged()
        }
    }

    /// Without asking Notion, setup marks a calendar with the id that the declaration names.
    @Test(arguments: [false, true])
    func `a calendar that was only set up, by the id of a data source, goes along`(isStateLost: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            let source = try #require(
                try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.dataSources.first }
            )
            try scenario.declare("acm", database: source)
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/acm/setup")
                #expect(answer.status == 200, "\(answer.text)")
            }
            let calendar = try #require(try scenario.calendar())
            if isStateLost { try scenario.deleteState() }
            try scenario.rename("acm", to: "asu", database: source)
            let plan = await scenario.plan()
            #expect(
                plan.changes.first?.resource == "calendar" && plan.changes.first?.action == "update",
                "\(plan.output)"
            )
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars() == [calendar: Scenario.mark("asu", scenario.database)])
            try scenario.expectEvents(3, in: calendar)
            await scenario.expectConverged()
        }
    }

    /// Whoever declares the one id and then the other means the same database.
    @Test(arguments: [false, true])
    func `setup finds what setup made, whichever of its ids was declared then`(isDataSourceFirst: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            let source = try #require(
                try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.dataSources.first }
            )
            let ids = isDataSourceFirst ? [source, scenario.database] : [scenario.database, source]
            try scenario.declare("acm", database: ids[0])
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/acm/setup")
                #expect(answer.status == 200, "\(answer.text)")
            }
            try scenario.rename("acm", to: "asu", database: ids[1])
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.post("/api/calendar/asu/setup")
                #expect(answer.status == 200, "\(answer.text)")
            }
            #expect(try scenario.markedCalendars().count == 1)
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars().count == 1)
            await scenario.expectConverged()
        }
    }

    @Test func `the data source that is remembered tells two declarations apart`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { _ = $0.addDataSource(to: scenario.database, "Socials") }
            try scenario.rename("acm", to: "asu", more: "data_source: Events")
            try scenario.declareACM(as: "socials", database: scenario.database, more: "data_source: Socials")
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars()[calendar] == Scenario.mark("asu", scenario.database))
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that an earlier version left behind is told of, and can be chosen`() async throws {
        let old = "old@group.calendar.google.com"
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let second = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { world in
                let mark = Scenario.mark("asu", scenario.database)
                _ = world.addCalendar("ACM Events", timeZone: "America/Phoenix", description: mark, id: old)
            }
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.warnings == ["calendar_of_nobody"])
            let previously = "previously: [asu]"
            try scenario.declareACM(as: "acm", database: scenario.database, more: previously)
            let told = await scenario.plan()
            #expect(told.code == 1 && told.message?.contains(old) == true && told.message?.contains(second) == true)
            let chosen = "\(previously)\ngoogle_calendar_id: \(old)"
            try scenario.declareACM(as: "acm", database: scenario.database, more: chosen)
            await scenario.expectApplied()
            try scenario.expectEvents(3, in: old)
            await scenario.expectConverged()
        }
    }

    /// As a version that did not recognize renamed organizations left it: the state has both, each with its calendar and links.
    @Test func `of two calendars that the state knows the declaration chooses one`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let first = try #require(try scenario.calendar())
            let mark = try scenario.markedCalendars()[first]
            let nobody = "99999999-9999-4999-8999-999999999999"
            try scenario.hide(first, database: nobody)
            try scenario.rename("acm", to: "asu")
            await scenario.expectApplied()
            try scenario.hide(first, database: scenario.database, mark: mark)
            #expect(await scenario.plan().warnings == ["calendar_of_nobody"])

            let previously = "previously: [acm]\ngoogle_calendar_id: \(first)"
            try scenario.declareACM(as: "asu", database: scenario.database, more: previously)
            let events = try scenario.events(in: first).mapValues(\.etag)
            await scenario.expectApplied()
            #expect(try scenario.events(in: first).mapValues(\.etag) == events)
            #expect(try scenario.markedCalendars()[first] == Scenario.mark("asu", scenario.database))
            await scenario.expectConverged()
        }
    }

    /// Two states on one calendar, one of them with declarations of yesterday.
    @Test func `outdated declarations do not rename the calendar back`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            // Elsewhere it was renamed.
            let mark = Scenario.mark("asu", scenario.database)
            try scenario.emulator.withWorld { $0.google.calendars[calendar]?.description = mark }
            let before = scenario.writes
            let applied = await scenario.apply()
            #expect(applied.code == 1 && applied.message?.contains("previously: [asu]") == true)
            #expect(scenario.writes == before)
            try scenario.rename("acm", to: "asu")
            let plan = await scenario.plan()
            #expect(plan.code == 0, "\(plan.output)")
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            await scenario.expectConverged()
        }
    }

    @Test func `another prefix and another database at once are told of before a calendar is created`() async throws {
        let film = "22222222-2222-4222-8222-222222222222"
        try await Scenario.run(
            pages: 3,
            build: { world, _ in world.addPage(50, to: world.addDatabase("Copy", id: film)) }
        ) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.rename("acm", to: "asu", database: film)
            #expect(await scenario.plan().warnings == ["calendar_of_nobody"])
            try scenario.declareACM(as: "asu", database: film, more: "previously: [acm]")
            #expect(await scenario.plan().code == 1)
            await scenario.expectApplied("--allow-database-change", "asu", "--allow-deletes", "asu:3")
            #expect(try scenario.markedCalendars() == [calendar: Scenario.mark("asu", film)])
            try scenario.expectEvents(1, in: calendar)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `rebuild recognizes a renamed organization, and keeps its history`(isStateLost: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let id = await scenario.stored("acm")?["id"] as? Int
            if isStateLost { try scenario.deleteState() }
            try scenario.rename("acm", to: "asu")
            let rebuilt = await scenario.reconcile("state", "rebuild", "--format", "json")
            #expect(rebuilt.code == 0, "\(rebuilt.output)\(rebuilt.errors)")
            #expect(await scenario.stored("asu")?["id"] as? Int == id)
            #expect(await scenario.stored("asu")?["link_count"] as? Int == 3)
            #expect(await scenario.plan().changes.map(\.reason) == ["renamed"])
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }
}

extension Scenario {
    /// Gives the calendar of ACM another mark, and the state another database for it.
    fileprivate func hide(_ calendar: String, database: String, mark: String? = nil) throws {
        try emulator.withWorld { $0.google.calendars[calendar]?.description = mark }
        try DatabaseQueue(path: statePath).write { db in
            let arguments: StatementArguments = [database]
            try db.execute(
                sql: "UPDATE organizations SET notion_database_id = ? WHERE prefix = 'acm'",
                arguments: arguments
            )
            try db.execute(sql: "UPDATE organizations SET data_source_id = NULL WHERE prefix = 'acm'")
        }
    }

    /// As a state of the first schema is: it does not know which data source an organization has.
    fileprivate func forgetDataSource() throws {
        try DatabaseQueue(path: statePath).write { db in
            try db.execute(sql: "UPDATE organizations SET data_source_id = NULL")
        }
    }
}
