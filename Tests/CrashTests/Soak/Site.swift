import Emulation
import Foundation
import LinkStorage
import ReconcileCommands
import ReconcileModel
import Synchronization
import TestSupport
import Transport

/// Where commands run, in this process and without waiting.
struct Site: Sendable {
    let emulator: Emulator
    let environment: [String: String]
    let folder: TemporaryFolder

    var statePath: String { folder.file("state/state.db") }

    /// - Parameter timeout: for a whole request; nil: the product's.
    /// - Returns: also all that was printed, and what of it went to standard output.
    func run(
        _ arguments: [String],
        timeout: Duration? = nil
    ) async -> (code: Int32, printed: String, document: String) {
        let printed = Mutex("")
        let document = Mutex("")
        let console = Console(
            output: { text in
                printed.withLock { $0 += text }
                document.withLock { $0 += text }
            },
            errorOutput: { text in printed.withLock { $0 += text } },
            readLine: { nil },
            isInteractive: false
        )
        var timing = Timing()
        timing.clock = ManualClock()
        if let timeout { timing.timeouts.total = timeout }
        let context = CommandContext(environment: commandEnvironment, console: console, timing: timing)
        let code = await ReconcileTool.run(arguments + ["--orgs-dir", folder.path], in: context)
        return (code, printed.withLock(\.self), document.withLock(\.self))
    }

    /// Without a pace of our own.
    var commandEnvironment: [String: String] {
        var environment = environment
        environment["RECONCILE_STATE"] = statePath
        environment["RECONCILE_NOTION_RPS"] = "0"
        environment["RECONCILE_GOOGLE_RPM"] = "0"
        return environment
    }

    func findings(_ organizations: [ModelOrganization], _ strangers: Strangers) async throws -> Findings {
        let now = Timestamp(secondsSince1970: 1_800_000_000)
        let state = try await SQLiteState(path: statePath) { now }.snapshot()
        return try emulator.withWorld { Findings($0, state, organizations: organizations, strangers: strangers) }
    }
}
