import Emulation
import Foundation
import Synchronization
import TestSupport
import Transport

@testable import ReconcileCommands

/// One organization, its database and the emulated services, with a folder, a state file and a port of its own.
struct Scenario: Sendable {
    let emulator: Emulator
    let database: String
    let clock: ScenarioClock
    let address: EmulatorAddress
    private let folder: TemporaryFolder

    /// What a command printed, and how it ended.
    struct Ran: Sendable {
        var code: Int32
        var output: String
        var errors: String

        /// The JSON document on standard output.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
        }
    }

    /// Starts an emulator with one database and runs `body` beside it.
    ///
    /// - Parameters:
    ///   - pages: how many dated pages the database has.
    ///   - seed: of faults that strike at random.
    ///   - build: makes the rest of the world; gets the database's id.
    static func run(
        pages: Int = 3,
        declaration: String = "",
        seed: UInt64 = 1,
        build: @Sendable (inout World, String) throws -> Void = { _, _ in },
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        var world = try World.empty()
        let database = world.addDatabase("ACM events")
        for number in 0..<pages { world.addPage(number, to: database) }
        try build(&world, database)
        try await turnstile.pass { [world] in
            // Not before its turn: a process of its own goes by the real time, which would have gone ahead.
            let clock = ScenarioClock()
            let emulator = Emulator(world: world, seed: seed, now: { clock.date })
            try await serve(emulator, database, clock, declaration, body)
        }
    }

    /// Hundreds of servers at once would help nobody.
    private static let turnstile = Turnstile(width: 12)

    private static func serve(
        _ emulator: Emulator,
        _ database: String,
        _ clock: ScenarioClock,
        _ declaration: String,
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await emulator.withServer { address in
            let folder = try TemporaryFolder()
            let scenario = Scenario(
                emulator: emulator,
                database: database,
                clock: clock,
                address: address,
                folder: folder
            )
            try scenario.declare("acm", database: database, more: declaration)
            try await body(scenario)
        }
    }

    // MARK: - Files

    func path(_ name: String) -> String { folder.file(name) }

    var statePath: String { path("state.db") }

    /// Writes `orgs.d/<prefix>.yaml`.
    func declare(_ prefix: String, database: String, more: String = "") throws {
        try write(
            """
            prefix: \(prefix)
            name: \(prefix.uppercased())
            sync_enabled: true
            notion_database_id: \(database)
            timezone: America/Phoenix
            \(more)
            """,
            to: "orgs.d/\(prefix).yaml"
        )
    }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    var stateFiles: [String] { get throws { try folder.names().filter { $0.hasPrefix("state.db") } } }

    func deleteState() throws {
        for name in try stateFiles { try FileManager.default.removeItem(atPath: path(name)) }
    }

    // MARK: - Commands

    /// The environment that commands run in: the emulator's, without limits of our own.
    var environment: [String: String] {
        var environment = address.environment
        environment["RECONCILE_STATE"] = statePath
        environment["RECONCILE_NOTION_RPS"] = "0"
        environment["RECONCILE_GOOGLE_RPM"] = "0"
        return environment
    }

    /// Runs a command line in this process.
    ///
    /// - Parameters:
    ///   - changes: variables that differ; nil: unset.
    ///   - answer: what a person types when asked; nil: nobody is there.
    func reconcile(
        _ arguments: String...,
        environment changes: [String: String?] = [:],
        answer: String? = nil
    ) async -> Ran {
        await reconcile(arguments, environment: changes, answer: answer)
    }

    func reconcile(
        _ arguments: [String],
        environment changes: [String: String?] = [:],
        answer: String? = nil
    ) async -> Ran {
        var environment = environment
        for (name, value) in changes { environment[name] = value }
        return await run(arguments, environment: environment, answer: answer)
    }

    func plan(_ arguments: String...) async -> Ran {
        await run(["plan", "--format", "json", "--detailed-exitcode"] + arguments, environment: environment)
    }

    /// - Parameter timeout: for a whole request; nil: the product's.
    func apply(_ arguments: String..., timeout: Duration? = nil) async -> Ran {
        await apply(arguments, timeout: timeout)
    }

    func apply(_ arguments: [String], timeout: Duration? = nil) async -> Ran {
        await run(
            ["apply", "--auto-approve", "--format", "json"] + arguments,
            environment: environment,
            timeout: timeout
        )
    }

    private func run(
        _ arguments: [String],
        environment: [String: String],
        answer: String? = nil,
        timeout: Duration? = nil
    ) async -> Ran {
        await Self.reconcile(
            arguments + ["--orgs-dir", path("orgs.d")],
            environment: environment,
            answer: answer,
            timeout: timeout,
            clock: clock
        )
    }

    /// Runs a command line in this process, without waiting between attempts.
    static func reconcile(
        _ arguments: [String],
        environment: [String: String],
        answer: String? = nil,
        timeout: Duration? = nil,
        clock: ScenarioClock = ScenarioClock()
    ) async -> Ran {
        let (output, errors) = (Transcript(), Transcript())
        let console = Console(
            output: { output.append($0) },
            errorOutput: { errors.append($0) },
            readLine: { answer },
            isInteractive: answer != nil
        )
        var timing = Timing()
        (timing.now, timing.clock) = ({ clock.timestamp }, clock.clock)
        if let timeout { timing.timeouts.total = timeout }
        let context = CommandContext(environment: environment, console: console, timing: timing)
        let code = await ReconcileTool.run(arguments, in: context)
        return Ran(code: code, output: output.text, errors: errors.text)
    }

    // MARK: - The world

    /// The calendar that carries the organization's mark; its id.
    func calendar(_ prefix: String = "acm") throws -> String? {
        try emulator.withWorld { world in
            world.google.calendars.values.first { $0.description?.contains("organization \(prefix),") == true }?.id
        }
    }
}

/// Collects what is printed from several tasks.
final class Transcript: Sendable {
    private let parts = Mutex("")

    func append(_ text: String) { parts.withLock { $0 += text } }

    var text: String { parts.withLock(\.self) }
}

extension World {
    /// Adds page `number`: an hour on a day of its own, with a known id.
    @discardableResult
    mutating func addPage(_ number: Int, to parent: String, title: String? = nil) -> String? {
        let day = 1 + number % 28
        let month = 1 + number / 28 % 12
        let date = String(format: "2027-%02d-%02dT10:00:00.000-07:00", month, day)
        return addPage(to: parent, title: title ?? "Event \(number)", date: date, id: Self.page(number))
    }

    /// Adds columns to a database, of which pages have no value yet.
    mutating func add(_ columns: [NotionProperty], to database: String) {
        let source = notion.databases[database]?.dataSources.first ?? database
        notion.dataSources[source]?.properties += columns
        serial += 1
    }

    /// The id of page `number`.
    static func page(_ number: Int) -> String { String(format: "00000000-0000-4000-8000-%012x", number) }
}
