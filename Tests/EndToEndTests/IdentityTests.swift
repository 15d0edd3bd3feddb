import Emulation
import Testing

/// Every page has one event, whatever stands under its id, and nobody else's event is touched.
struct IdentityTests {
    /// What may have the id of a new page's event at the moment of the insert.
    enum Occupant: String, CaseIterable {
        case deletedOurs, deletedUnmarked, liveOurs, stranger, burnt

        var marks: [String: String] {
            switch self {
            case .deletedOurs, .liveOurs: ["notionPageId": World.page(50), "reconcileOrg": "acm"]
            case .deletedUnmarked, .stranger, .burnt: [:]
            }
        }

        /// Whether the event of the page gets the id all the same.
        var yields: Bool { self != .stranger && self != .burnt }

        func occupy(_ world: inout World, calendar: String) {
            let start = "2027-05-05T09:00:00-07:00"
            let id = World.eventID(50)
            guard world.addEvent(to: calendar, "Occupant", start: start, marks: marks, id: id) != nil else { return }
            world.editEvent(id, of: calendar) { event in
                switch self {
                case .deletedOurs, .deletedUnmarked: event.fields["status"] = "cancelled"
                case .burnt: (event.fields["status"], event.isPurged) = ("cancelled", true)
                case .liveOurs, .stranger: break
                }
            }
        }
    }

    @Test(arguments: Occupant.allCases, [false, true])
    func `an id that is taken yields one event of the page`(occupant: Occupant, isSeenInTime: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { world in
                world.addPage(50, to: scenario.database)
                if isSeenInTime { occupant.occupy(&world, calendar: calendar) }
            }
            if !isSeenInTime {
                scenario.emulator.beforeNext("POST", "/calendar/v3/calendars/") { emulator in
                    _ = try? emulator.withWorld { occupant.occupy(&$0, calendar: calendar) }
                }
            }
            await scenario.expectApplied()
            let event = try scenario.event(of: 50)
            #expect(event.summary == "Event 50")
            #expect(event.id == World.eventID(50) + (occupant.yields ? "" : "s1"))
            #expect(
                try scenario.events()[World.eventID(50)]?.summary
                    == (occupant.yields ? "Event 50" : occupant == .stranger ? "Occupant" : nil)
            )
            #expect(try scenario.events().count == (occupant == .stranger ? 5 : 4))
            await scenario.expectConverged()
        }
    }

    @Test func `a stranger under our id is named in a warning`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { world in
                world.addPage(50, to: scenario.database)
                Occupant.stranger.occupy(&world, calendar: calendar)
            }
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.warnings == ["event_id_taken"])
        }
    }

    @Test func `a deleted event whose trash is emptied meanwhile gets a successor`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let calendar = try #require(try scenario.calendar())
            try scenario.editEvent(of: 1) { $0.fields["status"] = "cancelled" }
            scenario.emulator.beforeNext("PATCH", "/calendar/v3/calendars/") { emulator in
                _ = try? emulator.withWorld { $0.editEvent(World.eventID(1), of: calendar) { $0.isPurged = true } }
            }
            #expect(await scenario.plan().changes.map(\.reason) == ["revived"])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).id == "\(World.eventID(1))s1")
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [false, true])
    func `a copy is removed and the first event stays`(isStateLost: Bool) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.duplicateEvent(of: 1)
            if isStateLost { try scenario.deleteState() }
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.deletes.map(\.reason) == ["duplicate"])
            await scenario.expectApplied()
            #expect(try scenario.event(of: 1).id == World.eventID(1))
            await scenario.expectConverged()
        }
    }

    @Test func `a list that lags behind makes no second event`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let before = try scenario.events().mapValues(\.etag)
            scenario.set { $0.staleListsSince = World.epoch }
            // Each linked event is looked at by itself.
            #expect(await scenario.plan().changes.isEmpty)
            await scenario.expectApplied()
            #expect(try scenario.events().mapValues(\.etag) == before)
            scenario.set { $0.staleListsSince = nil }
            await scenario.expectConverged()
        }
    }

    @Test func `an instance of a series is no duplicate, though it carries the mark`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let instance = try scenario.addEvent(
                "Event 1, moved to the garden",
                marks: ["notionPageId": World.page(1), "reconcileOrg": "acm"],
                fields: ["recurringEventId": .string(World.eventID(1))]
            )
            #expect(await scenario.plan().changes.isEmpty)
            await scenario.expectConverged()
            #expect(try scenario.events()[instance] != nil)
        }
    }

    /// A calendar that the predecessor filled: its events carry one mark and ids that Google made.
    private static let old = "old@group.calendar.google.com"

    private static func fill(_ world: inout World, title: String) throws {
        world.addCalendar("Old calendar", timeZone: "America/Phoenix", id: old)
        let marks = ["notionPageId": World.page(0)]
        try #require(
            world.addEvent(to: old, title, start: "2027-01-01T10:00:00-07:00", marks: marks, id: "serversown26digits")
                != nil
        )
    }

    @Test func `events of the predecessor are taken over as they are`() async throws {
        try await Scenario.run(
            pages: 1,
            declaration: "google_calendar_id: \(Self.old)",
            build: { world, _ in try Self.fill(&world, title: "Event 0") }
        ) { scenario in
            let plan = await scenario.plan()
            #expect(plan.code == 0, "\(plan.output)")
            #expect(plan.changes.map(\.action) == ["adopt"])
            await scenario.expectApplied()
            #expect(scenario.writes == 0)
            await scenario.expectConverged()
        }
    }

    @Test func `a linked event stays, also where a copy has the page's own id`() async throws {
        try await Scenario.run(
            pages: 1,
            declaration: "google_calendar_id: \(Self.old)",
            build: { world, _ in try Self.fill(&world, title: "Event 0") }
        ) { scenario in
            await scenario.expectApplied()
            let marks = ["notionPageId": World.page(0), "reconcileOrg": "acm"]
            try scenario.emulator.withWorld { world in
                let start = "2027-01-01T10:00:00-07:00"
                _ = world.addEvent(to: Self.old, "Event 0", start: start, marks: marks, id: World.eventID(0))
            }
            #expect(await scenario.plan().deletes.map(\.event) == [World.eventID(0)])
            await scenario.expectApplied()
            let events = try scenario.emulator.withWorld { $0.google.calendars[Self.old]?.liveEvents ?? [] }
            #expect(events.map(\.id) == ["serversown26digits"])
            await scenario.expectConverged()
        }
    }

    @Test func `an event of the predecessor that differs is changed, not made again`() async throws {
        try await Scenario.run(
            pages: 1,
            declaration: "google_calendar_id: \(Self.old)",
            build: { world, _ in try Self.fill(&world, title: "Another title") }
        ) { scenario in
            let plan = await scenario.plan()
            #expect(plan.changes.map(\.action) == ["update"])
            #expect(plan.changes.map(\.reason) == ["adopted"])
            #expect(plan.changes.first?.fields == ["summary"])
            await scenario.expectApplied()
            let events = try scenario.emulator.withWorld { $0.google.calendars[Self.old]?.liveEvents ?? [] }
            #expect(events.map(\.id) == ["serversown26digits"])
            #expect(events.first?.marks["reconcileOrg"] == "acm")
            await scenario.expectConverged()
        }
    }
}
