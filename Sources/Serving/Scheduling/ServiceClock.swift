import ServiceLifecycle

/// How a service tells the time and waits: a clock that counts from its own making.
struct ServiceClock: Sendable {
    let now: @Sendable () -> Duration
    private let sleeper: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let origin = clock.now
        now = { origin.duration(to: clock.now) }
        sleeper = { moment in try await clock.sleep(until: origin.advanced(by: moment), tolerance: nil) }
    }

    /// - Returns: false, and at once, where the service is to end: by graceful shutdown or by cancellation.
    func sleep(until moment: Duration) async -> Bool {
        let sleeper = sleeper
        do {
            try await cancelWhenGracefulShutdown { try await sleeper(moment) }
        } catch {
            // A clock has no other reason to fail than cancellation.
            return false
        }
        return !Task.isShuttingDownGracefully && !Task.isCancelled
    }

    /// As `sleep(until:)`.
    func sleep(for duration: Duration) async -> Bool { await sleep(until: now() + duration) }
}
