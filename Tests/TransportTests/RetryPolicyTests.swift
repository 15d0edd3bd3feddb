import Testing
import Transport

struct RetryPolicyTests {
    static let transient = RetryPolicy.Outcome.response(.transient(retryAfter: nil))

    private func decide(
        _ outcome: RetryPolicy.Outcome,
        _ repeatability: Repeatability = .repeatable,
        attempt: Int = 1,
        waited: Duration = .zero,
        random: Double = 0.5
    ) -> RetryPolicy.Decision {
        RetryPolicy().decision(
            after: outcome,
            repeatability: repeatability,
            attempt: attempt,
            waited: waited,
            random: random
        )
    }

    @Test(arguments: [
        (1, 0.5, 500), (2, 0.5, 1000), (3, 0.5, 2000), (4, 0.5, 4000), (5, 0.5, 8000),
        (1, 0.0, 0), (5, 0.0, 0), (1, 0.75, 750), (5, 0.75, 12_000),
    ])
    func `the wait doubles and chance takes any part of it`(attempt: Int, random: Double, milliseconds: Int) {
        #expect(
            decide(Self.transient, attempt: attempt, random: random) == .retry(after: .milliseconds(milliseconds))
        )
    }

    @Test func `the wait does not grow for ever`() {
        var policy = RetryPolicy()
        policy.maximumAttempts = 1000
        for attempt in [8, 20, 64, 500] {
            let decision = policy.decision(
                after: Self.transient,
                repeatability: .repeatable,
                attempt: attempt,
                waited: .zero,
                random: 0.5
            )
            #expect(decision == .retry(after: .seconds(16)))
        }
    }

    @Test func `the sixth attempt is the last`() {
        #expect(decide(Self.transient, attempt: 5) != .giveUp)
        #expect(decide(Self.transient, attempt: 6) == .giveUp)
    }

    @Test func `a limit is given the time of a minute or so to pass`() {
        let limited = RetryPolicy.Outcome.response(.rateLimited(retryAfter: nil))
        for (random, seconds) in [(0.0, 47.5), (0.999_999, 95.0)] {
            var waited = Duration.zero
            var attempt = 1
            while case .retry(let pause) = decide(limited, attempt: attempt, waited: waited, random: random) {
                waited += pause
                attempt += 1
            }
            #expect(attempt == 8)
            #expect(abs(waited / .seconds(1) - seconds) < 0.01)
        }
    }

    @Test(arguments: [
        (10, 0, RetryPolicy.Decision.retry(after: .seconds(10))),
        (300, 0, .retry(after: .seconds(300))),
        (301, 0, .giveUp),
        (10, 290, .retry(after: .seconds(10))),
        (10, 291, .giveUp),
        (0, 0, .retry(after: .milliseconds(750))),
    ])
    func `Retry-After is honoured within the budget`(seconds: Int, waited: Int, decision: RetryPolicy.Decision) {
        let outcome = RetryPolicy.Outcome.response(.rateLimited(retryAfter: .seconds(seconds)))
        #expect(decide(outcome, waited: .seconds(waited)) == decision)
    }

    @Test(arguments: [
        RetryPolicy.Outcome.failure(.unreachable(location: "l", reason: "r")),
        .failure(.timedOut(location: "l", sent: false)),
    ])
    func `what surely did not get there is repeated always`(outcome: RetryPolicy.Outcome) {
        #expect(decide(outcome, .once) != .giveUp)
        #expect(decide(outcome, .repeatable) == decide(outcome, .once))
    }

    @Test(arguments: [
        transient,
        .response(.transient(retryAfter: .seconds(1))),
        .failure(.interrupted(location: "l", reason: "r")),
        .failure(.timedOut(location: "l", sent: true)),
        .response(.rateLimited(retryAfter: nil)),
    ])
    func `what may have been carried out is repeated only where that does no harm`(outcome: RetryPolicy.Outcome) {
        #expect(decide(outcome, .once) == .giveUp)
        #expect(decide(outcome, .repeatable) != .giveUp)
    }

    @Test(arguments: [
        RetryPolicy.Outcome.response(.success), .response(.final), .failure(.cancelled),
        .failure(.untrusted(location: "l", reason: "r")), .failure(.refused(location: "l", reason: "r")),
        .failure(.tooLarge(location: "l", limit: 1)),
    ])
    func `what repetition does not cure is not repeated`(outcome: RetryPolicy.Outcome) {
        for repeatability in [Repeatability.repeatable, .once] { #expect(decide(outcome, repeatability) == .giveUp) }
    }
}
