import Emulation
import Testing

/// No delete without proof: what looks like missing pages, but is trouble, deletes nothing and ends with exit code 1.
struct DeletionProofTests {
    /// Something that makes pages disappear without anybody having deleted them.
    enum Trouble: String, CaseIterable {
        case unsharedDatabase, renamedProperty, retypedProperty, emptiedDatabase, missingResultPage, incompleteListing

        /// What programs find in `status`.
        var status: String { self == .emptiedDatabase ? "blocked" : "error" }

        /// A word of the message for people.
        var word: String {
            switch self {
            case .unsharedDatabase: "shared"
            case .renamedProperty: "\"Date\""
            case .retypedProperty: "Date"
            case .emptiedDatabase: "250 events"
            case .missingResultPage: "more than 5 pages"
            case .incompleteListing: "row limit"
            }
        }

        func strike(_ scenario: Scenario) throws {
            switch self {
            case .unsharedDatabase:
                try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.isShared = false }
            case .renamedProperty: try scenario.editProperty("Date") { $0.name = "When" }
            case .retypedProperty: try scenario.editProperty("Date") { $0.type = "rich_text" }
            case .emptiedDatabase: try scenario.trash(0..<250)
            case .missingResultPage: scenario.set { $0.omittedQueryPage = 2 }
            // All pages were created in one minute: slices by creation time cannot get past the limit.
            case .incompleteListing: scenario.set { $0.queryRowLimit = 150 }
            }
        }

        func end(_ scenario: Scenario) throws {
            switch self {
            case .unsharedDatabase:
                try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.isShared = true }
            case .renamedProperty: try scenario.editProperty("When") { $0.name = "Date" }
            case .retypedProperty: try scenario.editProperty("Date") { $0.type = "date" }
            case .emptiedDatabase: for page in 0..<250 { try scenario.editPage(page) { $0.isInTrash = false } }
            case .missingResultPage: scenario.set { $0.omittedQueryPage = nil }
            case .incompleteListing: scenario.set { $0.queryRowLimit = 10_000 }
            }
        }
    }

    @Test(arguments: Trouble.allCases)
    func `trouble deletes nothing and is an error, and all is well when it ends`(trouble: Trouble) async throws {
        try await Scenario.run(pages: 250) { scenario in
            await scenario.expectApplied()
            try trouble.strike(scenario)

            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.deletes.isEmpty)
            #expect(plan.status == trouble.status)
            #expect(plan.message?.contains(trouble.word) == true, "\(plan.message ?? "no message")")

            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(scenario.deletesSent == 0)
            try scenario.expectEvents(250)

            try trouble.end(scenario)
            await scenario.expectConverged()
        }
    }

    @Test func `trouble keeps also the deletes that would be right`() async throws {
        try await Scenario.run(pages: 120) { scenario in
            await scenario.expectApplied()
            try scenario.trash([1])
            scenario.set { $0.queryRowLimit = 100 }
            #expect(await scenario.apply().code == 1)
            #expect(scenario.deletesSent == 0)
            scenario.set { $0.queryRowLimit = 10_000 }
            await scenario.expectApplied()
            #expect(scenario.deletesSent == 1)
            await scenario.expectConverged()
        }
    }

    @Test func `a few pages that are alive but not listed keep their events, with a warning each`() async throws {
        try await Scenario.run(pages: 104) { scenario in
            await scenario.expectApplied()
            scenario.set { $0.omittedQueryPage = 2 }
            let plan = await scenario.plan()
            #expect(plan.code == 0)
            #expect(plan.changes.isEmpty)
            #expect(plan.warnings == Array(repeating: "page_not_listed", count: 4))
            await scenario.expectConverged()
            try scenario.expectEvents(104)
        }
    }

    @Test func `a page that cannot be looked at keeps its event, and the run is no success`() async throws {
        try await Scenario.run(pages: 10) { scenario in
            await scenario.expectApplied()
            try scenario.trash([3])
            scenario.emulator.add(Fault(.respond(status: 403), api: "notion", path: "/v1/pages/"))
            for ran in [await scenario.plan(), await scenario.apply()] {
                #expect(ran.code == 1)
                #expect(ran.changes.isEmpty)
                #expect(ran.warnings == ["page_not_proven_absent"])
            }
            try scenario.expectEvents(10)
            scenario.emulator.removeFaults()
            #expect(await scenario.plan().changes.map(\.reason) == ["trashed"])
        }
    }

    @Test func `an invalid date keeps the event as it is`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            await scenario.expectApplied()
            let before = try scenario.event(of: 1).etag
            try scenario.emulator.withWorld { world in
                let backwards = NotionProperty.date(
                    "2027-02-02T10:00:00.000-07:00",
                    end: "2027-02-01T10:00:00.000-07:00"
                )
                let date = NotionProperty.events[1].id
                world.editPage(World.page(1)) { $0.values[date] = JSONText(backwards) }
            }
            let plan = await scenario.plan()
            #expect(plan.code == 0)
            #expect(plan.warnings.count == 1)
            await scenario.expectConverged()
            #expect(try scenario.event(of: 1).etag == before)
        }
    }

    /// Ways in which a page stops asking for an event, each with the reason that is given.
    enum Absence: String, CaseIterable {
        case trashed, archived, undated, moved, gone

        func strike(_ world: inout World, database: String) {
            let page = World.page(2)
            switch self {
            case .trashed: world.editPage(page) { $0.isInTrash = true }
            case .archived: world.editPage(page) { $0.isArchived = true }
            case .undated: world.editPage(page) { $0.values[NotionProperty.events[1].id] = nil }
            case .moved:
                let other = world.addDatabase("Somebody else's")
                world.movePage(page, to: world.notion.databases[other]?.dataSources.first)
            case .gone: world.editPage(page) { $0.isGone = true }
            }
        }
    }

    @Test(arguments: Absence.allCases)
    func `a page that is proven absent is deleted, with the reason`(absence: Absence) async throws {
        try await Scenario.run(pages: 5) { scenario in
            await scenario.expectApplied()
            try scenario.emulator.withWorld { absence.strike(&$0, database: scenario.database) }
            let plan = await scenario.plan()
            #expect(plan.code == 2)
            #expect(plan.changes.map(\.reason) == [absence.rawValue])
            #expect(plan.changes.map(\.action) == ["delete"])
            await scenario.expectApplied()
            try scenario.expectEvents(4)
            await scenario.expectConverged()
        }
    }
}
