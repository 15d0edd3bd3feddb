import Foundation
package import ReconcileModel
package import Serving
package import Transport

/// How commands tell the time and wait: for their turn, between attempts, and for answers.
package struct Timing: Sendable {
    /// The time of day: for access tokens, the history, and the day within which deletes are counted.
    package var now: @Sendable () -> Timestamp = { Timestamp(secondsSince1970: Int(Date().timeIntervalSince1970)) }
    /// Measures the waits of our own: the pace, and the pauses between attempts.
    package var clock: any Clock<Duration> = ContinuousClock()
    /// How long an answer may take.
    package var timeouts = CurlTransport.Timeouts()
    /// How long clients may keep the service waiting.
    package var serviceTimeouts = ServiceConfiguration.Timeouts()

    package init() {}
}
