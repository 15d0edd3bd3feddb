import Foundation
import ReconcileModel
import TestSupport

/// The time of one scenario, for the commands and the emulator alike: it stands still but for waits, which are over at once.
struct ScenarioClock: Sendable {
    /// For the waits of commands.
    let clock = ManualClock()
    /// When the scenario began, so that a command in a process of its own agrees about the day.
    private let start = Int(Date().timeIntervalSince1970)

    func advance(by duration: Duration) { clock.advance(by: duration) }

    var secondsSince1970: Int { start + Int(clock.now.offset.components.seconds) }
    var timestamp: Timestamp { Timestamp(secondsSince1970: secondsSince1970) }
    var date: Date { Date(timeIntervalSince1970: TimeInterval(secondsSince1970)) }
}
