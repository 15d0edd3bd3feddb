import Synchronization

/// Where the requests of one API meet its circuit breaker.
final class CircuitGate: Sendable {
    /// One request's leave to be sent.
    enum Pass {
        case ordinary
        /// The one request that finds out whether the API is back.
        case probe
        /// A probe that has told what it had to tell.
        case spent
    }

    /// How one attempt of a request ended.
    struct Attempt {
        var request: OutgoingRequest
        var number: Int
        var result: Result<IncomingResponse, TransportError>
        var outcome: RetryPolicy.Outcome
    }

    private let breaker: Mutex<CircuitBreaker>
    private let time: ElapsedTime

    init(_ breaker: CircuitBreaker, time: ElapsedTime) {
        self.breaker = Mutex(breaker)
        self.time = time
    }

    /// - Throws: `.suspended` while the API is left alone.
    func enter(_ request: OutgoingRequest) throws(TransportError) -> Pass {
        switch breaker.withLock({ $0.admit(at: time.now()) }) {
        case .granted: return .ordinary
        case .probe: return .probe
        case .refused(let failures, _): throw .suspended(location: request.location, failures: failures)
        }
    }

    /// Takes note of how an attempt ended; where the API is down, nothing is repeated.
    func revised(
        _ decision: RetryPolicy.Decision,
        after attempt: Attempt,
        _ pass: inout Pass
    ) -> RetryPolicy.Decision {
        guard let showsLife = attempt.showsLife else { return decision }
        let isProbe = pass == .probe
        if isProbe { pass = .spent }
        guard !showsLife else {
            breaker.withLock { $0.answered() }
            return decision
        }
        // A request that may be sent only once proves little with its one attempt.
        let mayBeRepeated = attempt.number > 1 || attempt.request.repeatability == .repeatable
        let hasTriedEnough = decision == .giveUp && mayBeRepeated
        return breaker.withLock { breaker in
            if hasTriedEnough || isProbe { breaker.failed(at: time.now()) }
            return breaker.isOpen ? .giveUp : decision
        }
    }

    /// Ends a request, however it ended.
    func leave(_ pass: Pass) {
        guard pass == .probe else { return }
        breaker.withLock { $0.abandonProbe(at: time.now()) }
    }
}

extension CircuitGate.Attempt {
    /// Whether the API is there: true for every answer of its own, also an error or a limit; nil where nothing is known.
    fileprivate var showsLife: Bool? {
        switch (outcome, result) {
        case (.response(.success), _), (.response(.final), _), (.response(.rateLimited), _): true
        // A conflict, say: an error that passes, but told by the API itself.
        case (.response(.transient), .success(let response)):
            (400..<500).contains(response.status) && response.isCompleteJSON
        case (.failure(.timedOut), _), (.failure(.unreachable), _), (.failure(.interrupted), _): false
        case (.response(.transient), .failure), (.failure, _): nil
        }
    }
}
