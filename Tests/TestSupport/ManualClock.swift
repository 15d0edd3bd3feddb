import Synchronization

/// A clock that stands still until a sleeper is all there is: then it jumps to the end of the sleep at once.
///
/// So nothing waits in tests, and how long was slept is known to the attosecond.
package final class ManualClock: Clock {
    package struct Instant: InstantProtocol {
        package var offset = Duration.zero

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((now: Instant(), sleeps: [Duration]()))

    package init() {}

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Duration { .zero }
    /// All sleeps so far, in their order.
    package var sleeps: [Duration] { state.withLock(\.sleeps) }

    package func advance(by duration: Duration) { state.withLock { $0.now = $0.now.advanced(by: duration) } }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.sleeps.append(state.now.duration(to: deadline))
            state.now = max(state.now, deadline)
        }
    }
}
