package import Foundation
package import HTTPTypes

/// Sends one request and returns its answer.
///
/// `CurlTransport` talks to the network; `RetryingTransport` wraps another transport with pacing and retries.
package protocol HTTPTransport: Sendable {
    /// - Returns: the answer, whatever its status, once its body is complete.
    /// - Throws: where there is no complete answer.
    func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse
}

/// A request with all that deciding about it needs.
package struct OutgoingRequest: Sendable {
    /// Method and header fields; scheme, authority and path are those of the URL.
    package var head: HTTPRequest
    package var body: Data?
    /// Whether it may be sent again when nobody knows what became of it.
    package var repeatability: Repeatability
    /// What it costs in the service's quota: 1 for most, 3 for a Google PATCH, the sum of its calls for a batch.
    package var units: Int
    /// How many calls travel inside it: 0 for a plain request, n for a batch.
    package var batchedCalls: Int
    /// Asked at the moment it is about to leave, after all waits: whether what it relies on still holds; nil: nothing to ask.
    package var mayStillLeave: (@Sendable () -> Bool)?
    /// How its answer is read: whoever repeats requests reads a success at once, for what can be read is whole. Nil: by its shape.
    package var reader: AnswerReader?

    package init(
        head: HTTPRequest,
        body: Data? = nil,
        repeatability: Repeatability = .repeatable,
        units: Int = 1,
        batchedCalls: Int = 0,
        mayStillLeave: (@Sendable () -> Bool)? = nil
    ) {
        self.head = head
        self.body = body
        self.repeatability = repeatability
        self.units = units
        self.batchedCalls = batchedCalls
        self.mayStillLeave = mayStillLeave
    }

    /// The URL without its query, and without a user name and password, for messages and logs.
    package var location: String {
        let path = head.path?.prefix { $0 != "?" } ?? ""
        let host = head.authority?.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return "\(head.scheme ?? "https")://\(host)\(path)"
    }
}

/// What repeating a request does that may already have been carried out.
package enum Repeatability: Sendable {
    /// Reads, and writes that have the same effect twice.
    case repeatable
    /// A second one could do a second thing: sent again only where the first never got there. Whatever was answered, whoever sends
    /// it looks first.
    case once
}

/// A complete answer.
package struct IncomingResponse: Sendable {
    package var head: HTTPResponse
    package var body: Data
    /// Whether an earlier attempt of the same request may have been carried out: then a refusal may speak of what that one did.
    package var wasRepeated: Bool
    /// What the body says, where it was read on its way.
    var reading: Result<any Sendable, any Error>?

    package init(head: HTTPResponse, body: Data, wasRepeated: Bool = false) {
        self.head = head
        self.body = body
        self.wasRepeated = wasRepeated
    }

    package var status: Int { head.status.code }
}

/// Why a request got no complete answer. An answer with an error status is not one of these.
package enum TransportError: Error, Equatable, Sendable {
    /// `sent`: the request may have reached the service and been carried out.
    case timedOut(location: String, sent: Bool)
    case unreachable(location: String, reason: String)
    /// The connection ended before the answer did.
    case interrupted(location: String, reason: String)
    case untrusted(location: String, reason: String)
    case tooLarge(location: String, limit: Int)
    /// Refused before anything was sent: plain http to a remote host, a scheme that is not http(s), no host.
    case refused(location: String, reason: String)
    /// Not sent, because so many requests in a row got no answer from the same API.
    case suspended(location: String, failures: Int)
    /// Not sent, because it had to wait until what it relied on held no longer.
    case expired(location: String)
    case cancelled
}
