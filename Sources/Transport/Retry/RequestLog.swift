import HTTPTypes
import Logging

/// What is written about requests: method, URL without query, status and times.
///
/// Never header fields, bodies or queries, for tokens and people's data are in them.
struct RequestLog: Sendable {
    let api: String
    let logger: Logger

    func attempted(
        _ request: OutgoingRequest,
        _ result: Result<IncomingResponse, TransportError>,
        attempt: Int,
        duration: Duration
    ) {
        var metadata = metadata(request, attempt: attempt)
        metadata["ms"] = "\(duration.milliseconds)"
        switch result {
        case .success(let response):
            metadata["status"] = "\(response.status)"
            logger.debug("request answered", metadata: metadata)
        case .failure(let error):
            metadata["error"] = "\(error.summary)"
            logger.debug("request failed", metadata: metadata)
        }
    }

    func retries(_ request: OutgoingRequest, _ outcome: RetryPolicy.Outcome, attempt: Int, after delay: Duration) {
        var metadata = metadata(request, attempt: attempt)
        metadata["reason"] = "\(reason(outcome))"
        metadata["wait_ms"] = "\(delay.milliseconds)"
        logger.info("request will be repeated", metadata: metadata)
    }

    func gaveUp(_ request: OutgoingRequest, _ outcome: RetryPolicy.Outcome, attempts: Int) {
        // Errors after one attempt are for the caller to judge; many are expected answers.
        guard attempts > 1, outcome != .response(.success), outcome != .response(.final) else { return }
        var metadata = metadata(request, attempt: attempts)
        metadata["reason"] = "\(reason(outcome))"
        logger.notice("request given up", metadata: metadata)
    }

    private func metadata(_ request: OutgoingRequest, attempt: Int) -> Logger.Metadata {
        [
            "api": "\(api)", "method": "\(request.head.method.rawValue)", "url": "\(request.location)",
            "attempt": "\(attempt)",
        ]
    }

    private func reason(_ outcome: RetryPolicy.Outcome) -> String {
        switch outcome {
        case .response(.success): "success"
        case .response(.final): "error"
        case .response(.rateLimited): "rate limited"
        case .response(.transient): "transient error"
        case .failure(let error): error.summary
        }
    }
}

extension TransportError {
    /// A few words, without the location.
    fileprivate var summary: String {
        switch self {
        case .timedOut(_, let sent): sent ? "timed out" : "timed out before it was sent"
        case .unreachable(_, let reason): "unreachable: \(reason)"
        case .interrupted(_, let reason): "interrupted: \(reason)"
        case .untrusted(_, let reason): "untrusted: \(reason)"
        case .tooLarge: "answer too large"
        case .refused(_, let reason): "refused: \(reason)"
        case .suspended(_, let failures): "not sent, the last \(failures) requests failed"
        case .expired: "not sent, it waited too long"
        case .cancelled: "cancelled"
        }
    }
}
