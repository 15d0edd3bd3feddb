import Emulation
import Foundation
import TestSupport
import Testing

/// What commands print: to whom, how much, and nothing that is not so.
struct OutputTests {
    private func list(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }

    // MARK: - All-clear

    @Test func `an organization on hold and one that is not enabled end the all-clear`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.reconcile("plan").output.contains("No changes. Google Calendar matches Notion."))
            try scenario.write("prefix: off\nname: OFF\n", to: "orgs.d/off.yaml")
            let disabled = await scenario.reconcile("plan")
            #expect(!disabled.output.contains("matches Notion"))
            #expect(
                disabled.output.hasSuffix(
                    "No changes in 1 organization; 1 organization not looked at (1 not enabled).\n"
                )
            )
            try scenario.retitle(1, "Other")
            #expect(await scenario.apply().code == 0)
            #expect(await scenario.reconcile("undo", "2", "--auto-approve").code == 0)
            let held = await scenario.reconcile("plan")
            #expect(
                held.output.hasSuffix(
                    "Nothing was compared: 2 organizations not looked at (1 on hold, 1 not enabled).\n"
                )
            )
            let applied = await scenario.reconcile("apply", "--auto-approve")
            #expect(applied.code == 0 && applied.output.contains("Nothing was changed; 2 organizations not looked at"))
            let summary = await scenario.plan().json["summary"] as? [String: [String: Int]]
            #expect(summary?["organizations"]?["held"] == 1 && summary?["organizations"]?["disabled"] == 1)
            #expect(summary?["organizations"]?["skipped"] == 2)
        }
    }

    // MARK: - Cron

    @Test(arguments: ["text", "json"])
    func `a run that fails says so on standard error`(format: String) async throws {
        try await Scenario.run(pages: 2) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.retitle(1, "Other")
            scenario.emulator.add(Fault(.respond(status: 400), api: "google", method: "PATCH"))
            let ran = await scenario.reconcile("apply", "--auto-approve", "--format", format)
            #expect(ran.code == 1)
            #expect(ran.errors.contains("error: acm: update \"Other\": "), "\(ran.errors)")
            scenario.emulator.add(Fault(.respond(status: 401), api: "notion"))
            for command in [["plan"], ["apply", "--auto-approve"], ["state", "rebuild"]] {
                let ran = await scenario.reconcile(command + ["--format", format, "--quiet"])
                #expect(ran.code == 1)
                #expect(ran.errors.contains("error: acm: Notion refused the token (401)."), "\(command): \(ran.errors)")
            }
        }
    }

    @Test func `a blocked delete is told on standard error`() async throws {
        try await Scenario.run(pages: 8) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.trash(0..<7)
            for format in ["text", "json"] {
                let ran = await scenario.reconcile("apply", "--auto-approve", "--quiet", "--format", format)
                #expect(ran.code == 1 && ran.errors.contains("error: acm: ") && ran.errors.contains("--allow-deletes"))
            }
        }
    }

    @Test func `quiet says nothing where nothing happened, and what happened where something did`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            try scenario.write("prefix: off\nname: OFF\n", to: "orgs.d/off.yaml")
            let first = await scenario.reconcile("apply", "--auto-approve", "--quiet")
            #expect(first.code == 0 && first.output.contains("3 changes applied") && !first.output.contains("OFF"))
            for command in [["plan"], ["apply", "--auto-approve"], ["validate"]] {
                let ran = await scenario.reconcile(command + ["--quiet"])
                #expect(ran.code == 0 && ran.output.isEmpty && ran.errors.isEmpty, "\(ran.output)\(ran.errors)")
            }
            // Programs asked for a document.
            #expect(await !scenario.reconcile("plan", "--quiet", "--format", "json").json.isEmpty)
        }
    }

    // MARK: - CI

    @Test func `no text of others is a command to a CI job, or looks like a message of ours`() async throws {
        let title = "##[error]x\n::error::title"
        try await Scenario.run(pages: 0, build: { $0.addPage(1, to: $1, title: title) }) { scenario in
            try scenario.declare("acm", database: scenario.database)
            let declaration = try String(contentsOfFile: scenario.path("orgs.d/acm.yaml"), encoding: .utf8)
            try scenario.write(
                declaration.replacing("name: ACM", with: "name: \"::error file=x::ACM ##[error]\""),
                to: "orgs.d/acm.yaml"
            )
            try scenario.write("prefix: odd\nname: \"error: Odd\"\n", to: "orgs.d/odd.yaml")
            let commands = [
                ["plan"], ["plan", "-v"], ["plan", "--format", "json"], ["apply", "--auto-approve", "-v"],
                ["state", "list"], ["state", "show", "acm"], ["state", "export"], ["history", "show", "1"],
                ["undo", "1", "--auto-approve", "--format", "json"], ["plan", "::error::x"],
                ["state", "show", "a\nerror: b\r::error::c"], ["plan", "--log-level", "trace"],
                ["validate", "--state", "::x"],
            ]
            for command in commands {
                let ran = await scenario.reconcile(command)
                let lines = (ran.output + ran.errors).split(whereSeparator: \.isNewline)
                #expect(!lines.isEmpty)
                for line in lines {
                    #expect(!line.contains("##["), "\(command): \(line)")
                    #expect(!line.trimmingPrefix(while: \.isWhitespace).hasPrefix("::"), "\(command): \(line)")
                }
                #expect(!ran.output.contains("\nerror: Odd") && !ran.output.hasPrefix("error: Odd"))
                #expect(!(ran.output + ran.errors).contains("\nerror: b"))
            }
            // Programs get the name as it is.
            let plan = await scenario.plan()
            #expect(plan.code != 1)
        }
    }

    @Test func `file names with control characters stay on their line`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let name = "a\nerror: all lost\u{1B}[2J.yaml"
            try scenario.write("prefx: x\n", to: "orgs.d/\(name)")
            for command in [["validate"], ["plan"], ["plan", "--log-level", "trace"]] {
                let ran = await scenario.reconcile(command)
                #expect(ran.code == 1)
                #expect(!(ran.output + ran.errors).contains("\u{1B}") && !ran.errors.contains("\nerror: all lost"))
            }
            let state = await scenario.reconcile("state", "list", "--state", scenario.path("b\n::error::x.db"))
            #expect(state.code == 0 && !state.output.contains("\n::"))
        }
    }

    // MARK: - Long values

    @Test func `a change far behind in a long text is seen`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let text = String(repeating: "Bring your laptop. ", count: 20)
            try scenario.editPage(0) { $0.values["title"] = RichText.text(text + "Room 1") }
            #expect(await scenario.apply().code == 0)
            try scenario.editPage(0) { $0.values["title"] = RichText.text(text + "Room 2") }
            let short = await scenario.reconcile("plan").output
            let line = try #require(short.split(separator: "\n").first { $0.contains("summary: ") })
            #expect(line == "      summary: \"… your laptop. Room [-1-]{+2+}\"", "\(line)")
            let whole = await scenario.reconcile("plan", "-v").output
            #expect(whole.contains("\"\(text)Room [-1-]{+2+}\""))
        }
    }

    // MARK: - Waits

    @Test func `a long wait that a service asks for is told as such`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            #expect(await scenario.apply().code == 0)
            try scenario.retitle(0, "Other")
            for api in ["notion", "google"] {
                let action = Fault.Action.respond(status: 429, headers: ["Retry-After": "460"])
                scenario.emulator.removeFaults()
                scenario.emulator.add(Fault(action, api: api))
                scenario.emulator.resetRequests()
                let ran = await scenario.reconcile("apply", "--auto-approve", "--format", "json")
                #expect(ran.code == 1)
                let message = ran.message ?? ""
                #expect(message.contains("asks to wait 460 s, which is longer than a run waits (300 s)"), "\(message)")
                #expect(message.contains("Run again in 8 minutes, not before."))
                #expect(!message.contains("several attempts"))
            }
            scenario.emulator.removeFaults()
            scenario.emulator.add(
                Fault(.respond(status: 429, headers: ["Retry-After": "460"]), api: "google", method: "PATCH")
            )
            let write = await scenario.apply()
            #expect(write.code == 1)
            #expect(write.changes.first?.explanation.contains("asks to wait 460 s") == true, "\(write.output)")
            scenario.emulator.removeFaults()
            scenario.emulator.add(Fault(.respond(status: 429), api: "notion"))
            #expect(await scenario.plan().message?.contains("still after several attempts") == true)
        }
    }

    // MARK: - Release and history

    @Test func `a release without names is about what it releases`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let other = try scenario.emulator.withWorld { world in
                let id = world.addDatabase("IEEE events")
                world.addPage(5, to: id)
                return id
            }
            try scenario.declare("ieee", database: other)
            #expect(await scenario.apply("acm").code == 0)
            #expect(await scenario.reconcile("undo", "1", "--auto-approve").code == 0)
            let shown = await scenario.plan("--release", "acm")
            #expect(shown.organizations.compactMap { $0["prefix"] as? String } == ["acm"])
            let ran = await scenario.apply("--release", "acm")
            #expect(ran.code == 0, "\(ran.output)")
            #expect(ran.organizations.compactMap { $0["prefix"] as? String } == ["acm"])
            #expect(try scenario.calendar("ieee") == nil)
            #expect(try scenario.events().count == 1)
            // With names, those; and all of them has to be said.
            #expect(await scenario.apply("ieee", "--release", "acm").errorCode == "organization_unknown")
            #expect(await scenario.apply("acm", "ieee", "--release", "acm").code == 0)
            #expect(try scenario.calendar("ieee") != nil)
        }
    }

    @Test func `history lists what wrote, by organization, by number, and one run in full`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            for _ in 0..<3 { #expect(await scenario.apply().code == 0) }
            try scenario.retitle(1, "##[error]Other")
            #expect(await scenario.apply().code == 0)
            func numbers(_ arguments: String...) async -> [Int] {
                let ran = await scenario.reconcile(["history"] + arguments + ["--format", "json"])
                return list(ran.json["runs"]).compactMap { $0["id"] as? Int }
            }
            #expect(await numbers() == [4, 1])
            #expect(await numbers("--all") == [4, 3, 2, 1])
            #expect(await numbers("--limit", "1") == [4])
            #expect(await numbers("acm") == [4, 1])
            #expect(await numbers("list", "acm", "--limit", "0") == [4, 1])
            #expect(await scenario.reconcile("history", "--limit", "1").output.contains("There are older ones"))
            #expect(await scenario.reconcile("history", "film").errors.contains("knows no organization \"film\""))
            #expect(await scenario.reconcile("history", "acm", "--all").code == 64)
            #expect(await scenario.reconcile("history", "--limit", "-1").code == 64)

            let shown = await scenario.reconcile("history", "show", "4")
            #expect(shown.code == 0 && shown.output.contains("4  apply  ") && shown.output.contains("\nacm\n"))
            #expect(shown.output.contains("  update event \"# #[error]Other\" edited applied page 00000000"))
            #expect(await scenario.reconcile("history", "show", "2").output.contains("It wrote nothing."))
            let json = await scenario.reconcile("history", "show", "1", "--format", "json").json
            #expect(list(json["journal"]).count == 3 && (json["run"] as? [String: Any])?["id"] as? Int == 1)
            let unknown = await scenario.reconcile("history", "show", "9", "--format", "json")
            #expect(unknown.code == 1 && unknown.errorCode == "run_unknown")
        }
    }

    // MARK: - Accounts and ids

    @Test func `an account that Google never answered is not remembered`() async throws {
        let other = "other@example-project.iam.gserviceaccount.com"
        try await Scenario.run(pages: 1, build: { world, _ in try world.addServiceAccount(other) }) { scenario in
            #expect(await scenario.apply().code == 0)
            let baseURL = scenario.address.baseURL
            let key = try scenario.emulator.withWorld { EmulatorAddress.keyFile(of: other, in: $0, baseURL: baseURL) }
            let changed: [String: String?] = ["GOOGLE_SERVICE_ACCOUNT": key]
            let allowed = ["apply", "--auto-approve", "--format", "json", "--allow-account-change", "acm"]
            // Google refuses it; it sees nothing that is ours; and the other way round, Notion is down.
            for fault in [
                Fault(.respond(status: 401), api: "token"), Fault(.respond(status: 403), api: "google"),
                Fault(.respond(status: 401), api: "notion"),
            ] {
                scenario.emulator.removeFaults()
                scenario.emulator.add(fault)
                #expect(await scenario.reconcile(allowed, environment: changed).code == 1)
            }
            scenario.emulator.removeFaults()
            #expect(await scenario.reconcile(allowed, environment: changed).code == 1)
            // The first account still has it, and needs nobody's leave.
            #expect(await scenario.apply().code == 0)
            let refused = await scenario.reconcile(["plan", "--format", "json"], environment: changed)
            #expect(refused.status == "error" && refused.message?.contains("--allow-account-change acm") == true)
            // A rebuild that reads nothing remembers nobody either.
            try scenario.deleteState()
            scenario.emulator.add(Fault(.respond(status: 403), api: "google"))
            #expect(await scenario.reconcile(["state", "rebuild"], environment: changed).code == 1)
            scenario.emulator.removeFaults()
            let state = await scenario.reconcile("state", "list", "--format", "json").json["state"] as? [String: Any]
            #expect(state?["service_account"] is NSNull)
            #expect(await scenario.apply().code == 0)
        }
    }

    @Test(arguments: ["..", ".", "...", "a\u{200B}b@x"])
    func `a calendar's id that is none is refused offline`(id: String) async throws {
        try await Scenario.run(pages: 1, declaration: "google_calendar_id: \"\(id)\"") { scenario in
            for command in [["validate"], ["plan"], ["apply", "--auto-approve"]] {
                let ran = await scenario.reconcile(command)
                #expect(ran.code == 1 && ran.errors.contains("must be a calendar id"), "\(ran.errors)")
            }
            #expect(scenario.emulator.requests.requests("google") == 0)
        }
    }

    @Test func `a calendar that answers to another id is not taken for the declared one`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            #expect(await scenario.apply().code == 0)
            let calendar = try #require(try scenario.calendar())
            let alias = calendar.uppercased()
            try scenario.declare("acm", database: scenario.database, more: "google_calendar_id: \(alias)")
            // As a service does that takes no notice of case.
            let body = "{\"kind\":\"calendar#calendar\",\"id\":\"\(calendar)\",\"summary\":\"ACM Events\"}"
            scenario.emulator.add(
                Fault(.respond(status: 200, body: body), api: "google", method: "GET", path: "/.calendars.[^/]+$/")
            )
            scenario.emulator.resetRequests()
            let ran = await scenario.apply()
            #expect(ran.code == 1)
            #expect(ran.message?.contains("write google_calendar_id: \(calendar)") == true, "\(ran.output)")
            #expect(scenario.emulator.requests.writes("google") == 0)
        }
    }
}
