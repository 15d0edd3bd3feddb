import Emulation
import Foundation
import Testing

/// What goes wrong for one organization stays with it.
struct NeighbourTests {
    @Test(arguments: [RequestKind.database, .dataSource, .query, .calendar, .listEvents, .writeEvent])
    func `the other organization is carried out`(kind: RequestKind) async throws {
        try await Scenario.run(pages: 3) { scenario in
            let chess = try addChess(to: scenario)
            #expect(await scenario.apply().code == 0)
            try edit(scenario)
            let calendar = try #require(try scenario.calendar())
            let fault = try fault(kind, database: scenario.database, calendar: calendar, scenario)
            scenario.emulator.add(fault)

            let ran = await scenario.apply()
            #expect(ran.code == 1)
            let organizations = ran.organizations.map { $0["prefix"] as? String ?? "" }
            #expect(organizations == ["acm", "chess"])
            let titles = try scenario.emulator.withWorld { world in
                world.google.calendars.values.flatMap(\.liveEvents).filter { $0.page == chess }.map(\.summary)
            }
            #expect(titles == ["Moved match"])
            #expect(ran.organizations.last?["status"] as? String == "changes")

            scenario.emulator.removeFaults()
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.plan().code == 0)
            try scenario.expectCalendar("acm", holds: 3)
            try scenario.expectCalendar("chess", holds: 1)
        }
    }

    /// A second organization with one page; its id.
    private func addChess(to scenario: Scenario) throws -> String {
        let page = World.page(500)
        let database = try scenario.emulator.withWorld { world in
            let database = world.addDatabase("Chess events")
            world.addPage(500, to: database)
            return database
        }
        try scenario.declare("chess", database: database)
        return page
    }

    private func edit(_ scenario: Scenario) throws {
        try scenario.emulator.withWorld { world in
            world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Moved event") }
            world.editPage(World.page(500)) { $0.values["title"] = RichText.text("Moved match") }
        }
    }

    /// The fault, for requests about the first organization alone.
    private func fault(
        _ kind: RequestKind,
        database: String,
        calendar: String,
        _ scenario: Scenario
    ) throws -> Fault {
        let source = try scenario.emulator.withWorld { $0.notion.databases[database]?.dataSources.first }
        var fault = kind.fault(.respond(status: 500))
        let name = calendar.prefix { $0 != "@" }
        fault.path =
            switch kind {
            case .database: "/.databases.\(database)$/"
            case .dataSource: "/.data_sources.\(try #require(source))$/"
            case .query: "/.data_sources.\(try #require(source)).query$/"
            case .calendar: "/.calendars.\(name)[^/]+$/"
            case .listEvents: "/.calendars.\(name)[^/]+.events$/"
            default: "/.calendars.\(name)[^/]+.events.[^/]+$/"
            }
        return fault
    }
}
