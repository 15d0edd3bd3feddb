import Emulation
import Foundation
import Testing

/// What is not shown, not computed or not whole, and looks as if it were empty or gone.
enum Unseen: String, CaseIterable, Sendable {
    case usersHidden, sourceHidden, privateEvent, calendarHidden, pageNeverSeen, otherDataSource
    case columnGained, columnLost, columnReplaced
    case pageUnfinished, dateInvalid, listingIncomplete, rowsOmitted

    private static let ada = "5ee069d7-88da-51e9-a471-6cfe7f3fff0c"
    private static let shared = "shared@group.calendar.google.com"
    private static let pages = 8

    /// What a run says of it is not success.
    var isTrouble: Bool {
        switch self {
        case .calendarHidden, .otherDataSource, .columnLost, .columnReplaced, .pageUnfinished, .listingIncomplete,
            .rowsOmitted:
            true
        case .usersHidden, .sourceHidden, .privateEvent, .pageNeverSeen, .columnGained, .dateInvalid: false
        }
    }

    /// Marks name neither data sources nor columns: which they were, only the state knows.
    var mayLoseState: Bool { self != .otherDataSource && self != .columnReplaced }

    private var declaration: String {
        switch self {
        case .sourceHidden: "properties: {date: When, location: Host}"
        case .privateEvent, .calendarHidden: "properties: {location: Host}\ngoogle_calendar_id: \(Self.shared)"
        case .otherDataSource: "properties: {location: Host}\ndata_source: Events"
        default: "properties: {location: Host}"
        }
    }

    /// ACM with eight pages and their events, where somebody is the host; then it happens.
    func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 0,
            declaration: declaration,
            build: { world, database in build(&world, database) }
        ) { scenario in
            await scenario.expectApplied()
            if self == .columnGained, let calendar = try scenario.calendar() {
                for id in try scenario.events().keys {
                    try scenario.emulator.withWorld { world in
                        world.editEvent(id, of: calendar) { $0.fields["description"] = "Written by hand" }
                    }
                }
                await scenario.expectConverged()
            }
            try strike(scenario)
            try await body(scenario)
        }
    }

    private func build(_ world: inout World, _ database: String) {
        world.notion.users[Self.ada] = NotionUser(id: Self.ada, name: "Ada Okafor", email: "ada@example.org")
        world.addPerson("officer@example.org")
        world.addCalendar(
            "Shared",
            owner: "officer@example.org",
            sharedWith: [World.serviceAccount: .writerWithoutPrivateAccess],
            id: Self.shared
        )
        let source = world.notion.databases[database]?.dataSources.first ?? database
        world.notion.dataSources[source]?.properties += [
            NotionProperty("Host", id: "h%40st", type: "people"),
            .programme,
            .dateOfProgramme,
        ]
        if self == .columnGained {
            world.notion.dataSources[source]?.properties.removeAll { $0.name == "Description" }
        }
        let january = RichText.mention("date", ["start": "2027-01-01"], plainText: "January;")
        for page in 0..<Self.pages {
            let date = String(format: "2027-03-%02d", 1 + page)
            var values: [String: JSONValue] = [
                "Host": [["object": "user", "id": .string(Self.ada)]],
                "When": ["type": "date", "date": NotionProperty.date(date), "function": "earliest_date"],
            ]
            // Notion fills in 25 mentions of a text.
            if page == 5 { values["Description"] = .array(Array(repeating: january, count: 25)) }
            world.addPage(to: database, title: "Event \(page)", date: date, values: values, id: World.page(page))
        }
    }

    private func strike(_ scenario: Scenario) throws {
        switch self {
        case .usersHidden:
            try scenario.emulator.withWorld { world in
                for token in world.notion.integrations.keys { world.notion.integrations[token]?.canReadUsers = false }
            }
        case .sourceHidden:
            try scenario.editProperty("Programme") { $0.isVisible = false }
            for page in 0..<Self.pages {
                try scenario.editPage(page) {
                    $0.values["roll"] = JSONText(["type": "date", "date": nil, "function": "earliest_date"])
                }
            }
        case .privateEvent:
            try scenario.emulator.withWorld { world in
                world.editEvent(World.eventID(1), of: Self.shared) { $0.fields["visibility"] = "private" }
            }
            try scenario.retitle(1, "New")
        case .calendarHidden:
            try scenario.emulator.withWorld { $0.share(Self.shared, with: World.serviceAccount, as: .freeBusyReader) }
        case .pageNeverSeen: try scenario.addEvent("Somebody's", marks: ["notionPageId": World.page(77)])
        case .otherDataSource:
            try scenario.emulator.withWorld { world in
                let old = world.notion.databases[scenario.database]?.dataSources.first ?? ""
                world.notion.dataSources[old]?.name = "Events 2026"
                let properties = world.notion.dataSources[old]?.properties ?? []
                _ = world.addDataSource(to: scenario.database, "Events", properties: properties)
            }
        case .columnGained: try addDescription(to: scenario)
        case .columnLost: try scenario.editProperty("Description") { $0.name = "Text" }
        case .columnReplaced:
            try scenario.editProperty("Description") { $0.name = "Text" }
            try addDescription(to: scenario)
        case .pageUnfinished:
            scenario.emulator.add(Fault(.respond(status: 400), api: "notion", path: "/.properties./"))
        case .dateInvalid:
            try scenario.editPage(1) { page in
                page.values[NotionProperty.events[1].id] = JSONText(
                    NotionProperty.date("2027-02-02", end: "2027-02-01")
                )
            }
        // All pages were created in one minute: slices by creation time cannot get past the limit.
        case .listingIncomplete: scenario.set { $0.queryRowLimit = 5 }
        case .rowsOmitted: scenario.set { $0.omittedQueryPage = 1 }
        }
    }

    private func addDescription(to scenario: Scenario) throws {
        try scenario.emulator.withWorld { world in
            guard let source = world.notion.databases[scenario.database]?.dataSources.first else { return }
            let column = NotionProperty("Description", id: "new%20column", type: "rich_text")
            world.notion.dataSources[source]?.properties.append(column)
            world.serial += 1
        }
    }

    /// Whether subscribers go on to see all that they saw before. What an edited page asks for they may see before the calendar
    /// has it.
    func keeps(_ titles: [String]) -> Bool {
        let all = (0..<Self.pages).map { "Event \($0)" }
        return titles == all || self == .privateEvent && titles == all.filter { $0 != "Event 1" } + ["New"]
    }
}
