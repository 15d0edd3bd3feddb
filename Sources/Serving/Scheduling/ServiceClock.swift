import ServiceLifecycle
import Transport

/// How a service tells the time and waits.
struct ServiceClock: Sendable {
    private let time: ElapsedTime

    init(_ clock: some Clock<Duration>) { time = ElapsedTime(clock: clock) }

    /// Since the start of the service.
    func now() -> Duration { time.now() }

    /// - Returns: false, and at once, where the service is to end: by graceful shutdown or by cancellation.
    func sleep(until moment: Duration) async -> Bool { await sleep(for: moment - now()) }

    /// As `sleep(until:)`.
    func sleep(for duration: Duration) async -> Bool {
        // A clock has no other reason to fail than cancellation.
        do { try await cancelWhenGracefulShutdown { [time] in try await time.sleep(for: duration) } } catch {
            return false
        }
        return !Task.isShuttingDownGracefully && !Task.isCancelled
    }
}
