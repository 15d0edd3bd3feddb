package import Transport

/// Repeats calls that the transport cannot repeat by itself: those inside a batch, and those on a fresh calendar.
package struct CallRetry: Sendable {
    private let policy: RetryPolicy
    private let sleeper: @Sendable (Duration) async throws -> Void
    private let random: @Sendable () -> Double

    /// - Parameters:
    ///   - policy: its attempts count for each call.
    ///   - random: at least 0 and less than 1.
    package init(
        policy: RetryPolicy = RetryPolicy(),
        clock: some Clock<Duration>,
        random: @escaping @Sendable () -> Double
    ) {
        (self.policy, self.random) = (policy, random)
        sleeper = { duration in try await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil) }
    }

    /// How often one call is tried again.
    var maximumTries: Int { policy.maximumAttempts - 1 }

    /// How often one call is tried again that was turned away for the rate.
    var maximumRateLimitedTries: Int { policy.maximumRateLimitedAttempts - 1 }

    /// How long to wait before trying again; nil: not at all.
    ///
    /// - Parameters:
    ///   - tries: how often in a row it went wrong, from 1.
    ///   - isRateLimited: whether it was turned away for the rate.
    ///   - waited: since it first went wrong.
    func pause(tries: Int, retryAfter: Duration?, isRateLimited: Bool, waited: Duration) -> Duration? {
        let decision = policy.decision(
            after: .response(isRateLimited ? .rateLimited(retryAfter: retryAfter) : .transient(retryAfter: retryAfter)),
            repeatability: .repeatable,
            attempt: tries,
            waited: waited,
            random: random()
        )
        guard case .retry(let pause) = decision else { return nil }
        return pause
    }

    func sleep(for duration: Duration) async throws(CalendarError) {
        // A clock has no other reason to fail than cancellation.
        do { try await sleeper(duration) } catch { throw .transport(.cancelled) }
    }
}
