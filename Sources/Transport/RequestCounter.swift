import Synchronization

/// Counts what goes over the wire, by API.
///
/// Quotas count requests, so plans and reports state them.
package final class RequestCounter: Sendable {
    /// What was counted for one API.
    package struct Counts: Equatable, Sendable {
        /// HTTP requests that were sent, repeated ones included.
        package var requests = 0
        /// Calls inside batch requests.
        package var batchedCalls = 0
        /// How many of the requests were repetitions.
        package var retries = 0
        /// How long requests waited for our own pace or the service's `Retry-After`, summed over all of them.
        package var rateLimitWait = Duration.zero

        package init() {}
    }

    private let counts = Mutex<[String: Counts]>([:])

    package init() {}

    /// What was counted so far, by the API's name.
    package var snapshot: [String: Counts] { counts.withLock(\.self) }

    /// What was counted so far for one API.
    package func counts(of api: String) -> Counts { counts.withLock { $0[api] ?? Counts() } }

    func add(to api: String, _ change: (inout Counts) -> Void) {
        counts.withLock { change(&$0[api, default: Counts()]) }
    }
}
