import Emulation
import Testing

/// Lists that do not have, for a while, what is there.
struct LaggingListTests {
    private static func empty(_ kind: String, _ path: String, times: Int) -> Fault {
        let body = #"{"kind":"\#(kind)","nextSyncToken":"later","items":[]}"#
        return Fault(
            .respond(status: 200, body: body, headers: ["Content-Type": "application/json"]),
            .first(count: times),
            api: "google",
            method: "GET",
            path: path
        )
    }

    @Test func `a linked event that a list does not have is looked at, and not made again`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            // An event of the predecessor has an id of its own, which an insert would not collide with.
            try scenario.addEvent("Event 5", marks: ["notionPageId": World.page(5)], id: "predecessor1")
            _ = try scenario.emulator.withWorld { world in world.addPage(5, to: scenario.database) }
            await scenario.expectApplied()
            #expect(try scenario.event(of: 5).id == "predecessor1")

            let before = scenario.writes
            scenario.emulator.add(Self.empty("calendar#events", "/events$/", times: 1))
            let plan = await scenario.plan()
            #expect(plan.changes.isEmpty, "\(plan.output)")
            scenario.emulator.add(Self.empty("calendar#events", "/events$/", times: 1))
            #expect(await scenario.apply().code == 0)
            #expect(scenario.writes == before)
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar whose creation was not answered is waited for by the next run too`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let creation = Fault(.resetAfter, .first(count: 1), api: "google", method: "POST", path: "/calendars$/")
            scenario.emulator.add(creation)
            // The search before, that after the lost answer, and the next run's first two looks.
            scenario.emulator.add(Self.empty("calendar#calendarList", "/calendarList$/", times: 8))
            #expect(await scenario.apply().code == 1)
            let applied = await scenario.apply()
            // The first run made it.
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.changes.map(\.outcome) == ["unchanged", "applied"])
            let calendars = try scenario.emulator.withWorld { world in
                world.google.calendars.values.count { $0.description?.contains("reconcile: organization") == true }
            }
            #expect(calendars == 1)
            await scenario.expectConverged()
        }
    }

    /// Setup marks with the id that is declared, and a run with that of the database.
    @Test func `so is one that setup made for a data source's id`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let source = try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.dataSources.first }
            try scenario.declare("acm", database: try #require(source))
            let creation = Fault(.resetAfter, .first(count: 1), api: "google", method: "POST", path: "/calendars$/")
            scenario.emulator.add(creation)
            scenario.emulator.add(Self.empty("calendar#calendarList", "/calendarList$/", times: 8))
            let setup = try await scenario.serving { service in
                try await service.lettingTimePass { try await service.post("/api/calendar/acm/setup") }
            }
            #expect(setup.status == 502, "\(setup.text)")
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            #expect(try scenario.markedCalendars().count == 1)
            // Where the run found it before it looked for a creation, it has written the mark anew; else the next one does.
            await scenario.expectApplied()
            #expect(try scenario.markedCalendars().values.sorted() == [Scenario.mark("acm", scenario.database)])
            await scenario.expectConverged()
        }
    }
}
