package import Transport

/// How commands wait: for their turn, between attempts, and for answers.
package struct Timing: Sendable {
    /// Measures the waits of our own: the pace, and the pauses between attempts.
    package var clock: any Clock<Duration> = ContinuousClock()
    /// How long an answer may take.
    package var timeouts = CurlTransport.Timeouts()

    package init() {}
}
