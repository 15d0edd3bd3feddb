import Transport

/// Whether and when a creation that Google refused is tried again.
///
/// By its documentation a refusal for the rate (429, or 403 with such a reason) or for the token (401) did nothing. But a calendar has
/// no id of ours that would make a second one impossible, and what answers need not be Google: whoever creates one looks into the list
/// before each repetition.
package struct CreationRetry: Sendable {
    private let retry: CallRetry
    private var tries = 0
    private var waited = Duration.zero
    private var hasNewToken = false

    init(_ retry: CallRetry) { self.retry = retry }

    /// How long to wait before looking and trying again; nil: it would fail again, or may have been carried out.
    package mutating func pause(after error: CalendarError) -> Duration? {
        switch error {
        case .unauthorized where !hasNewToken:
            hasNewToken = true
            return .zero
        case .rateLimited(_, let retryAfter):
            tries += 1
            let pause = retry.pause(tries: tries, retryAfter: retryAfter, isRateLimited: true, waited: waited)
            waited += pause ?? .zero
            return pause
        default: return nil
        }
    }
}

extension CalendarClient {
    /// For one creation of a calendar.
    package func creationRetry() -> CreationRetry { CreationRetry(retry) }
}
