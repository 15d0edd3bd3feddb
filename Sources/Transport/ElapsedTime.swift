/// A clock that counts from its own making.
package struct ElapsedTime: Sendable {
    package let now: @Sendable () -> Duration
    private let sleeper: @Sendable (Duration) async throws -> Void

    package init(clock: some Clock<Duration>) {
        let origin = clock.now
        now = { origin.duration(to: clock.now) }
        sleeper = { duration in try await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil) }
    }

    package func sleep(for duration: Duration) async throws(CancellationError) {
        // A clock has no other reason to fail than cancellation.
        do { try await sleeper(duration) } catch { throw CancellationError() }
    }
}
