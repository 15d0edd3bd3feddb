import Emulation
import Foundation
import Testing

/// The brake on updates: how many events may change in one field without a person naming the number.
struct UpdateLimitTests {
    @Test func `more than half of the titles, and more than ten, wait until they are allowed by name and number`()
        async throws
    {
        try await Scenario.run(pages: 21) { scenario in
            await scenario.expectApplied()
            for page in 0..<11 { try scenario.retitle(page, "Untitled") }
            let before = try scenario.events().mapValues(\.summary)
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.status == "blocked")
            #expect(plan.changes.map(\.action) == Array(repeating: "update", count: 11))
            #expect(plan.changes.allSatisfy { $0.isBlocked && $0.fields == ["summary"] })
            #expect(plan.count("update") == 0)
            #expect(plan.message?.contains("summary of 11 of 21 events") == true, "\(plan.message ?? "")")
            #expect(plan.message?.contains("the column \"Name\"") == true, "\(plan.message ?? "")")
            #expect(plan.message?.contains("--allow-updates acm:11") == true, "\(plan.message ?? "")")

            for allowance in [[], ["--allow-updates", "acm:10"], ["--allow-updates", "acm:0"]] {
                let blocked = await scenario.apply(allowance)
                #expect(blocked.code == 1)
                #expect(blocked.status == "blocked")
                #expect(blocked.changes.allSatisfy { $0.outcome == "skipped" })
                #expect(try scenario.events().mapValues(\.summary) == before)
            }
            await scenario.expectApplied("--allow-updates", "acm:11")
            await scenario.expectConverged()
            // For one run.
            for page in 0..<11 { try scenario.retitle(page, "Again") }
            #expect(await scenario.plan().status == "blocked")
        }
    }

    /// The command line that a message names between backticks, as somebody would type it.
    private static func command(in message: String?) throws -> [String] {
        let line = try #require(message?.firstMatch(of: /`reconcile (apply [^`]*)`/)?.1, "\(message ?? "")")
        return line.split(separator: " ").map(String.init) + ["--auto-approve", "--format", "json"]
    }

    @Test func `the command that a block names does it, also where something else was allowed`() async throws {
        let copy = "33333333-3333-4333-8333-333333333333"
        try await Scenario.run(
            pages: 24,
            build: { world, _ in
                world.addDatabase("ACM events (copy)", id: copy)
                // Eight are gone, the others have a text by now.
                for page in 0..<16 {
                    world.addCopy(of: page, to: copy)
                    let copied = World.copied(page)
                    world.editPage(copied) { $0.values["iK%3DN"] = RichText.text("New text") }
                }
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: copy)
            let plan = await scenario.plan("--allow-database-change", "acm")
            #expect(plan.code == 1 && plan.status == "blocked", "\(plan.output)")
            let command = try Self.command(in: plan.message)
            for part in ["--allow-database-change", "--allow-updates", "--allow-deletes"] {
                #expect(command.contains(part), "\(command)")
            }
            let applied = await scenario.reconcile(command)
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            try scenario.expectEvents(16)
            await scenario.expectConverged()
        }
    }

    @Test func `an allowance that was given already is named again, and so is a release`() async throws {
        try await Scenario.run(pages: 40) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(39, "New")
            await scenario.expectApplied()
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            try scenario.trash(0..<15)
            for page in 15..<39 { try scenario.retitle(page, "Overwritten") }
            let plan = await scenario.plan("--release", "acm", "--allow-deletes", "acm:20")
            #expect(plan.status == "blocked", "\(plan.output)")
            let applied = await scenario.reconcile(try Self.command(in: plan.message))
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            #expect(applied.changes.allSatisfy { $0.outcome == "applied" })
            try scenario.expectEvents(25)
            await scenario.expectConverged()
        }
    }

    @Test(arguments: [(22, 11), (10, 10), (30, 15)])
    func `half of the events, or ten, change without asking`(pages: Int, edited: Int) async throws {
        try await Scenario.run(pages: pages) { scenario in
            await scenario.expectApplied()
            for page in 0..<edited { try scenario.retitle(page, "Edited \(page)") }
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test func `what else there is to do goes on`() async throws {
        try await Scenario.run(pages: 30) { scenario in
            await scenario.expectApplied()
            for page in 0..<16 { try scenario.describePage(page, is: "New text") }
            try scenario.retitle(20, "Renamed")
            try scenario.trash([29])
            try scenario.emulator.withWorld { _ = $0.addPage(40, to: scenario.database) }
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.status == "blocked")
            let done = applied.changes.filter { $0.outcome == "applied" }
            #expect(done.map(\.reason).sorted() == ["edited", "new_page", "trashed"], "\(applied.output)")
            #expect(applied.changes.count(where: \.isBlocked) == 16)
            #expect(try scenario.event(of: 20).summary == "Renamed")
            // An event that is held back is held back whole: title and text of one page belong together.
            try scenario.retitle(3, "Renamed too")
            #expect(await scenario.apply().code == 1)
            #expect(try scenario.event(of: 3).summary == "Event 3")
            await scenario.expectApplied("--allow-updates", "acm:16")
            #expect(try scenario.event(of: 3).summary == "Renamed too")
            await scenario.expectConverged()
        }
    }

    @Test func `deletes and updates that are blocked are told together, and allowed one by one`() async throws {
        try await Scenario.run(pages: 30) { scenario in
            await scenario.expectApplied()
            for page in 0..<20 { try scenario.retitle(page, "Renamed") }
            try scenario.trash(20..<30)
            let plan = await scenario.plan()
            #expect(plan.status == "blocked")
            #expect(plan.message?.contains("--allow-deletes acm:10") == true, "\(plan.message ?? "")")
            #expect(plan.message?.contains("--allow-updates acm:20") == true, "\(plan.message ?? "")")
            #expect(await scenario.apply("--allow-deletes", "acm:10").status == "blocked")
            try scenario.expectEvents(20)
            await scenario.expectApplied("--allow-updates", "acm:20")
            await scenario.expectConverged()
        }
    }

    @Test func `fields that are emptied count, whichever way`() async throws {
        try await Scenario.run(
            pages: 0,
            build: { world, database in
                for page in 0..<20 {
                    let text = ["Description": RichText.value("Text \(page)")]
                    let date = String(format: "2027-02-%02dT10:00:00.000-07:00", 1 + page)
                    world.addPage(to: database, title: "E\(page)", date: date, values: text, id: World.page(page))
                }
            }
        ) { scenario in
            await scenario.expectApplied()
            for page in 0..<20 { try scenario.describePage(page, is: "") }
            let plan = await scenario.plan()
            #expect(plan.status == "blocked")
            #expect(plan.message?.contains("empty the description of 20") == true, "\(plan.message ?? "")")
            #expect(await scenario.apply().code == 1)
            #expect(try scenario.event(of: 7).fields["description"]?.string == "Text 7")
        }
    }

    @Test func `the key of the declaration that is the cause is named`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "default_duration: 90m")
            let longer = await scenario.plan()
            #expect(longer.status == "blocked")
            #expect(
                longer.message?.contains("default_duration is 1h30m now and was 1h") == true,
                "\(longer.message ?? "")"
            )

            try scenario.declare("acm", database: scenario.database, more: "properties: {description: Name}")
            let column = await scenario.plan()
            #expect(column.status == "blocked")
            #expect(
                column.message?.contains(
                    "properties.description: it came from the column \"Description\" and comes from \"Name\" now"
                ) == true,
                "\(column.message ?? "")"
            )
        }
    }

    @Test func `a cause is named below the limit, too, and only where it is one`() async throws {
        try await Scenario.run(pages: 6) { scenario in
            await scenario.expectApplied()
            try scenario.retitle(5, "Edited")
            let mapping = "properties: {description: Name}"
            try scenario.declare("acm", database: scenario.database, more: "default_duration: 90m\n\(mapping)")
            let text = await scenario.reconcile("plan")
            let column = "properties.description: it came from the column \"Description\" and comes from \"Name\" now"
            let causes = "default_duration is 1h30m now and was 1h; \(column)"
            #expect(text.output.contains("update: \(causes)\n"), "\(text.output)")
            let plan = await scenario.plan()
            // The sixth has another title as well, which only its page explains.
            let expected: [String?] = Array(repeating: causes, count: 5) + [nil]
            #expect(plan.changes.map(\.cause) == expected, "\(plan.output)")
            await scenario.expectApplied()
            // What people change in Google, or in a page, has nothing to do with it.
            try scenario.retitle(1, "By hand")
            try scenario.editEvent(of: 2) { $0.fields["location"] = "By hand" }
            let edited = await scenario.plan()
            #expect(Set(edited.changes.map(\.reason)) == ["edited", "drift"])
            #expect(edited.changes.allSatisfy { $0.cause == nil }, "\(edited.output)")
        }
    }

    @Test func `another default is no cause of an end that stands in its page`() async throws {
        try await Scenario.run(pages: 6) { scenario in
            let setEnd = { (page: Int, time: String) in
                let date = NotionProperty.date("2027-03-04T10:00:00.000-07:00", end: "2027-03-04T\(time):00.000-07:00")
                try scenario.editPage(page) { $0.values[NotionProperty.events[1].id] = JSONText(date) }
            }
            try setEnd(1, "23:00")
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database, more: "default_duration: 90m")
            try setEnd(1, "23:30")
            let plan = await scenario.plan()
            #expect(plan.changes.count == 6, "\(plan.output)")
            for change in plan.changes {
                let isOwn = change.page == World.page(1)
                #expect(change.fields == ["end"] && (change.cause == nil) == isOwn, "\(plan.output)")
            }
        }
    }

    @Test func `a column whose type changed is named`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            for page in 0..<20 { try scenario.describePage(page, is: "Text \(page)") }
            await scenario.expectApplied()
            for page in 0..<20 { try scenario.editPage(page) { $0.values[NotionProperty.events[3].id] = nil } }
            try scenario.editProperty("Description") { $0.type = "select" }
            let plan = await scenario.plan()
            #expect(plan.status == "blocked", "\(plan.output)")
            #expect(plan.message?.contains("was rich_text and is select now") == true, "\(plan.message ?? "")")
        }
    }

    @Test func `what people changed in Google is restored by halves at most, too`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            for page in 0..<12 { try scenario.editEvent(of: page) { $0.fields["location"] = "Room \(page)" } }
            let plan = await scenario.plan()
            #expect(plan.status == "blocked")
            #expect(plan.changes.allSatisfy { $0.reason == "drift" && $0.isBlocked })
            await scenario.expectApplied("--allow-updates", "acm:12")
            await scenario.expectConverged()
        }
    }

    @Test func `an undo is asked for by name and goes through`() async throws {
        try await Scenario.run(pages: 20) { scenario in
            await scenario.expectApplied()
            for page in 0..<20 { try scenario.retitle(page, "Renamed") }
            await scenario.expectApplied("--allow-updates", "acm:20")
            let undone = await scenario.reconcile("undo", "2", "--auto-approve", "--format", "json")
            #expect(undone.code == 0, "\(undone.output)\(undone.errors)")
            #expect(try scenario.event(of: 4).summary == "Event 4")
        }
    }

    @Test func `a calendar of the predecessor is not rewritten by the first run alone`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            let calendar = try scenario.emulator.withWorld { world in
                let calendar = world.addCalendar("ACM")
                for page in 0..<12 {
                    let start = String(format: "2027-01-%02dT10:00:00-07:00", 1 + page)
                    world.addEvent(to: calendar, "Old \(page)", start: start, marks: ["notionPageId": World.page(page)])
                }
                return calendar
            }
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(calendar)")
            let plan = await scenario.plan()
            #expect(plan.status == "blocked")
            #expect(plan.changes.allSatisfy { $0.reason == "adopted" && $0.isBlocked })
            await scenario.expectApplied("--allow-updates", "acm:12")
            await scenario.expectConverged()
        }
    }

    @Test func `the service answers a conflict that names both counts`() async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            for page in 0..<12 { try scenario.retitle(page, "Renamed") }
            try await ServiceScenario.run(in: scenario) { service in
                let blocked = try await service.post("/api/calendar/acm/sync")
                #expect(blocked.status == 409)
                #expect((blocked.json["blocked"] as? [String: Int]) == ["deletes": 0, "updates": 12])
                #expect((blocked.json["message"] as? String)?.contains("12 updates") == true, "\(blocked.text)")
                let all = try await service.post("/api/calendar/sync-all")
                #expect(all.status == 409)
                #expect(all.text.contains("12 updates"))
            }
        }
    }

    @Test func `an allowance of updates for an organization that is not there is refused`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let run = await scenario.apply("--allow-updates", "amc:6")
            #expect(run.errorCode == "organization_unknown")
            #expect(await scenario.apply("--allow-updates", "acm").code == 64)
            #expect(scenario.writes == 0)
        }
    }

    @Test func `all events of before are blocked, however many are new`() async throws {
        try await Scenario.run(pages: 5) { scenario in
            await scenario.expectApplied()
            try scenario.trash(0..<5)
            try scenario.emulator.withWorld { _ = $0.addPage(10, to: scenario.database) }
            let plan = await scenario.plan()
            #expect(plan.status == "blocked")
            #expect(plan.changes.count(where: \.isBlocked) == 5)
            #expect(await scenario.apply().code == 1)
            try scenario.expectEvents(6)
            // What was created meanwhile makes no room for them.
            #expect(await scenario.apply().code == 1)
            #expect(scenario.deletesSent == 0)
            await scenario.expectApplied("--allow-deletes", "acm:5")
            await scenario.expectConverged()
        }
    }
}

extension Scenario {
    /// Gives a page another text.
    fileprivate func describePage(_ number: Int, is text: String) throws {
        try editPage(number) { $0.values[NotionProperty.events[3].id] = RichText.text(text) }
    }
}
