import Emulation
import Foundation
import TestSupport

/// Counts requests, and measures time and memory, of whole commands against an emulator in this process.
///
///     swift run -c release benchmark [events …]
///     swift run -c release benchmark decoding
///     swift run -c release benchmark rendering [changes]
///
/// The command runs as a child process, so that the memory is its own. Numbers depend on the machine; requests do not.
@main
enum Benchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "decoding" { return try Decoding.measure() }
        if arguments.first == "rendering" {
            return RenderingTime.measure(changes: arguments.last.flatMap(Int.init) ?? 10_000)
        }
        let sizes = CommandLine.arguments.dropFirst().compactMap(Int.init)
        let columns = [
            "   events", "  step             ", " requests Notion/Google", "  calls in batches", "    seconds",
        ]
        print((columns + ["  CPU/1,000 events", "   peak MB"]).joined())
        for size in sizes.isEmpty ? [1_000, 20_000] : sizes { try await measure(events: size) }
    }

    private static func measure(events: Int) async throws {
        var world = try World.empty()
        let database = world.addDatabase("Benchmark")
        for number in 0..<events {
            let day = String(format: "%04d-%02d-%02d", 2027 + number / 300 % 50, 1 + number / 25 % 12, 1 + number % 25)
            let text = "Event \(number): what happens, who speaks, what to bring, and where to go afterwards. "
            world.addPage(
                to: database,
                title: "Event \(number)",
                date: "\(day)T17:00:00.000-07:00",
                values: ["Description": RichText.value(String(repeating: text, count: 4))],
                id: page(number),
                created: World.epoch + number * 60_000
            )
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "reconcile-benchmark-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try declare(database, in: folder)
        let emulator = Emulator(world: world)
        try await emulator.withServer { address in
            let run = Run(emulator: emulator, address: address, folder: folder, events: events)
            try run.step("plan, all new", ["plan"])
            try run.step("first apply", ["apply", "--auto-approve"])
            try run.step("plan, no change", ["plan", "--detailed-exitcode"])
            try emulator.withWorld { world in
                for number in 0..<min(10, events) {
                    world.editPage(page(number)) { $0.values["title"] = RichText.text("Edited \(number)") }
                }
            }
            try run.step("apply 10 edits", ["apply", "--auto-approve"])
        }
    }

    private static func page(_ number: Int) -> String { String(format: "00000000-0000-4000-8000-%012x", number) }

    private static func declare(_ database: String, in folder: URL) throws {
        let declarations = folder.appending(path: "orgs.d")
        try FileManager.default.createDirectory(at: declarations, withIntermediateDirectories: true)
        let text = """
            prefix: benchmark
            name: Benchmark
            sync_enabled: true
            notion_database_id: \(database)
            timezone: America/Phoenix
            """
        try Data(text.utf8).write(to: declarations.appending(path: "benchmark.yaml"))
    }
}

/// The steps of one size.
private struct Run: Sendable {
    let emulator: Emulator
    let address: EmulatorAddress
    let folder: URL
    let events: Int

    func step(_ name: String, _ arguments: [String]) throws {
        emulator.resetRequests()
        var environment = address.environment
        environment["RECONCILE_STATE"] = folder.appending(path: "state.db").path
        environment["RECONCILE_NOTION_RPS"] = "0"
        environment["RECONCILE_GOOGLE_RPM"] = "0"
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        let start = ContinuousClock.now
        let child = try ChildProcess(
            BuiltProgram.reconcile,
            arguments + ["--orgs-dir", folder.appending(path: "orgs.d").path],
            environment: environment
        )
        let end = child.wait()
        let seconds = start.duration(to: .now) / .seconds(1)
        guard end.reason == .exited(0) else { throw Failed(step: name, code: end.code) }
        let log = emulator.requests
        print(
            [
                pad(String(events), 9), "  \(name)".padding(toLength: 19, withPad: " ", startingAt: 0),
                pad("\(log.requests("notion")) / \(log.requests("google"))", 22),
                pad(String(log.batched("google")), 19),
                pad(String(format: "%.2f", seconds), 11),
                pad(String(format: "%.3f s", end.processorSeconds * 1000 / Double(events)), 18),
                pad(String(format: "%.0f", end.peakMegabytes), 10),
            ].joined()
        )
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

private struct Failed: Error, CustomStringConvertible {
    let step: String
    let code: Int32

    var description: String { "\(step) ended with \(code)" }
}
