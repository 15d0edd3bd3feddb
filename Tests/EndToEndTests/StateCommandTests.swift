import Emulation
import Foundation
import Testing

/// `reconcile state …` and `reconcile history`.
struct StateCommandTests {
    private func object(_ value: Any?) -> [String: Any] { value as? [String: Any] ?? [:] }
    private func list(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }

    /// What stands in the emulated Google: nothing may change there.
    private func world(_ scenario: Scenario) throws -> [String: String] {
        let calendar = try scenario.calendar() ?? ""
        return try scenario.emulator.withWorld { world in
            (world.google.calendars[calendar]?.events ?? [:]).mapValues(\.etag)
        }
    }

    @Test func `list tells calendars, links and the last sync, also before there is a state`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            let before = await scenario.reconcile("state", "list", "--format", "json")
            #expect(before.code == 0 && object(before.json["state"])["exists"] as? Bool == false)
            #expect(await scenario.reconcile("state", "list").output.contains("does not exist yet"))
            #expect(FileManager.default.fileExists(atPath: scenario.statePath) == false)

            #expect(await scenario.apply().code == 0)
            let after = await scenario.reconcile("state", "list", "--format", "json")
            let acm = try #require(list(after.json["organizations"]).first)
            #expect(acm["prefix"] as? String == "acm" && acm["link_count"] as? Int == 3)
            #expect(acm["google_calendar_id"] as? String == (try scenario.calendar()))
            #expect((acm["last_sync_at"] as? String)?.hasSuffix("Z") == true)
            let text = await scenario.reconcile("state", "list")
            #expect(text.code == 0 && text.output.contains("ACM (acm): 3 links"))
        }
    }

    @Test func `show takes an organization, a page or an event`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            #expect(await scenario.apply().code == 0)
            let whole = await scenario.reconcile("state", "show", "acm", "--format", "json")
            #expect(list(object(whole.json["organization"])["links"]).count == 2)
            let page = World.page(1)
            let byPage = await scenario.reconcile("state", "show", page, "--format", "json")
            let event = try #require(object(byPage.json["link"])["google_event_id"] as? String)
            let byEvent = await scenario.reconcile("state", "show", event, "--format", "json")
            #expect(object(byEvent.json["link"])["notion_page_id"] as? String == page)
            #expect(byEvent.output == byPage.output)
            #expect(await scenario.reconcile("state", "show", page).output.contains("event     \(event)"))
            let unknown = await scenario.reconcile("state", "show", "nobody", "--format", "json")
            #expect(unknown.code == 1 && object(unknown.json["error"])["code"] as? String == "state_entry_unknown")
        }
    }

    @Test func `forget asks, removes links, and leaves Google alone`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.reconcile("state", "forget", "acm", "--auto-approve").code == 1)
            #expect(FileManager.default.fileExists(atPath: scenario.statePath) == false)
            #expect(await scenario.apply().code == 0)
            let before = try world(scenario)
            #expect(await scenario.reconcile("state", "forget", "acm").code == 1)
            #expect(await scenario.reconcile("state", "forget", "acm", answer: "no").code == 1)

            let one = await scenario.reconcile(
                "state",
                "forget",
                "acm",
                World.page(1),
                "--auto-approve",
                "--format",
                "json"
            )
            #expect(one.code == 0 && list(one.json["forgotten"]).count == 1)
            #expect(await scenario.reconcile("state", "forget", "acm", World.page(1), "--auto-approve").code == 1)
            let all = await scenario.reconcile("state", "forget", "acm", answer: "yes")
            #expect(all.code == 0 && all.output.contains("2 links forgotten"))

            #expect(await scenario.plan().code == 0)
            #expect(await scenario.apply().code == 0)
            #expect(try world(scenario) == before)
            let links = await scenario.reconcile("state", "list", "--format", "json")
            #expect(list(links.json["organizations"]).first?["link_count"] as? Int == 3)
        }
    }

    @Test func `rebuild makes a lost state anew, and sees what people changed meanwhile`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            let calendar = try #require(try scenario.calendar())
            let event = try #require(try world(scenario).keys.min())
            try scenario.emulator.withWorld { world in
                world.editEvent(event, of: calendar) { $0.fields["summary"] = "By hand" }
            }
            let before = try world(scenario)
            try scenario.deleteState()

            let rebuilt = await scenario.reconcile("state", "rebuild", "--format", "json")
            #expect(rebuilt.code == 0, "\(rebuilt.output)")
            #expect(list(rebuilt.json["organizations"]).first?["links"] as? Int == 3)
            #expect(rebuilt.json["damaged_copy"] is NSNull)
            #expect(try world(scenario) == before)
            let plan = await scenario.plan()
            #expect(plan.changes.filter { $0.action != "adopt" }.map(\.reason) == ["drift"])
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `a damaged file is left alone until rebuild keeps it under another name`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            let before = try world(scenario)
            try scenario.deleteState()
            let damaged = Data("this was a database once".utf8) + Data(repeating: 0x5A, count: 8_192)
            try damaged.write(to: URL(filePath: scenario.statePath))
            for command in [["plan"], ["apply", "--auto-approve"], ["state", "list"], ["history"]] {
                let ran = await scenario.reconcile(command + ["--format", "json"])
                #expect(ran.code == 1)
                #expect((object(ran.json["error"])["hint"] as? String)?.contains("reconcile state rebuild") == true)
            }
            #expect(try Data(contentsOf: URL(filePath: scenario.statePath)) == damaged)

            let rebuilt = await scenario.reconcile("state", "rebuild", "--format", "json")
            #expect(rebuilt.code == 0, "\(rebuilt.output)")
            let copy = try #require(rebuilt.json["damaged_copy"] as? String)
            #expect(copy.hasPrefix("\(scenario.statePath).damaged-"))
            #expect(try Data(contentsOf: URL(filePath: copy)) == damaged)
            #expect(await scenario.plan().code == 0)
            #expect(try world(scenario) == before)
        }
    }

    @Test func `a damaged file stays where nothing can be read in its place`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let damaged = Data(repeating: 0x5A, count: 8_192)
            try damaged.write(to: URL(filePath: scenario.statePath))
            let ran = await scenario.reconcile(
                "state",
                "rebuild",
                "--format",
                "json",
                environment: ["NOTION_API_KEY": "ntn_of_nobody"]
            )
            #expect(ran.code == 1)
            #expect(try Data(contentsOf: URL(filePath: scenario.statePath)) == damaged)
        }
    }

    @Test func `rebuilding a sound file keeps its history`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.reconcile("state", "rebuild").output.contains("acm: 3 links"))
            let history = await scenario.reconcile("history", "--format", "json")
            #expect(list(history.json["runs"]).count == 1)
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `history tells who did what, and export tells everything`() async throws {
        try await Scenario.run(pages: 3) { scenario in
            #expect(await scenario.reconcile("history").output == "No runs yet.\n")
            let who = ["USER": "ada", "GITHUB_ACTOR": nil, "GITLAB_USER_LOGIN": nil, "GITHUB_SHA": "abc123"]
            #expect(await scenario.reconcile("apply", "--auto-approve", environment: who).code == 0)
            try scenario.emulator.withWorld { world in
                world.editPage(World.page(1)) { $0.values["title"] = RichText.text("Other") }
            }
            #expect(await scenario.apply().code == 0)

            let runs = list(await scenario.reconcile("history", "--format", "json").json["runs"])
            #expect(runs.map { $0["id"] as? Int } == [2, 1])
            let first = try #require(runs.last)
            #expect(first["who"] as? String == "ada" && first["git_revision"] as? String == "abc123")
            #expect(first["kind"] as? String == "apply" && first["outcome"] as? String == "success")
            #expect(object(first["counts"])["created"] as? Int == 4)
            #expect(object(runs.first?["counts"])["updated"] as? Int == 1)
            #expect(await scenario.reconcile("history").output.contains("by ada"))

            let export = await scenario.reconcile("state", "export", "--format", "json").json
            #expect(list(export["runs"]).count == 2 && list(export["journal"]).count == 5)
            let update = try #require(list(export["journal"]).last)
            #expect(object(update["before"])["summary"] as? String == "Event 1")
            #expect(object(update["after"])["summary"] as? String == "Other")
            #expect(update["result"] as? String == "applied" && update["link_before"] is [String: Any])
        }
    }
}
