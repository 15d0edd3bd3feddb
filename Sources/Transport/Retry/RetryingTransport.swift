import Logging
import Metrics
import Tracing

/// A transport that keeps to an API's pace, repeats what may be repeated, and leaves an API alone that is down.
///
/// When it gives up, the last answer is the answer, whatever its status; without one the last error is thrown. An attempt that
/// never left says nothing where an earlier one may have been carried out: then that one's end counts. Only a caller that does not wait
/// any longer hears just that, which leaves everything open.
package struct RetryingTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let api: String
    private let policy = RetryPolicy()
    private let classifier: ResponseClassifier
    private let counter: RequestCounter
    private let log: RequestLog
    private let metrics: RequestMetrics
    private let tracer: any Tracer
    private let time: ElapsedTime
    private let pacer: RequestPacer
    private let gate: CircuitGate
    private let random: @Sendable () -> Double

    /// - Parameters:
    ///   - api: the name under which requests are counted and logged.
    ///   - bucket: the API's rate; all requests through this value and its copies share it.
    ///   - breaker: when the API counts as down; shared likewise.
    package init(
        _ base: any HTTPTransport,
        api: String,
        bucket: TokenBucket,
        breaker: CircuitBreaker = CircuitBreaker(),
        classifier: ResponseClassifier = .jsonAPI(),
        counter: RequestCounter,
        instruments: Instruments
    ) {
        self.base = base
        self.api = api
        self.classifier = classifier
        self.counter = counter
        random = instruments.random
        log = RequestLog(api: api, logger: instruments.logger)
        metrics = RequestMetrics(api: api, factory: instruments.metrics)
        tracer = instruments.tracer
        time = ElapsedTime(clock: instruments.clock)
        pacer = RequestPacer(bucket: bucket, time: time)
        gate = CircuitGate(breaker, time: time)
    }

    package func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        let span = RequestSpan(request, api: api, tracer: tracer)
        var attempts = 0
        let result: Result<IncomingResponse, TransportError>
        do throws(TransportError) {
            result = .success(try await send(request, attempts: &attempts))
        } catch {
            result = .failure(error)
        }
        span.end(result, attempts: attempts)
        return try result.get()
    }

    private func send(
        _ request: OutgoingRequest,
        attempts attempt: inout Int
    ) async throws(TransportError) -> IncomingResponse {
        var pass = try gate.enter(request)
        defer { gate.leave(pass) }
        var waited = Duration.zero
        /// How the last attempt ended that may have been carried out.
        var doubtful: Result<IncomingResponse, TransportError>?
        var last: Result<IncomingResponse, TransportError>?
        while true {
            try await pace(request)
            guard request.mayStillLeave?() != false else {
                pacer.refund(units: request.units)
                return try (doubtful ?? last ?? .failure(.expired(location: request.location))).get()
            }
            attempt += 1
            let result = await self.attempt(request, number: attempt).marked(repeated: doubtful != nil)
            last = result
            let outcome = outcome(of: result)
            if result.wasRepeated || outcome.mayHaveBeenCarriedOut(result) { doubtful = result }
            let decision = policy.decision(
                after: outcome,
                repeatability: request.repeatability,
                attempt: attempt,
                waited: waited,
                random: random()
            )
            let ended = CircuitGate.Attempt(request: request, number: attempt, result: result, outcome: outcome)
            switch gate.revised(decision, after: ended, &pass) {
            case .giveUp:
                log.gaveUp(request, outcome, attempts: attempt)
                return try (result.mayHaveBeenSent ? result : doubtful ?? result).get()
            case .retry(let delay):
                log.retries(request, outcome, attempt: attempt, after: delay)
                try await wait(delay, after: outcome)
                waited += delay
            }
        }
    }

    private func pace(_ request: OutgoingRequest) async throws(TransportError) {
        do throws(CancellationError) {
            let wait = try await pacer.pass(units: request.units)
            noteWait(wait)
        } catch {
            throw .cancelled
        }
    }

    private func attempt(_ request: OutgoingRequest, number: Int) async -> Result<IncomingResponse, TransportError> {
        let start = time.now()
        let result: Result<IncomingResponse, TransportError>
        do throws(TransportError) { result = .success(try await base.send(request)) } catch { result = .failure(error) }
        if result.mayHaveBeenSent {
            counter.add(to: api) { counts in
                counts.requests += 1
                counts.batchedCalls += request.batchedCalls
                counts.retries += number > 1 ? 1 : 0
            }
        }
        let duration = time.now() - start
        metrics.attempted(result, number: number, took: duration)
        log.attempted(request, result, attempt: number, duration: duration)
        return request.reader.map { reader in result.map(reader.read) } ?? result
    }

    private func outcome(of result: Result<IncomingResponse, TransportError>) -> RetryPolicy.Outcome {
        switch result {
        case .success(let response): .response(classifier.classify(response))
        case .failure(let error): .failure(error)
        }
    }

    private func noteWait(_ wait: Duration) {
        counter.add(to: api) { $0.rateLimitWait += wait }
        metrics.waited(wait)
    }

    private func wait(_ delay: Duration, after outcome: RetryPolicy.Outcome) async throws(TransportError) {
        if case .response(.rateLimited) = outcome {
            // A limit is the whole API's: what others send now would be turned away as well.
            pacer.pause(for: delay)
            noteWait(delay)
        }
        do throws(CancellationError) { try await time.sleep(for: delay) } catch { throw .cancelled }
    }
}

extension RetryPolicy.Outcome {
    /// Whether nobody knows what became of the attempt that ended so: its answer was lost, or is the service's own trouble.
    fileprivate func mayHaveBeenCarriedOut(_ result: Result<IncomingResponse, TransportError>) -> Bool {
        switch self {
        case .response(.success), .response(.final), .response(.rateLimited): return false
        case .response(.transient):
            guard case .success(let response) = result, (400..<500).contains(response.status) else { return true }
            // A refusal that the service explains is one; only a time-out says that some of it arrived.
            return response.status == 408 || !response.isCompleteJSON
        case .failure: return result.mayHaveBeenSent
        }
    }
}

extension Result<IncomingResponse, TransportError> {
    fileprivate var wasRepeated: Bool {
        if case .success(let response) = self { response.wasRepeated } else { false }
    }

    fileprivate func marked(repeated isRepeated: Bool) -> Self {
        map { response in
            var response = response
            response.wasRepeated = isRepeated || response.wasRepeated
            return response
        }
    }

    fileprivate var mayHaveBeenSent: Bool {
        switch self {
        case .failure(.unreachable), .failure(.refused), .failure(.untrusted), .failure(.suspended), .failure(.expired),
            .failure(.timedOut(_, sent: false)):
            false
        case .success, .failure: true
        }
    }
}
