package import Foundation
import HTTPTypes
import JSON
import ReconcileModel
package import Transport

/// Talks to Google Calendar for one account.
///
/// Every request carries an access token; one that Google refuses is replaced once. Pacing and the repetition of single
/// requests are the transport's; calls inside batches, and those on a calendar made a moment ago, are repeated here.
/// <https://developers.google.com/workspace/calendar/api/v3/reference>
package struct CalendarClient: Sendable {
    let address: CalendarAddress
    let tokens: AccessTokenSource
    let transport: any HTTPTransport
    let retry: CallRetry

    /// - Parameter baseURL: without `/calendar/v3`.
    package init(baseURL: URL, tokens: AccessTokenSource, transport: any HTTPTransport, retry: CallRetry) {
        address = CalendarAddress(baseURL: baseURL)
        (self.tokens, self.transport, self.retry) = (tokens, transport, retry)
    }

    /// The e-mail of the account that asks: calendars must be shared with it.
    package var account: String { tokens.account }
    /// The same, with the key that it uses.
    package var credential: String { tokens.credential }
    /// Whether it acts for a person.
    package var isImpersonating: Bool { tokens.isImpersonating }
}

extension CalendarClient {
    /// An answer and the token that it was given for.
    struct Answer {
        var response: IncomingResponse
        var token: Secret
    }

    /// Sends a request with an access token, and once more with another one where Google refuses the first.
    ///
    /// A request that is refused for its token was not carried out, so any may be repeated, except where its sender looks first.
    func send(_ request: OutgoingRequest) async throws(CalendarError) -> Answer {
        let first = try await sendOnce(request)
        guard first.response.status == 401 else { return first }
        await tokens.invalidate(first.token)
        guard request.repeatability == .repeatable else { return first }
        var second = try await sendOnce(request)
        if first.response.wasRepeated { second.response.wasRepeated = true }
        return second
    }

    private func sendOnce(_ request: OutgoingRequest) async throws(CalendarError) -> Answer {
        let token = try await tokens.token()
        var request = request
        request.head.headerFields[.authorization] = "Bearer \(token.reveal())"
        do {
            return Answer(response: try await transport.send(request), token: token)
        } catch {
            throw .transport(error)
        }
    }

    /// Sends a request and reads the resource in its answer.
    ///
    /// - Parameter isFreshCalendar: the calendar was made a moment ago: that it is not found, or not allowed, is then
    ///   not believed at once.
    func resource<Resource: Decodable & Sendable>(
        _ type: Resource.Type,
        _ method: HTTPRequest.Method,
        _ path: String,
        body: JSON? = nil,
        ifMatch: ETag? = nil,
        repeatability: Repeatability = .repeatable,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> Resource {
        var request = request(method, path, body: body, ifMatch: ifMatch, repeatability: repeatability)
        request.reader = .json(type)
        let response = try await successful(request, isFreshCalendar: isFreshCalendar)
        do {
            return try response.read(as: type)
        } catch {
            throw .malformedAnswer(reason: "\(request.location) did not answer a \(type)")
        }
    }

    /// Deletes what is at a path.
    func delete(_ path: String, ifMatch: ETag? = nil) async throws(CalendarError) {
        let response = try await successful(request(.delete, path, ifMatch: ifMatch), isFreshCalendar: false)
        guard response.status == 204, response.body.isEmpty else {
            throw .unconfirmed(reason: "a delete was answered \(response.status) and a body")
        }
    }

    private func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: JSON? = nil,
        ifMatch: ETag? = nil,
        repeatability: Repeatability = .repeatable
    ) -> OutgoingRequest {
        var head = address.head(method, path)
        if body != nil { head.headerFields[.contentType] = "application/json" }
        if let ifMatch { head.headerFields[.ifMatch] = ifMatch.headerValue }
        let units = method == .patch ? 3 : 1
        let data = body.map { Data($0.bytes(.compact)) }
        return OutgoingRequest(head: head, body: data, repeatability: repeatability, units: units)
    }

    private func successful(
        _ request: OutgoingRequest,
        isFreshCalendar: Bool
    ) async throws(CalendarError) -> IncomingResponse {
        var (tries, waited) = (0, Duration.zero)
        while true {
            let response = try await send(request).response
            if (200..<300).contains(response.status) { return response }
            let error = CalendarError(
                status: response.status,
                body: response.body,
                retryAfter: RetryAfter.duration(in: response.head)
            )
            if response.wasRepeated, request.head.method != .get, !error.isUnknownOutcome {
                throw .unconfirmed(reason: "a try without an answer was followed by a refusal, HTTP \(response.status)")
            }
            tries += 1
            guard isFreshCalendar, error.isTypicalOfFreshCalendar,
                let pause = retry.pause(tries: tries, retryAfter: nil, isRateLimited: false, waited: waited)
            else { throw error }
            try await retry.sleep(for: pause)
            waited += pause
        }
    }
}
