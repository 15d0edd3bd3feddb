import Emulation
import Foundation
import Testing

/// Runs without a common state, and marks that anybody can copy: one calendar, or an error that says what to do.
struct FirstRunTests {
    private static let account = World.serviceAccount

    private static func create(
        _ scenario: Scenario,
        id: String,
        owner: String = account,
        role: AccessRole? = nil
    ) throws {
        try scenario.emulator.withWorld { world in
            world.addCalendar(
                "ACM Events",
                timeZone: "America/Phoenix",
                description: Scenario.mark("acm", scenario.database),
                owner: owner,
                id: id
            )
            if let role {
                world.share(id, with: account, as: role)
                world.list(id, for: account)
            }
        }
    }

    private static let other = "another@group.calendar.google.com"

    @Test(arguments: [false, true])
    func `a calendar that another run makes at the same moment stops both before the first event`(
        isAnswerLost: Bool
    ) async throws {
        try await Scenario.run(pages: 3) { scenario in
            if isAnswerLost {
                scenario.emulator.add(
                    Fault(.resetAfter, .first(count: 1), api: "google", method: "POST", path: "/calendars$/")
                )
            }
            scenario.emulator.beforeNext("POST", "/calendar/v3/calendars") { emulator in
                _ = try? emulator.withWorld { world in
                    world.addCalendar(
                        "ACM Events",
                        description: Scenario.mark("acm", scenario.database),
                        id: Self.other
                    )
                }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            let calendars = try scenario.markedCalendars().keys.sorted()
            #expect(calendars.count == 2)
            #expect(try calendars.allSatisfy { try scenario.events(in: $0).isEmpty })
            // In every later run too, with the state and without it.
            for isStateLost in [false, true] {
                if isStateLost { try scenario.deleteState() }
                let plan = await scenario.plan()
                #expect(plan.code == 1)
                for part in calendars + ["google_calendar_id: "] {
                    #expect(plan.message?.contains(part) == true, "\(plan.output)")
                }
                #expect(await scenario.apply().code == 1)
                #expect(try calendars.allSatisfy { try scenario.events(in: $0).isEmpty })
            }
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(Self.other)")
            await scenario.expectApplied()
            try scenario.expectEvents(3, in: Self.other)
            #expect(try scenario.markedCalendars().keys.sorted() == calendars)
            await scenario.expectConverged()
        }
    }

    @Test func `three runs without a common state make one calendar's events, not three`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let first = try #require(try scenario.calendar())
            // The other two saw an empty list.
            try Self.create(scenario, id: "second@group.calendar.google.com")
            try Self.create(scenario, id: Self.other)
            let before = scenario.writes
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            for id in [first, Self.other, "second@group.calendar.google.com", "google_calendar_id: \(first)"] {
                #expect(applied.message?.contains(id) == true, "\(applied.output)")
            }
            #expect(scenario.writes == before)
            // The one to keep need not be the one that is linked.
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(Self.other)")
            await scenario.expectApplied()
            try scenario.expectEvents(3, in: Self.other)
            try scenario.expectEvents(3, in: first)
            await scenario.expectConverged()
        }
    }

    @Test func `the list is read once for all organizations of a run`() async throws {
        let film = "22222222-2222-4222-8222-222222222222"
        try await Scenario.run(
            pages: 3,
            build: { world, _ in world.addPage(9, to: world.addDatabase("Film", id: film)) }
        ) { scenario in
            try scenario.declare("film", database: film)
            await scenario.expectApplied()
            let before = scenario.emulator.requests.entries.count
            #expect(await scenario.plan().code == 0)
            let requests = scenario.emulator.requests.entries.dropFirst(before)
            #expect(requests.count { $0.route.contains("calendarList") } == 1)
        }
    }

    @Test(arguments: [AccessRole.reader, .writer, .owner])
    func `a calendar that somebody else marked is not taken, and stops the creation`(role: AccessRole) async throws {
        let ada = "ada@example.edu"
        try await Scenario.run(pages: 3, build: { world, _ in world.addPerson(ada) }) { scenario in
            try Self.create(scenario, id: Self.other, owner: ada, role: role)
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            for part in [Self.other, ada, "google_calendar_id: \(Self.other)"] {
                #expect(applied.message?.contains(part) == true, "\(applied.output)")
            }
            #expect(scenario.writes == 0)
            #expect(try scenario.events(in: Self.other).isEmpty)
            guard role >= .writer else { return }
            // The declaration may name it all the same.
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(Self.other)")
            await scenario.expectApplied()
            try scenario.expectEvents(3, in: Self.other)
            await scenario.expectConverged()
        }
    }

    @Test func `a copied mark disturbs nobody who has a calendar`() async throws {
        let ada = "ada@example.edu"
        try await Scenario.run(pages: 3, build: { world, _ in world.addPerson(ada) }) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try Self.create(scenario, id: Self.other, owner: ada, role: .owner)
            await scenario.expectConverged()
            try scenario.deleteState()
            let before = scenario.writes
            await scenario.expectApplied()
            #expect(scenario.writes == before)
            try scenario.expectEvents(3, in: calendar)
            await scenario.expectConverged()
        }
    }

    @Test func `setup says that there are two calendars`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                scenario.emulator.beforeNext("POST", "/calendar/v3/calendars") { emulator in
                    _ = try? emulator.withWorld { world in
                        let mark = Scenario.mark("acm", scenario.database)
                        return world.addCalendar("ACM Events", description: mark, id: Self.other)
                    }
                }
                let answer = try await service.post("/api/calendar/acm/setup")
                #expect(answer.status == 502, "\(answer.text)")
            }
        }
    }
}
