import Foundation
import ReconcileModel
import Synchronization

/// The time of one scenario, for the commands and the emulator alike: it stands still but for waits, which are over at once.
final class ScenarioClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        fileprivate var elapsed: Duration

        func advanced(by duration: Duration) -> Instant { Instant(elapsed: elapsed + duration) }
        func duration(to other: Instant) -> Duration { other.elapsed - elapsed }
        static func < (left: Instant, right: Instant) -> Bool { left.elapsed < right.elapsed }
    }

    /// When the scenario began, so that a command in a process of its own agrees about the day.
    private let start = Int(Date().timeIntervalSince1970)
    private let elapsed = Mutex(Duration.zero)

    var now: Instant { Instant(elapsed: elapsed.withLock(\.self)) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        elapsed.withLock { $0 = max($0, deadline.elapsed) }
    }

    func advance(by duration: Duration) { elapsed.withLock { $0 += duration } }

    var secondsSince1970: Int { start + Int(now.elapsed.components.seconds) }
    var timestamp: Timestamp { Timestamp(secondsSince1970: secondsSince1970) }
    var date: Date { Date(timeIntervalSince1970: TimeInterval(secondsSince1970)) }
}
