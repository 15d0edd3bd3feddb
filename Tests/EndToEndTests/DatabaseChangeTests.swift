import Emulation
import Foundation
import Testing

/// Clubs copy their database every year: one stated way keeps the calendar, and nothing else lets go of the first database.
struct DatabaseChangeTests {
    private static let copy = "33333333-3333-4333-8333-333333333333"
    private static let given = "given@group.calendar.google.com"

    /// ACM with eight pages, and a copy of its database in which some of them are found again.
    private static func run(
        copied: Range<Int> = 2..<8,
        declaration: String = "",
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: 8,
            declaration: declaration,
            build: { world, _ in
                world.addCalendar("Given", id: given)
                world.addDatabase("ACM events (copy)", id: copy)
                for number in copied { world.addCopy(of: number, to: copy) }
                world.addPage(60, to: copy, title: "New this year")
            }
        ) { scenario in
            await scenario.expectApplied()
            try await body(scenario)
        }
    }

    private static let allowed = ["--allow-database-change", "acm"]

    @Test(arguments: [false, true], [false, true])
    func `another database is an error that leads to the one way`(isGiven: Bool, isForgotten: Bool) async throws {
        let more = isGiven ? "google_calendar_id: \(Self.given)" : ""
        try await Self.run(declaration: more) { scenario in
            if isForgotten {
                #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            }
            try scenario.declare("acm", database: Self.copy, more: more)
            let before = scenario.writes
            let rebuilt = await scenario.reconcile("state", "rebuild")
            #expect(rebuilt.code == 1)
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                for part in [scenario.database, Self.copy, "--allow-database-change acm"] {
                    #expect(ran.message?.contains(part) == true, "\(ran.output)")
                }
                #expect(!ran.output.contains("state forget") && !ran.output.contains("another prefix"))
            }
            #expect(scenario.writes == before)
        }
    }

    @Test(arguments: [false, true])
    func `where the organization is on hold, the one way names the release as well`(isSource: Bool) async throws {
        try await Self.run { scenario in
            try scenario.retitle(1, "Renamed")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            if isSource {
                try scenario.emulator.withWorld { _ = $0.addDataSource(to: scenario.database, "Next year") }
                try scenario.declare("acm", database: scenario.database, more: "data_source: Next year")
            } else {
                try scenario.declare("acm", database: Self.copy)
            }
            let plan = await scenario.plan("--release", "acm")
            #expect(plan.code == 1, "\(plan.output)")
            let line = try #require(plan.message?.firstMatch(of: /`reconcile (plan [^`]*)`/)?.1, "\(plan.output)")
            #expect(line == "plan acm --allow-database-change acm --release acm")
            let shown = await scenario.reconcile(line.split(separator: " ").map(String.init) + ["--format", "json"])
            #expect(shown.changes.contains { $0.reason == "database_changed" }, "\(shown.output)")
        }
    }

    @Test(arguments: [false, true], [false, true])
    func `events that are certainly the same are kept, the others replaced`(
        isGiven: Bool,
        isStateLost: Bool
    ) async throws {
        let more = isGiven ? "google_calendar_id: \(Self.given)" : ""
        try await Self.run(declaration: more) { scenario in
            let calendar = isGiven ? Self.given : try #require(try scenario.calendar())
            let before = try scenario.events(in: calendar)
            if isStateLost { try scenario.deleteState() }
            try scenario.declare("acm", database: Self.copy, more: more)

            let plan = await scenario.plan(Self.allowed)
            #expect(plan.code == 2, "\(plan.output)\(plan.errors)")
            let events = plan.changes.filter { $0.resource == "event" }
            #expect(
                events.filter { $0.action == "update" }.map(\.reason) == Array(repeating: "database_changed", count: 6)
            )
            #expect(events.filter { $0.action == "update" }.allSatisfy { $0.fields == ["notion_page_id"] })
            #expect(plan.deletes.map(\.title).sorted() == ["Event 0", "Event 1"])
            #expect(Set(plan.deletes.map(\.reason)) == ["database_changed"])
            #expect(events.filter { $0.action == "create" }.map(\.title) == ["New this year"])
            #expect(
                plan.changes.filter { $0.resource == "calendar" }.map(\.reason) == (isGiven ? [] : ["database_changed"])
            )
            #expect(plan.warnings.contains("database_changed"))

            await scenario.expectApplied(arguments: Self.allowed)
            let after = try scenario.events(in: calendar)
            #expect(after.count == 7)
            for number in 2..<8 {
                #expect(after[World.copied(number)]?.id == before[World.page(number)]?.id)
            }
            if !isGiven { #expect(try scenario.markedCalendars()[calendar] == Scenario.mark("acm", Self.copy)) }
            // From now on it is the organization's database.
            await scenario.expectConverged()
            try scenario.deleteState()
            let writes = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == writes)
            await scenario.expectConverged()
        }
    }

    /// A rebuild must not make the guard believe that it always was the other one.
    @Test(arguments: [false, true], [false, true])
    func `a rebuild from nothing does not take another database for the first`(
        isGiven: Bool,
        isMarked: Bool
    ) async throws {
        let more = isGiven ? "google_calendar_id: \(Self.given)" : ""
        try await Self.run(declaration: more) { scenario in
            let calendar = isGiven ? Self.given : try #require(try scenario.calendar())
            if !isMarked { try scenario.unmarkDatabase(in: calendar) }
            try scenario.deleteState()
            try scenario.declare("acm", database: Self.copy, more: more)
            let rebuilt = await scenario.reconcile("state", "rebuild")
            #expect(rebuilt.code == 1)
            #expect((rebuilt.output + rebuilt.errors).contains("--allow-database-change acm"))
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.message?.contains("--allow-database-change acm") == true, "\(applied.output)")
            try scenario.expectEvents(8, in: calendar)
        }
    }

    @Test func `a single event of another database is no other database`() async throws {
        let more = "google_calendar_id: \(Self.given)"
        try await Self.run(declaration: more) { scenario in
            let marks = [
                "notionPageId": World.page(900), "reconcileOrg": "acm",
                "reconcileDatabase": "99999999-9999-4999-8999-999999999999",
            ]
            try scenario.emulator.withWorld { world in
                _ = world.addEvent(to: Self.given, "Stray", start: "2027-05-05", marks: marks)
            }
            try scenario.deleteState()
            for arguments in [[], Self.allowed] {
                let plan = await scenario.plan(arguments)
                #expect(plan.code == 0, "\(plan.output)")
                #expect(plan.deletes.isEmpty)
            }
        }
    }

    /// A calendar given by its id carries no mark, and events of older versions do not name their database.
    @Test(arguments: [false, true])
    func `without a state the events tell which database they came from`(isMarked: Bool) async throws {
        let more = "google_calendar_id: \(Self.given)"
        try await Self.run(declaration: more) { scenario in
            if !isMarked { try scenario.unmarkDatabase(in: Self.given) }
            try scenario.deleteState()
            try scenario.declare("acm", database: Self.copy, more: more)
            let before = scenario.writes
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            for part in [scenario.database, Self.copy, "--allow-database-change acm"] {
                #expect(applied.message?.contains(part) == true, "\(applied.output)")
            }
            #expect(scenario.writes == before)
            await scenario.expectApplied(arguments: Self.allowed)
            try scenario.expectEvents(7, in: Self.given)
            await scenario.expectConverged()
        }
    }

    @Test func `what the limit holds back is not forgotten, and the change is not done before`() async throws {
        try await Self.run(copied: 7..<8) { scenario in
            try scenario.declare("acm", database: Self.copy)
            let blocked = await scenario.apply(Self.allowed)
            #expect(blocked.code == 1 && blocked.status == "blocked")
            #expect(blocked.changes.count { $0.isBlocked } == 7)
            #expect(try scenario.markedCalendars().values.contains(Scenario.mark("acm", scenario.database)))
            // Not done: the same is asked once more.
            #expect(await scenario.plan().message?.contains("--allow-database-change acm") == true)
            await scenario.expectApplied(arguments: Self.allowed + ["--allow-deletes", "acm:7"])
            try scenario.expectEvents(2)
            #expect(try scenario.markedCalendars().values.contains(Scenario.mark("acm", Self.copy)))
            await scenario.expectConverged()
        }
    }

    @Test func `a title that comes twice is not certain`() async throws {
        try await Scenario.run(
            pages: 0,
            build: { world, database in
                for number in [1, 2] { world.addPage(number, to: database, title: "Twin", at: "2027-03-01") }
                world.addDatabase("Copy", id: Self.copy)
                for number in [11, 12] { world.addPage(number, to: Self.copy, title: "Twin", at: "2027-03-01") }
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: Self.copy)
            let plan = await scenario.plan(Self.allowed)
            #expect(
                plan.changes.filter { $0.resource == "event" }.map(\.action).sorted() == [
                    "create", "create", "delete", "delete",
                ]
            )
            await scenario.expectApplied(arguments: Self.allowed)
            try scenario.expectCalendar(holds: 2)
            await scenario.expectConverged()
        }
    }

    @Test func `an undo gives the events back to the pages that they had`() async throws {
        try await Self.run { scenario in
            let before = try scenario.events().mapValues(\.page)
            try scenario.declare("acm", database: Self.copy)
            await scenario.expectApplied(arguments: Self.allowed)
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(try scenario.events().mapValues(\.page) == before)
            // What was allowed was taken back with it.
            let writes = scenario.writes
            let released = await scenario.apply("--release", "acm")
            #expect(released.code == 1, "\(released.output)")
            #expect(released.message?.contains("--allow-database-change acm") == true, "\(released.output)")
            #expect(scenario.writes == writes)
            let again = await scenario.apply(["--release", "acm"] + Self.allowed)
            #expect(again.code == 0, "\(again.output)")
            #expect(try Set(scenario.events().keys).intersection(before.keys).count == 6)
            try scenario.expectEvents(7)
            await scenario.expectConverged()
        }
    }

    @Test func `after an undo the first database goes on as if nothing had been`() async throws {
        try await Self.run { scenario in
            let before = try scenario.events().mapValues(\.page)
            try scenario.declare("acm", database: Self.copy)
            await scenario.expectApplied(arguments: Self.allowed)
            #expect(await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json").code == 0)
            try scenario.declare("acm", database: scenario.database)
            // The calendar's mark names the other one: to write it anew is to change the database, too.
            let back = await scenario.apply(["--release", "acm"] + Self.allowed)
            #expect(back.code == 0, "\(back.output)")
            #expect(try scenario.events().mapValues(\.page) == before)
            await scenario.expectConverged()
        }
    }

    @Test func `an undo takes the permission for another data source back as well`() async throws {
        try await Scenario.run(pages: 3, declaration: "data_source: Events") { scenario in
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                let old = world.notion.databases[scenario.database]?.dataSources.first ?? ""
                world.notion.dataSources[old]?.name = "Events 2026"
                let properties = world.notion.dataSources[old]?.properties ?? []
                let other = world.addDataSource(to: scenario.database, "Events", properties: properties)
                for page in 0..<3 {
                    let (title, id) = ("Event \(page)", World.page(40 + page))
                    let date = String(format: "2027-01-%02dT10:00:00.000-07:00", page + 1)
                    world.addPage(to: other, title: title, date: date, id: id)
                }
            }
            let before = try scenario.events().mapValues(\.page)
            await scenario.expectApplied(arguments: Self.allowed)
            #expect(await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json").code == 0)
            #expect(try scenario.events().mapValues(\.page) == before)
            let writes = scenario.writes
            let released = await scenario.apply("--release", "acm")
            #expect(released.message?.contains("--allow-database-change acm") == true, "\(released.output)")
            #expect(scenario.writes == writes)
            #expect(await scenario.apply(["--release", "acm"] + Self.allowed).code == 0)
            try scenario.expectEvents(3)
        }
    }

    // MARK: - Data sources

    @Test(arguments: [false, true])
    func `a second data source beside the linked one stops nothing`(isNamedAlike: Bool) async throws {
        try await Scenario.run(pages: 3, declaration: isNamedAlike ? "data_source: Events" : "") { scenario in
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                _ = world.addDataSource(to: scenario.database, isNamedAlike ? "Events" : "Archive")
            }
            await scenario.expectConverged()
            try scenario.retitle(1, "Edited")
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).summary == "Edited")
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.get("/api/calendar/acm/events")
                #expect(answer.status == 200)
            }
        }
    }

    enum Loss: String, CaseIterable {
        case none, forgotten, lost, rebuilt
    }

    @Test(arguments: Loss.allCases)
    func `another data source under the declared name is an error that names both`(loss: Loss) async throws {
        try await Scenario.run(pages: 3, declaration: "data_source: Events") { scenario in
            await scenario.expectApplied()
            let (old, new) = try scenario.emulator.withWorld { world in
                let old = world.notion.databases[scenario.database]?.dataSources.first ?? ""
                world.notion.dataSources[old]?.name = "Events 2026"
                let new = world.addDataSource(to: scenario.database, "Events")
                world.addPage(to: new, title: "Event 0", date: "2027-01-01T10:00:00.000-07:00", id: World.page(40))
                return (old, new)
            }
            switch loss {
            case .none: break
            case .forgotten:
                #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            case .lost: try scenario.deleteState()
            case .rebuilt:
                try scenario.deleteState()
                #expect(await scenario.reconcile("state", "rebuild").code == 1)
            }
            let before = scenario.writes
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                for part in [old, new, "data_source: \(old)"] {
                    #expect(ran.message?.contains(part) == true, "\(ran.output)")
                }
                #expect(ran.deletes.isEmpty)
            }
            #expect(await scenario.reconcile("state", "rebuild").code == 1)
            #expect(scenario.writes == before)
            guard loss == .none || loss == .forgotten else { return }
            try await ServiceScenario.run(in: scenario) { service in
                // What was published last, and nothing of the other one.
                let answer = try await service.get("/api/calendar/acm/events")
                #expect(answer.status == 200)
                #expect(answer.json["total_events"] as? Int == 3)
            }
            await scenario.expectApplied(arguments: Self.allowed)
            #expect(try scenario.event(of: 40).id == World.eventID(0))
            try scenario.expectCalendar(holds: 1)
            await scenario.expectConverged()
        }
    }
}

extension World {
    static func copied(_ number: Int) -> String { page(number + 1_000) }

    /// What Notion makes of a page when its database is duplicated: the same under another id.
    mutating func addCopy(of number: Int, to parent: String) {
        let date = String(format: "2027-01-%02dT10:00:00.000-07:00", 1 + number)
        _ = addPage(to: parent, title: "Event \(number)", date: date, id: Self.copied(number))
    }

    fileprivate mutating func addPage(_ number: Int, to parent: String, title: String, at date: String) {
        _ = addPage(to: parent, title: title, date: date, id: Self.page(number))
    }
}

extension Scenario {
    /// Takes the database out of the marks of events, as older versions wrote them.
    fileprivate func unmarkDatabase(in calendar: String) throws {
        try emulator.withWorld { world in
            for event in world.google.calendars[calendar]?.liveEvents ?? [] {
                let marks: JSONValue = ["notionPageId": .string(event.page ?? ""), "reconcileOrg": "acm"]
                world.editEvent(event.id, of: calendar) { $0.fields["extendedProperties"] = ["private": marks] }
            }
        }
    }

    fileprivate func plan(_ arguments: [String]) async -> Ran {
        await reconcile(["plan", "--format", "json", "--detailed-exitcode"] + arguments)
    }

    fileprivate func expectApplied(arguments: [String], at location: Testing.SourceLocation = #_sourceLocation) async {
        let applied = await apply(arguments)
        #expect(applied.code == 0, "\(applied.output)\(applied.errors)", sourceLocation: location)
        #expect(applied.changes.allSatisfy { $0.outcome == "applied" }, "\(applied.output)", sourceLocation: location)
    }
}
