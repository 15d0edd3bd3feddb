import Foundation

extension CalendarError {
    /// What an answer that is no success means.
    ///
    /// - Parameters:
    ///   - status: anything but 2xx and 304.
    ///   - retryAfter: the wait that the answer asks for.
    init(status: Int, body: Data, retryAfter: Duration? = nil) {
        let answer = ErrorAnswer(body)
        let (reason, message) = (answer?.reason ?? "unknown", answer?.message ?? "no message")
        switch status {
        // 408: some of it arrived, perhaps all.
        case 408, 500...: self = .service(status: status)
        case 429: self = .rateLimited(reason: reason, retryAfter: retryAfter)
        case 413, 414: self = .badRequest(reason: "tooLarge", message: "HTTP \(status)")
        // Google explains its refusals in JSON; anything else was said by something in between.
        case _ where answer == nil: self = .malformedAnswer(reason: "HTTP \(status) without Google's explanation")
        case 400: self = .badRequest(reason: reason, message: message)
        case 401: self = .unauthorized(message: message)
        case 403: self = Self.forbidden(reason, message, retryAfter)
        case 404: self = .notFound
        case 409: self = reason == "duplicate" ? .duplicate : .conflict(reason: reason)
        case 410: self = .gone(reason: reason)
        case 412: self = .preconditionFailed
        case 400..<500: self = .badRequest(reason: reason, message: message)
        default: self = .malformedAnswer(reason: "HTTP \(status)")
        }
    }

    private static func forbidden(_ reason: String, _ message: String, _ retryAfter: Duration?) -> CalendarError {
        switch reason {
        case _ where ErrorAnswer.rateLimits.contains(reason): .rateLimited(reason: reason, retryAfter: retryAfter)
        case "quotaExceeded", "dailyLimitExceeded": .quotaExceeded(reason: reason, message: message)
        default: .forbidden(reason: reason, message: message)
        }
    }
}
