import ArgumentParser
import Emulation
import Foundation
import TestSupport
import Testing

@testable import ReconcileCommands

/// Command lines: help, wrong usage, and what apply asks.
struct UsageTests {
    /// All commands with the names that lead to them.
    private static let commands = commands(below: RootCommand.self, [])

    private static func commands(below command: any ParsableCommand.Type, _ path: [String]) -> [[String]] {
        [path]
            + command.configuration.subcommands.flatMap { sub in
                commands(below: sub, path + [sub.configuration.commandName ?? ""])
            }
    }

    @Test func `there are commands below commands`() {
        #expect(Self.commands.contains(["state", "rebuild"]) && Self.commands.count > 15)
    }

    @Test(arguments: commands)
    func `every command explains itself`(command: [String]) async {
        let ran = await Scenario.reconcile(command + ["--help"], environment: [:])
        #expect(ran.code == 0)
        #expect(ran.errors.isEmpty)
        let name = command.isEmpty ? "reconcile" : command.joined(separator: "-")
        expectGolden(ran.output, named: "help-\(name).txt", filePath: Scenario.goldens)
    }

    @Test(arguments: [
        ("option", ["plan", "--frmat", "json"]),
        ("command", ["aply"]),
        ("format", ["plan", "--format", "yaml"]),
        ("log-level", ["plan", "--log-level", "loud"]),
        ("deletes-no-number", ["plan", "--allow-deletes", "acm"]),
        ("deletes-negative", ["apply", "--allow-deletes", "acm:-1"]),
        ("deletes-no-organization", ["apply", "--allow-deletes", ":5"]),
        ("port-too-large", ["sandbox", "--port", "70000"]),
        ("port-no-number", ["sandbox", "--port", "http"]),
        ("value-missing", ["plan", "--state"]),
    ])
    func `wrong usage exits 64 and says how it is right`(name: String, arguments: [String]) async {
        let ran = await Scenario.reconcile(arguments, environment: [:])
        #expect(ran.code == 64)
        #expect(ran.output.isEmpty)
        expectGolden(ran.errors, named: "usage-\(name).txt", filePath: Scenario.goldens)
    }

    @Test func `apply without a terminal must be told not to ask`() async throws {
        try await Scenario.run { scenario in
            try await scenario.expectMessage("apply-nobody-to-ask", ["apply"])
            #expect(scenario.emulator.requests.requests("google") == 0)
            #expect(!FileManager.default.fileExists(atPath: scenario.statePath))
        }
    }

    @Test(arguments: ["no", "", "y", "YES"])
    func `any answer but yes changes nothing`(answer: String) async throws {
        try await Scenario.run { scenario in
            let ran = await scenario.reconcile("apply", answer: answer)
            #expect(ran.code == 1)
            #expect(ran.output.contains("3 events to create"))
            #expect(ran.errors.contains("Nothing was changed."))
            #expect(scenario.emulator.requests.writes("google") == 0)
            let calendar = try scenario.calendar()
            #expect(calendar == nil)
        }
    }

    @Test func `yes applies`() async throws {
        try await Scenario.run { scenario in
            let ran = await scenario.reconcile("apply", answer: "yes")
            #expect(ran.code == 0, "\(ran.errors)")
            #expect(ran.output.contains("4 changes applied"))
            #expect(await scenario.plan().code == 0)
        }
    }

    @Test func `where there is nothing to do, nobody is asked`() async throws {
        try await Scenario.run { scenario in
            #expect(await scenario.apply().code == 0)
            let ran = await scenario.reconcile("apply", answer: "no")
            #expect(ran.code == 0)
            #expect(!ran.errors.contains("Carry this out?"))
        }
    }

    @Test func `a port that is taken is an error`() async throws {
        try await Scenario.run { scenario in
            let port = try #require(scenario.environment["GOOGLE_BASE_URL"]?.split(separator: ":").last)
            let ran = try await ToolProcess.run(
                ["sandbox", "--port", String(port)],
                environment: [:],
                in: scenario.path("")
            )
            #expect(ran.code == 1)
            #expect(ran.output.isEmpty)
            #expect(
                ran.errors.contains("error: The sandbox cannot listen on 127.0.0.1:\(port): Address already in use.\n"),
                "\(ran.errors)"
            )
            #expect(ran.errors.contains("Name another port with --port"))
        }
    }

    @Test func `the version is printed`() async {
        let ran = await Scenario.reconcile(["--version"], environment: [:])
        #expect(ran.code == 0)
        #expect(ran.output.firstMatch(of: #/^\d+\.\d+\.\d+\n$/#) != nil)
    }
}
