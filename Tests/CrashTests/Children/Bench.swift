import Emulation
import Foundation
import LinkStorage
import ReconcileModel
import TestSupport

/// Emulated services, and a folder with declarations and state, for child processes to work on.
struct Bench: Sendable {
    let emulator: Emulator
    let organizations: [ModelOrganization]
    let strangers: Strangers
    private let address: EmulatorAddress
    private let folder: TemporaryFolder

    /// - Parameter state: the state file to begin with; nil: none.
    static func run<Result: Sendable>(
        _ world: World,
        _ organizations: [ModelOrganization],
        state: Data? = nil,
        _ body: @escaping @Sendable (Bench) async throws -> Result
    ) async throws -> Result {
        let emulator = Emulator(world: world)
        return try await emulator.withServer { address in
            let bench = Bench(
                emulator: emulator,
                organizations: organizations,
                strangers: Strangers(in: world, besides: Set(organizations.compactMap(\.calendar))),
                address: address,
                folder: try TemporaryFolder()
            )
            try FileManager.default.createDirectory(
                atPath: bench.folder.file("orgs.d"),
                withIntermediateDirectories: true
            )
            for organization in organizations {
                try bench.folder.write(Data(organization.declaration.utf8), to: "orgs.d/\(organization.prefix).yaml")
            }
            if let state { try bench.folder.write(state, to: "state.db") }
            return try await body(bench)
        }
    }

    // MARK: - Runs

    func apply(_ more: String..., output: String = "apply.txt") async throws -> Child.End {
        try await run(["apply"] + more, output: output)
    }

    /// - Parameters:
    ///   - command: with its arguments.
    ///   - asks: whether it is one that asks.
    ///   - crash: where the preloaded library kills the process, as `crash.c` reads it.
    func run(
        _ command: [String],
        _ child: Child = Child(),
        crash: String? = nil,
        output: String,
        asks: Bool = true
    ) async throws -> Child.End {
        var environment = environment
        if let crash {
            environment["LD_PRELOAD"] = try PreloadLibrary.shared.get().path
            environment["CRASH_AT"] = crash
        }
        let arguments = command + (asks ? ["--auto-approve"] : []) + ["--orgs-dir", folder.file("orgs.d")]
        return try await child.run(arguments, environment: environment, output: folder.file(output))
    }

    /// Whether nothing is left to do; code 0 only then.
    func plan() async throws -> Child.End {
        let arguments = ["plan", "--detailed-exitcode", "--orgs-dir", folder.file("orgs.d")]
        return try await Child().run(arguments, environment: environment, output: folder.file("plan.txt"))
    }

    private var environment: [String: String] {
        var environment = address.environment
        environment["RECONCILE_STATE"] = statePath
        environment["RECONCILE_NOTION_RPS"] = "0"
        environment["RECONCILE_GOOGLE_RPM"] = "0"
        environment["TMPDIR"] = folder.path
        return environment
    }

    /// Takes a declaration away, or puts another one in its place.
    func declare(_ prefix: String, as text: String?) throws {
        let name = "orgs.d/\(prefix).yaml"
        if let text {
            try folder.write(Data(text.utf8), to: name)
        } else {
            try FileManager.default.removeItem(atPath: folder.file(name))
        }
    }

    // MARK: - What came of them

    /// What a command printed.
    func text(_ name: String) -> String { (try? folder.read(name)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    var statePath: String { folder.file("state.db") }

    /// The bytes of the state file; whole, because a run that ends in peace leaves nothing in the write-ahead log.
    func stateFile() throws -> Data { try folder.read("state.db") }

    func deleteState() throws {
        for name in try folder.names() where name.hasPrefix("state.db") {
            try FileManager.default.removeItem(atPath: folder.file(name))
        }
    }

    func findings() async throws -> Findings {
        let now = Timestamp(secondsSince1970: 1_800_000_000)
        let state = try await SQLiteState(path: statePath) { now }.snapshot()
        return try emulator.withWorld { world in
            Findings(world, state, organizations: organizations, strangers: strangers)
        }
    }
}
