import Emulation
import Foundation
import TestSupport
import Testing

/// The formats of plans and findings, on standard output and in files.
struct ReportTests {
    private func content(_ name: String, _ scenario: Scenario) throws -> String {
        try String(contentsOfFile: scenario.path(name), encoding: .utf8)
    }

    @Test func `one run writes as many reports as are asked for`() async throws {
        try await Scenario.run(pages: 2) { scenario in
            let formats = [
                "markdown": "<!-- reconcile:plan -->", "html": "<!DOCTYPE html>", "json": "{", "text": "ACM",
            ]
            let reports = formats.keys.sorted().flatMap { ["--report", "\($0)=\(scenario.path("plan.\($0)"))"] }
            let ran = await scenario.reconcile(["plan", "--format", "github"] + reports)
            #expect(ran.code == 0 && ran.output.hasPrefix("Plan: 1 calendar to create"), "\(ran.output)")
            for (format, beginning) in formats {
                let text = try content("plan.\(format)", scenario)
                #expect(text.hasPrefix(beginning) && text.contains("calendar_missing") == (format == "json"), "\(text)")
            }
            let applied = await scenario.reconcile(
                ["apply", "--auto-approve", "--report", "markdown=\(scenario.path("plan.markdown"))"]
            )
            #expect(applied.code == 0 && applied.output.contains("3 changes applied"))
            let report = try content("plan.markdown", scenario)
            #expect(report.hasPrefix("<!-- reconcile:report -->") && report.contains("3 changes applied"))
            // Nothing to do is a document as well, also where text would say nothing.
            for format in ["markdown", "html"] {
                let calm = await scenario.reconcile("plan", "--quiet", "--format", format)
                #expect(calm.code == 0 && calm.output.contains("No changes. Google Calendar matches Notion."))
            }
            let undone = await scenario.reconcile(
                [
                    "undo", "1", "--auto-approve", "--format", "markdown", "--report",
                    "html=\(scenario.path("undo.html"))",
                ]
            )
            #expect(undone.output.hasPrefix("<!-- reconcile:report -->"), "\(undone.output)\(undone.errors)")
            #expect(try content("undo.html", scenario).contains("</html>"))
        }
    }

    @Test func `a job gets warnings and errors at the lines of the declaration, and nothing else as a command`()
        async throws
    {
        let title = "x\n::error::y ##[error]z"
        try await Scenario.run(pages: 0, build: { $0.addPage(1, to: $1, title: title) }) { scenario in
            let place = "file=\(scenario.path("orgs.d/acm.yaml")),line=1,col=1"
            scenario.emulator.add(Fault(.respond(status: 401), api: "notion"))
            let ran = await scenario.reconcile("plan", "--format", "github")
            #expect(ran.code == 1)
            #expect(ran.output.hasPrefix("::error \(place),title=ACM (acm)%3A error::Notion refused"), "\(ran.output)")
            scenario.emulator.removeFaults()
            try scenario.write("prefix: b\nnmae: B\n", to: "orgs.d/b.yaml")
            for command in [["plan"], ["validate"]] {
                let wrong = await scenario.reconcile(command + ["--format", "github"])
                let file = scenario.path("orgs.d/b.yaml")
                #expect(wrong.code == 1)
                #expect(wrong.output.contains("::error file=\(file),line=2,col=1,title="), "\(wrong.output)")
                for line in wrong.output.split(separator: "\n") where line.contains("::") {
                    #expect(line.hasPrefix("::error file=") || line.hasPrefix("::warning file="), "\(line)")
                }
            }
        }
    }

    @Test func `a run that cannot start says why in every format and file`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            try scenario.write("prefx: x\n", to: "orgs.d/_defaults.yaml")
            let file = scenario.path("plan.md")
            for format in ["text", "json", "markdown", "html", "github"] {
                let ran = await scenario.reconcile("plan", "--format", format, "--report", "markdown=\(file)")
                #expect(ran.code == 1 && ran.output.contains("prefx") == (format != "text"), "\(ran.output)")
                #expect(ran.errors.contains("_defaults.yaml:1:1: unknown key \"prefx\""))
                #expect(try content("plan.md", scenario).hasPrefix("<!-- reconcile:failure -->"))
            }
            for format in ["json", "github", "gitlab", "sarif"] {
                let ran = await scenario.reconcile("validate", "--format", format)
                #expect(ran.code == 1 && ran.output.contains("prefx") && ran.errors.contains("_defaults.yaml:1:1"))
            }
        }
    }

    @Test func `a report that cannot be written keeps apply from starting`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            for path in [scenario.path("nowhere/plan.md"), scenario.path("orgs.d")] {
                let ran = await scenario.reconcile("apply", "--auto-approve", "--report", "markdown=\(path)")
                #expect(ran.code == 1)
                #expect(ran.errors.contains("error: The report cannot be written to \(path): "), "\(ran.errors)")
                #expect(ran.errors.split(separator: "\n").count == 2, "\(ran.errors)")
            }
            #expect(scenario.emulator.requests.requests("google") == 0)
            // What can only be seen when it is written is told after what was done.
            let ran = await scenario.reconcile("apply", "--auto-approve", "--report", "html=/dev/full")
            #expect(ran.code == 1 && ran.output.contains("2 changes applied"), "\(ran.output)")
            #expect(ran.errors.contains("error: The report cannot be written to /dev/full: "), "\(ran.errors)")
        }
    }

    @Test func `a report takes the place of no declaration and no state`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            await scenario.expectApplied()
            try FileManager.default.createSymbolicLink(
                atPath: scenario.path("link"),
                withDestinationPath: scenario.statePath
            )
            for path in [scenario.statePath, scenario.path("link"), scenario.path("orgs.d/acm.yaml")] {
                let ran = await scenario.reconcile("plan", "--report", "markdown=\(path)")
                #expect(ran.code == 1)
                #expect(ran.errors.contains("error: The report cannot be written to \(path): "), "\(ran.errors)")
            }
            await scenario.expectConverged()
            let twice = await scenario.reconcile(
                "plan",
                "--report",
                "html=\(scenario.path("a"))",
                "--report",
                "json=\(scenario.path("orgs.d/../a"))"
            )
            #expect(twice.code == 64)
        }
    }

    @Test(arguments: [
        ["plan", "--report", "html=-"], ["plan", "--report", "markdown"], ["plan", "--report", "pdf=x"],
        ["plan", "--report", "html="],
        ["plan", "--report", "html=x", "--report", "json=x"], ["plan", "--format", "sarif"],
        ["validate", "--format", "markdown"], ["validate", "--explain", "acm", "--format", "sarif"],
        ["validate", "--explain", "acm", "--report", "json=x"], ["state", "list", "--format", "html"],
        ["schema", "--plan", "--defaults"],
    ])
    func `what cannot be had is wrong usage`(arguments: [String]) async {
        #expect(await Scenario.reconcile(arguments, environment: [:]).code == 64)
    }
}
