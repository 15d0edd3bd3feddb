package import LinkStorage
package import ReconcileModel

/// How a run gets the state for itself.
package struct StateLocking: Sendable {
    package var caller: Caller
    let timeout: Duration
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp
    /// Told once who has it, before the first wait.
    let onWait: @Sendable (LockStatus) -> Void

    /// - Parameters:
    ///   - timeout: how long to wait for another run to end.
    ///   - clock: for the wait.
    ///   - now: the time of day, for whoever waits for this run.
    ///   - onWait: told once who has it, before the first wait.
    package init(
        caller: Caller,
        timeout: Duration,
        clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Timestamp,
        onWait: @escaping @Sendable (LockStatus) -> Void
    ) {
        self.caller = caller
        self.timeout = timeout
        self.clock = clock
        self.now = now
        self.onWait = onWait
    }

    /// - Throws: `Failure` where another run has it, and does not end in time.
    package func open(_ state: any StateDoor) async throws -> any StateSession {
        do {
            return try await state.open(
                as: caller.holder(since: now()),
                timeout: timeout,
                clock: clock,
                onWait: onWait
            )
        } catch let error as StateError {
            throw error.failure
        }
    }
}
