import LinkStorage
import ReconcileModel

/// How a run gets the state for itself.
struct StateLocking: Sendable {
    var caller: Caller
    let timeout: Duration
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    /// Told once who has it, before the first wait.
    let onWait: @Sendable (LockStatus) -> Void

    /// - Parameter isQuiet: whether a wait is not worth a word; that it was in vain is.
    init(_ command: String, _ options: LockOptions, _ context: CommandContext, isQuiet: Bool = false) {
        caller = Caller(command: command, environment: context.environment)
        timeout = .seconds(options.lockTimeout)
        (now, clock) = (context.timing.now, context.timing.clock)
        onWait = { status in
            guard !isQuiet else { return }
            context.console.errorOutput("Waiting for another run: \(status).".printable + "\n")
        }
    }

    init(
        caller: Caller,
        timeout: Duration,
        timing: Timing,
        onWait: @escaping @Sendable (LockStatus) -> Void
    ) {
        (self.caller, self.timeout, self.onWait) = (caller, timeout, onWait)
        (now, clock) = (timing.now, timing.clock)
    }

    /// - Throws: `Failure` where another run has it, and does not end in time.
    func acquire(_ statePath: String) async throws -> RunLock {
        do {
            return try await RunLock.acquire(
                statePath: statePath,
                holder: caller.holder(since: now()),
                timeout: timeout,
                clock: clock,
                onWait: onWait
            )
        } catch let error as StateError {
            throw error.failure
        }
    }
}
