/// What people are told of a service that turns requests away for their rate.
package enum RateLimitText {
    /// The end of a sentence that says so.
    ///
    /// - Parameter retryAfter: the wait that the service asked for last.
    package static func ending(_ retryAfter: Duration?) -> String {
        guard let retryAfter, retryAfter > .zero else { return ", still after several attempts." }
        let seconds = retryAfter.wholeSeconds
        guard isTooLong(retryAfter) else { return ", still after several attempts; it asks to wait \(seconds) s more." }
        return " and asks to wait \(seconds) s, which is longer than a run waits (\(limit.wholeSeconds) s)."
    }

    /// - Parameter otherwise: where a few minutes are likely to be enough.
    package static func hint(_ retryAfter: Duration?, otherwise: String) -> String {
        guard let retryAfter, isTooLong(retryAfter) else { return otherwise }
        return "Run again in \((retryAfter.wholeSeconds + 59) / 60) minutes, not before."
    }

    private static let limit = RetryPolicy().waitingBudget

    private static func isTooLong(_ retryAfter: Duration) -> Bool { retryAfter > limit }
}

extension Duration {
    /// Rounded up.
    fileprivate var wholeSeconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}
