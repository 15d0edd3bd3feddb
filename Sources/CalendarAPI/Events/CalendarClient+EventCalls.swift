import Foundation
import HTTPTypes
package import ReconcileModel
import Transport

extension CalendarClient {
    /// Carries out calls about events of one calendar, as few requests as possible, one after another.
    ///
    /// A single call travels by itself, several in batches of at most 50. What Google turns away for the moment, and
    /// what it leaves unanswered, is tried again a bounded number of times. Google may execute the calls of a batch in
    /// any order: at most one of them may be about the same event.
    ///
    /// - Parameter isFreshCalendar: the calendar was made a moment ago: that it is not found, or not allowed, is then
    ///   not believed at once of an insert.
    /// - Returns: one result per call, in the order of the calls.
    package func perform(
        _ calls: [EventCall],
        on calendar: CalendarID,
        isFreshCalendar: Bool = false
    ) async -> [EventResult] {
        var queue = EventCallQueue(
            calls,
            isFreshCalendar: isFreshCalendar,
            maximumTries: retry.maximumTries,
            maximumRateLimitedTries: retry.maximumRateLimitedTries
        )
        var waited = Duration.zero
        while true {
            let batch = queue.next()
            guard !batch.isEmpty else { return queue.finalResults }
            let answers = await answers(to: batch.map { calls[$0] }, on: calendar)
            let step = queue.record(answers.replies, to: batch)
            if queue.needsNewToken, let token = answers.token { await tokens.invalidate(token) }
            guard case .wait(let tries, let retryAfter, let isRateLimited) = step else { continue }
            if tries == 1 { waited = .zero }
            let pause = retry.pause(
                tries: tries,
                retryAfter: retryAfter,
                isRateLimited: isRateLimited,
                waited: waited
            )
            guard let pause else {
                queue.stop(.rateLimited(reason: "Google asks to wait longer than is sensible"))
                continue
            }
            do { try await retry.sleep(for: pause) } catch { queue.stop(error) }
            waited += pause
        }
    }

    /// Carries out one call.
    package func perform(
        _ call: EventCall,
        on calendar: CalendarID,
        isFreshCalendar: Bool = false
    ) async throws(CalendarError) -> EventAnswer {
        guard let result = await perform([call], on: calendar, isFreshCalendar: isFreshCalendar).first else {
            throw .malformedAnswer(reason: "there is none")
        }
        return try result.outcome.get()
    }

    private typealias Answers = (replies: [EventCallQueue.Reply], token: Secret?)

    private func answers(to calls: [EventCall], on calendar: CalendarID) async -> Answers {
        do throws(CalendarError) {
            guard calls.count == 1, let call = calls.first else { return try await batch(calls, on: calendar) }
            return try await single(call, on: calendar)
        } catch {
            // The whole request failed, and the transport has already done about it what can be done.
            let reply = EventCallQueue.Reply(outcome: .failure(error), isSettled: true)
            return (Array(repeating: reply, count: calls.count), nil)
        }
    }

    private func single(_ call: EventCall, on calendar: CalendarID) async throws(CalendarError) -> Answers {
        let part = call.part(on: calendar)
        var head = address.head(part.method, part.path)
        if let etag = part.ifMatch { head.headerFields[.ifMatch] = etag.headerValue }
        if let etag = part.ifNoneMatch { head.headerFields[.ifNoneMatch] = etag.headerValue }
        if part.body != nil { head.headerFields[.contentType] = "application/json" }
        let answer = try await send(OutgoingRequest(head: head, body: part.body, units: call.units))
        let outcome = call.outcome(status: answer.response.status, body: answer.response.body)
        return ([EventCallQueue.Reply(outcome: outcome, isSettled: true)], answer.token)
    }

    private func batch(_ calls: [EventCall], on calendar: CalendarID) async throws(CalendarError) -> Answers {
        let batch = BatchRequest(calls.map { $0.part(on: calendar) })
        var head = address.head(.post, CalendarAddress.batch)
        head.headerFields[.contentType] = batch.contentType
        // Outer fields hold for the parts too, and this one says nothing useful of the whole.
        head.headerFields[.accept] = nil
        let units = calls.reduce(0) { $0 + $1.units }
        let request = OutgoingRequest(head: head, body: batch.body, units: units, batchedCalls: calls.count)
        let answer = try await send(request)
        guard (200..<300).contains(answer.response.status) else {
            throw CalendarError(status: answer.response.status, body: answer.response.body)
        }
        return (replies(in: answer.response, to: calls), answer.token)
    }

    private func replies(in response: IncomingResponse, to calls: [EventCall]) -> [EventCallQueue.Reply] {
        let contentType = response.head.headerFields[.contentType]
        let parts = BatchResponse(response.body, contentType: contentType, expected: calls.count).parts
        return calls.enumerated().map { index, call in
            guard let part = parts[index] else {
                return .init(outcome: .failure(.malformedAnswer(reason: "no answer to this call in the batch's")))
            }
            return .init(outcome: call.outcome(status: part.status, body: part.body), retryAfter: part.retryAfter)
        }
    }
}
