/// Decides whether a request is sent again and when: pure, chance comes from outside.
package struct RetryPolicy: Sendable {
    /// How an attempt ended.
    package enum Outcome: Equatable, Sendable {
        case response(ResponseClass)
        case failure(TransportError)
    }

    package enum Decision: Equatable, Sendable {
        case retry(after: Duration)
        case giveUp
    }

    /// All attempts of one request, the first included.
    package var maximumAttempts = 6
    /// As `maximumAttempts`, where it is turned away for the rate: the limits count minutes, and others may use them up.
    package var maximumRateLimitedAttempts = 8
    /// The longest wait before the second attempt; it doubles with every further one.
    package var baseDelay = Duration.seconds(1)
    /// What the longest wait grows to.
    package var maximumDelay = Duration.seconds(32)
    /// How long one request may wait in all.
    package var waitingBudget = Duration.seconds(300)

    package init() {}

    /// - Parameters:
    ///   - attempt: the number of attempts made.
    ///   - waited: how long the request has waited between them.
    ///   - random: at least 0 and less than 1.
    package func decision(
        after outcome: Outcome,
        repeatability: Repeatability,
        attempt: Int,
        waited: Duration,
        random: Double
    ) -> Decision {
        let isRateLimited = if case .response(.rateLimited) = outcome { true } else { false }
        let attempts = isRateLimited ? maximumRateLimitedAttempts : maximumAttempts
        guard attempt < attempts, mayRepeat(after: outcome, repeatability) else { return .giveUp }
        // Half of the wait is certain where a limit has to pass first.
        let chance = isRateLimited ? (1 + random) / 2 : random
        let delay = max(retryAfter(outcome) ?? .zero, backoff(attempt: attempt, random: chance))
        return waited + delay <= waitingBudget ? .retry(after: delay) : .giveUp
    }

    /// Anything from nothing to the full delay ("full jitter"), so that clients that failed together do not come back
    /// together: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    private func backoff(attempt: Int, random: Double) -> Duration {
        let doubled = baseDelay * (1 << min(max(attempt, 1) - 1, 20))
        return min(doubled, maximumDelay) * min(max(random, 0), 1)
    }

    private func mayRepeat(after outcome: Outcome, _ repeatability: Repeatability) -> Bool {
        switch outcome {
        // It did not get there.
        case .failure(.unreachable), .failure(.timedOut(_, sent: false)): return true
        // Turned away for the rate, by whoever answered; or it may have been carried out, as Notion says of its 503.
        case .response(.rateLimited), .response(.transient), .failure(.timedOut), .failure(.interrupted):
            return repeatability == .repeatable
        case .response(.success), .response(.final): return false
        case .failure(.untrusted), .failure(.tooLarge), .failure(.refused), .failure(.suspended), .failure(.expired),
            .failure(.cancelled):
            return false
        }
    }

    private func retryAfter(_ outcome: Outcome) -> Duration? {
        switch outcome {
        case .response(.rateLimited(let retryAfter)), .response(.transient(let retryAfter)): retryAfter
        case .response(.success), .response(.final), .failure: nil
        }
    }
}
