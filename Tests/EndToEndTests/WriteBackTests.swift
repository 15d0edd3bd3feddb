import Emulation
import Foundation
import Testing

/// `write_back:` tells pages what became of their events.
struct WriteBackTests {
    private static let link = NotionProperty("Calendar link", id: "lNk%3F", type: "url")
    private static let words = NotionProperty("Calendar status", id: "sTs%7B", type: "rich_text")
    private static let state = NotionProperty(
        "Status",
        id: "st%3At",
        type: "select",
        configuration: ["options": .array(["Draft", "Confirmed"].map { NotionProperty.option($0) })]
    )
    private static let line = "write_back: {link: Calendar link, status: Calendar status}"

    private func run(
        pages: Int = 3,
        _ declaration: String = line,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Scenario.run(
            pages: pages,
            declaration: declaration,
            build: { world, database in world.add([Self.link, Self.words, Self.state], to: database) },
            body
        )
    }

    @Test func `pages are told at the end of the run that makes their events, and once`() async throws {
        try await run { scenario in
            let plan = await scenario.plan()
            let told = plan.changes.filter { $0.resource == "page" }
            #expect(told.map(\.reason) == Array(repeating: "write_back", count: 3))
            #expect(told.first?.fields == ["link", "status"])
            #expect(plan.output.contains("known after apply"))
            await scenario.expectApplied()
            for page in 0..<3 {
                let (status, link) = (try scenario.status(page), try scenario.link(page))
                #expect(status == "on the calendar")
                #expect(link?.hasPrefix("https://www.google.com/calendar/event?eid=") == true)
            }
            // Its own write is no edit.
            await scenario.expectConverged()
        }
    }

    @Test func `only what differs is written`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            scenario.emulator.resetRequests()
            try scenario.retitle(1, "Renamed")
            try scenario.editPage(2) { $0.values["sTs%7B"] = RichText.text("Mine") }
            let plan = await scenario.plan()
            let told = plan.changes.filter { $0.resource == "page" }
            #expect(told.map(\.page) == [World.page(2)] && told.first?.fields == ["status"])
            await scenario.expectApplied()
            #expect(scenario.pagesWritten == 1)
            #expect(try scenario.status(2) == "on the calendar")
        }
    }

    @Test func `a page without an event is told why`() async throws {
        try await run(pages: 6, Self.line + "\nfilter: {property: Status, is_not: Draft}") { scenario in
            await scenario.expectApplied()
            try scenario.editPage(0) { $0.values["st%3At"] = JSONText(NotionProperty.option("Draft")) }
            try scenario.editDate(1) { $0 = .null }
            try scenario.editDate(2) { $0 = NotionProperty.date("2027-03-02", end: "2027-03-01") }
            await scenario.expectApplied()
            #expect(try scenario.status(0) == "left out: Status is Draft")
            #expect(try scenario.link(0) == nil)
            #expect(try scenario.status(1) == "no date" && scenario.link(1) == nil)
            #expect(try scenario.status(2)?.hasPrefix("date not understood: ") == true)
            #expect(try scenario.link(2) != nil)
            #expect(try scenario.status(3) == "on the calendar")
            await scenario.expectConverged()
        }
    }

    @Test func `what waits for a person is told so`() async throws {
        try await run(pages: 3, Self.line + "\ndeletions: confirm") { scenario in
            await scenario.expectApplied()
            try scenario.editDate(1) { $0 = .null }
            #expect(await scenario.apply().code == 0)
            #expect(try scenario.status(1) == "waiting for approval")
            #expect(try scenario.link(1) != nil)
            let ran = await scenario.ask("apply") {}
            #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
            #expect(try scenario.status(1) == "no date" && scenario.link(1) == nil)
            await scenario.expectConverged()
        }
    }

    @Test func `what Google refuses is told, and the address that was to be known is not written`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            try scenario.emulator.withWorld { _ = $0.addPage(50, to: scenario.database) }
            scenario.emulator.add(
                Fault(.respond(status: 400), api: "google", method: "POST", path: "/events$/")
            )
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(try scenario.status(50)?.hasPrefix("refused by Google: ") == true, "\(applied.output)")
            #expect(try scenario.link(50) == nil)
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            #expect(try scenario.status(50) == "on the calendar" && scenario.link(50) != nil)
        }
    }

    @Test func `an integration that may not write is one warning, and nothing else fails`() async throws {
        try await run { scenario in
            try scenario.emulator.withWorld { $0.notion.integrations[World.notionToken]?.canUpdateContent = false }
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            #expect(applied.warnings == ["write_back_refused"])
            #expect(scenario.pagesWritten == 1)
            try scenario.expectEvents(3)
        }
    }

    @Test func `it is quiet from then on, and tries again a day later or when something else is declared`() async throws
    {
        try await run { scenario in
            try scenario.emulator.withWorld { $0.notion.integrations[World.notionToken]?.canUpdateContent = false }
            #expect(await scenario.apply().code == 0)
            let plan = await scenario.plan()
            #expect(plan.code == 0 && plan.changes.isEmpty, "\(plan.output)")
            #expect(plan.warnings == ["write_back_refused"])
            #expect(plan.output.contains("; 3 pages are not told what became of their events"), "\(plan.output)")
            #expect(await scenario.apply().code == 0)
            #expect(scenario.pagesWritten == 1)
            // Other columns may be others' to decide.
            try scenario.declare("acm", database: scenario.database, more: "write_back: {status: Calendar status}")
            #expect(await scenario.apply().warnings == ["write_back_refused"])
            #expect(scenario.pagesWritten == 2)
            try scenario.emulator.withWorld { $0.notion.integrations[World.notionToken]?.canUpdateContent = true }
            #expect(await scenario.plan().changes.isEmpty)
            scenario.clock.advance(by: .seconds(86_401))
            let told = await scenario.expectApplied()
            #expect(told.changes.count == 3 && told.warnings.isEmpty)
            #expect(try scenario.status(1) == "on the calendar")
            await scenario.expectConverged()
        }
    }

    @Test func `where Google gives an event no address, what stands there stays`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            let link = try scenario.link(1)
            scenario.set { $0.omitsLinks = true }
            try scenario.retitle(1, "Renamed")
            await scenario.expectApplied()
            #expect(try scenario.link(1) == link && link != nil)
            try scenario.emulator.withWorld { _ = $0.addPage(50, to: scenario.database) }
            await scenario.expectApplied()
            #expect(try scenario.status(50) == "on the calendar" && scenario.link(50) == nil)
            await scenario.expectConverged()
        }
    }

    @Test func `where nothing but addresses is told, none is no failure`() async throws {
        try await run(3, "write_back: {link: Calendar link}") { scenario async throws in
            scenario.set { $0.omitsLinks = true }
            #expect(await scenario.apply().code == 0)
            #expect(try scenario.link(0) == nil)
            await scenario.expectConverged()
        }
    }

    @Test func `pages outside of the window are left alone`() async throws {
        try await run(pages: 0, Self.line + "\nwindow: {past: 30d, future: 30d}") { scenario in
            try scenario.emulator.withWorld { world in
                for (number, date) in ["2025-01-01", "2026-11-20", "2029-01-01"].enumerated() {
                    world.addPage(to: scenario.database, title: "E", date: date, id: World.page(number))
                }
            }
            await scenario.expectApplied()
            #expect(scenario.pagesWritten == 1)
            #expect(try scenario.status(1) == "on the calendar")
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [
        ("write_back: {link: Calendar status}", "has the type rich_text"),
        ("write_back: {status: Calender status}", "Did you mean \"Calendar status\"?"),
        (
            "properties: {description: Calendar status}\nwrite_back: {status: Calendar status}",
            "from which events are made"
        ),
    ])
    func `a property that cannot be told is an error of the declaration`(lines: String, message: String) async throws {
        try await run(1, lines) { scenario in
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.changes.isEmpty)
            #expect(plan.message?.contains(message) == true, "\(plan.output)")
            #expect(plan.message?.contains("acm.yaml:") == true)
        }
    }

    @Test func `texts of people in many pages are replaced only after a yes`() async throws {
        try await run(pages: 12) { scenario in
            for page in 0..<12 {
                try scenario.editPage(page) { $0.values["lNk%3F"] = JSONText(.string("https://example.org/\(page)")) }
            }
            let applied = await scenario.apply()
            #expect(applied.code == 0, "\(applied.output)")
            let kept = try scenario.link(3)
            #expect(kept == "https://example.org/3" && scenario.pagesWritten == 0)
            let plan = await scenario.reconcile("plan")
            #expect(plan.output.contains("12 pages whose texts would be replaced wait for a yes"), "\(plan.output)")
            let ran = await scenario.ask("apply") {}
            #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
            #expect(try scenario.link(3)?.hasPrefix("https://www.google.com/calendar/") == true)
            await scenario.expectConverged()
        }
    }

    @Test func `when a page was edited is nothing to make events from`() async throws {
        let edited = NotionProperty("Edited", id: "eDt", type: "last_edited_time")
        try await Scenario.run(
            pages: 1,
            declaration: Self.line + "\nfilter: {property: Edited, on_or_after: -30d}",
            build: { world, database in world.add([Self.link, Self.words, edited], to: database) }
        ) { scenario in
            let plan = await scenario.plan()
            #expect(plan.code == 1 && plan.changes.isEmpty)
            #expect(plan.message?.contains("moves the time at which a page was edited") == true, "\(plan.output)")
        }
    }

    @Test func `an outage of Notion ends the telling`() async throws {
        try await run(pages: 9) { scenario in
            scenario.emulator.add(Fault(.respond(status: 400), api: "notion", method: "PATCH"))
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(scenario.pagesWritten == 3)
            try scenario.expectEvents(9)
            scenario.emulator.removeFaults()
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `an undo leaves pages to the next run`() async throws {
        try await run { scenario in
            await scenario.expectApplied()
            let undone = await scenario.reconcile("undo", "1", "--auto-approve")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            let link = try scenario.link(0)
            #expect(link != nil)
        }
    }

    private func run(
        _ pages: Int,
        _ declaration: String,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws { try await run(pages: pages, declaration, body) }
}

extension Scenario {
    fileprivate var pagesWritten: Int {
        emulator.requests.entries.count { $0.method == "PATCH" && $0.route == "/v1/pages/{page}" }
    }

    private func value(_ page: Int, _ property: String) throws -> JSONValue? {
        try emulator.withWorld { world in
            world.notion.pages[World.page(page)]?.values[property].map { $0.value }
        }
    }

    fileprivate func link(_ page: Int) throws -> String? { try value(page, "lNk%3F")?.string }

    fileprivate func status(_ page: Int) throws -> String? {
        try value(page, "sTs%7B")?.array?.compactMap { $0["text"]?["content"]?.string ?? $0["plain_text"]?.string }
            .joined()
    }

    fileprivate func editDate(_ page: Int, _ change: (inout JSONValue) -> Void) throws {
        var value = JSONValue.null
        change(&value)
        let text = JSONText(value)
        try editPage(page) { $0.values["%5BWk%3F"] = text }
    }
}
