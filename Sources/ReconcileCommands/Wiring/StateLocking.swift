import LinkStorage
import ReconcileModel

/// How a command gets the state for itself.
struct StateLocking: Sendable {
    let caller: Caller
    let timeout: Duration
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    let console: Console

    init(_ command: String, _ options: LockOptions, _ context: CommandContext) {
        caller = Caller(command: command, environment: context.environment)
        timeout = .seconds(options.lockTimeout)
        (now, clock, console) = (context.timing.now, context.timing.clock, context.console)
    }

    /// - Throws: `Failure` where another run has it, and does not end in time.
    func acquire(_ statePath: String) async throws -> RunLock {
        do {
            return try await RunLock.acquire(
                statePath: statePath,
                holder: caller.holder(since: now()),
                timeout: timeout,
                clock: clock
            ) { status in
                console.errorOutput("Waiting for another run: \(status).\n")
            }
        } catch let error as StateError {
            throw error.failure
        }
    }
}
