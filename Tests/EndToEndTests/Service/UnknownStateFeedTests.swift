import Emulation
import Foundation
import TestSupport
import Testing

/// A service whose state knows nothing of a calendar that is there: subscribers see what it holds all the same.
struct UnknownStateFeedTests {
    enum Loss: CaseIterable {
        case forgotten, lost, rebuilt
    }

    private static let json = "/api/calendar/acm/events"

    private static func lose(_ loss: Loss, _ scenario: Scenario) async throws {
        switch loss {
        case .forgotten: #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
        case .lost: try scenario.deleteState()
        case .rebuilt:
            try scenario.deleteState()
            #expect(await scenario.reconcile("state", "rebuild").code == 0)
        }
    }

    private static func titles(
        _ service: ServiceScenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> [String] {
        let answer = try await service.get(json)
        #expect(answer.status == 200, "\(answer.text)", sourceLocation: location)
        return answer.events.compactMap { $0["title"] as? String }.sorted()
    }

    private static func expectFeedIsCalendar(
        _ count: Int,
        _ service: ServiceScenario,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let shown = try await titles(service, at: location)
        let held = try service.scenario.events().values.compactMap(\.summary).sorted()
        #expect(shown == held, sourceLocation: location)
        #expect(shown.count == count, sourceLocation: location)
    }

    @Test(arguments: Loss.allCases)
    func `pages that the limits keep in the calendar stay in the feed`(loss: Loss) async throws {
        try await Scenario.run(pages: 8) { scenario in
            await scenario.expectApplied()
            try await Self.lose(loss, scenario)
            try scenario.trash(1..<8)
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectFeedIsCalendar(8, service)
                _ = try await service.post("/api/calendar/acm/sync")
                try await Self.expectFeedIsCalendar(8, service)
            }
        }
    }

    @Test(arguments: Loss.allCases)
    func `pages that are invalid keep their events in the feed`(loss: Loss) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try await Self.lose(loss, scenario)
            let backwards = JSONText(NotionProperty.date("2027-02-02", end: "2027-02-01"))
            try scenario.editPage(1) { $0.values[NotionProperty.events[1].id] = backwards }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectFeedIsCalendar(3, service)
            }
        }
    }

    @Test(arguments: Loss.allCases)
    func `pages whose people are not shown to us keep their events in the feed`(loss: Loss) async throws {
        let host = NotionProperty("Location", id: "h%40st", type: "people")
        try await Scenario.run(pages: 0) { scenario in
            let database = try scenario.emulator.withWorld { world in
                let ada = "5ee069d7-88da-51e9-a471-6cfe7f3fff0c"
                world.notion.users[ada] = World.sampleAda
                let database = world.addDatabase("Hosts", properties: NotionProperty.events.prefix(2) + [host])
                for number in 0..<6 {
                    world.addPage(
                        to: database,
                        title: "Event \(number)",
                        date: "2027-03-04",
                        values: ["Location": [["object": "user", "id": .string(ada)]]],
                        id: World.page(number)
                    )
                }
                return database
            }
            try scenario.declare("acm", database: database)
            await scenario.expectApplied()
            let places = try scenario.events().values.compactMap { $0.fields["location"]?.string }
            try #require(places.count == 6)
            try await Self.lose(loss, scenario)
            try scenario.emulator.withWorld { world in
                for token in world.notion.integrations.keys { world.notion.integrations[token]?.canReadUsers = false }
            }
            try await ServiceScenario.run(in: scenario) { service in
                try await Self.expectFeedIsCalendar(6, service)
                let answer = try await service.get(Self.json)
                #expect(answer.events.compactMap { $0["location"] as? String } == places, "\(answer.text)")
            }
        }
    }

    @Test(arguments: [Loss.forgotten, .lost])
    func `pages of another database are not shown for ours`(loss: Loss) async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try await Self.lose(loss, scenario)
            let other = try scenario.emulator.withWorld { world in
                let other = world.addDatabase("Somebody else's")
                world.addPage(to: other, title: "Not ours", date: "2027-02-02")
                return other
            }
            try scenario.declare("acm", database: other)
            try await ServiceScenario.run(in: scenario) { service in
                let answer = try await service.get(Self.json)
                #expect(!answer.text.contains("Not ours"), "\(answer.text)")
                #expect(answer.status >= 500 || answer.events.count == 3, "\(answer.text)")
            }
        }
    }

    @Test(arguments: Loss.allCases)
    func `where no event of the calendar is seen, nothing is shown as all there is`(loss: Loss) async throws {
        let calendar = "shared@group.calendar.google.com"
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: \(calendar)",
            build: { world, _ in
                world.addPerson("officer@example.org")
                world.addCalendar(
                    "Shared",
                    owner: "officer@example.org",
                    sharedWith: [World.serviceAccount: .writer],
                    id: calendar
                )
            }
        ) { scenario in
            await scenario.expectApplied()
            switch loss {
            case .forgotten: #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 0)
            case .lost, .rebuilt: try scenario.deleteState()
            }
            try scenario.emulator.withWorld { $0.share(calendar, with: World.serviceAccount, as: .freeBusyReader) }
            if loss == .rebuilt { _ = await scenario.reconcile("state", "rebuild") }
            try scenario.trash([1])
            try await ServiceScenario.run(in: scenario) { service in
                let hidden = try await service.get(Self.json)
                #expect(hidden.status >= 500 || hidden.events.count == 3, "\(hidden.text)")
                try scenario.emulator.withWorld { $0.share(calendar, with: World.serviceAccount, as: .writer) }
                #expect(try await Self.titles(service) == ["Event 0", "Event 1", "Event 2"])
            }
        }
    }

    @Test func `where Google does not answer, the pages are shown, and nothing of that is written`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            try scenario.deleteState()
            let sent = scenario.writes
            scenario.emulator.add(Fault(.respond(status: 503), api: "google"))
            try await ServiceScenario.run(in: scenario) { service in
                async let shown = Self.titles(service)
                try await service.waitUntil { service.clock.remainingSleeps.contains(.seconds(4)) }
                service.clock.advance(by: .seconds(4))
                #expect(try await shown.count == 3)
                #expect(scenario.writes == sent)
                // What waits for Google, such as a run of the schedule, must not wait for a clock that stands still.
                scenario.emulator.removeFaults()
                service.clock.advance(by: .seconds(100))
            }
        }
    }

    @Test func `an organization that has no calendar yet is shown by its pages, and gets none by that`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            try await ServiceScenario.run(in: scenario) { service in
                #expect(try await Self.titles(service).count == 3)
                #expect(scenario.writes == 0)
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await Self.expectFeedIsCalendar(3, service)
            }
        }
    }
}
