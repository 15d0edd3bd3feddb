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
    /// - Parameter mayStillLeave: asked as a request is about to leave, after all waits: whether what the calls rely on still
    ///   holds. Where not, those that were never sent fail with `.transport(.expired)`.
    /// - Returns: one result per call, in the order of the calls.
    package func perform(
        _ calls: [EventCall],
        on calendar: CalendarID,
        isFreshCalendar: Bool = false,
        mayStillLeave: (@Sendable () -> Bool)? = nil
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
            let answers = await answers(to: batch.map { calls[$0] }, on: calendar, mayStillLeave)
            if answers.isTooLarge, batch.count > 1 {
                queue.split(batch, wasRepeated: answers.replies.contains(where: \.wasRepeated))
                continue
            }
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
                queue.stop(.rateLimited(reason: "in a batch", retryAfter: retryAfter))
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

    private struct Answers {
        var replies: [EventCallQueue.Reply]
        var token: Secret?
        /// The request as a whole was refused for its size, or for what a batch of it may be: nothing of it was carried out.
        var isTooLarge = false
    }

    private func answers(
        to calls: [EventCall],
        on calendar: CalendarID,
        _ mayStillLeave: (@Sendable () -> Bool)?
    ) async -> Answers {
        do throws(CalendarError) {
            guard calls.count == 1, let call = calls.first else {
                return try await batch(calls, on: calendar, mayStillLeave)
            }
            return try await single(call, on: calendar, mayStillLeave)
        } catch {
            return refused(error, calls.count)
        }
    }

    /// The whole request failed, and the transport has already done about it what can be done.
    private func refused(_ error: CalendarError, _ count: Int, wasRepeated: Bool = false) -> Answers {
        let reply = EventCallQueue.Reply(outcome: .failure(error), isSettled: true, wasRepeated: wasRepeated)
        var answers = Answers(replies: Array(repeating: reply, count: count))
        if case .badRequest = error { answers.isTooLarge = true }
        return answers
    }

    private func single(
        _ call: EventCall,
        on calendar: CalendarID,
        _ mayStillLeave: (@Sendable () -> Bool)?
    ) async throws(CalendarError) -> Answers {
        let part = call.part(on: calendar)
        var head = address.head(part.method, part.path)
        if let etag = part.ifMatch { head.headerFields[.ifMatch] = etag.headerValue }
        if let etag = part.ifNoneMatch { head.headerFields[.ifNoneMatch] = etag.headerValue }
        if part.body != nil { head.headerFields[.contentType] = "application/json" }
        let request = OutgoingRequest(
            head: head,
            body: part.body,
            units: call.units,
            mayStillLeave: mayStillLeave
        )
        let answer = try await send(request)
        let outcome = call.outcome(
            status: answer.response.status,
            body: answer.response.body,
            retryAfter: RetryAfter.duration(in: answer.response.head)
        )
        let reply = EventCallQueue.Reply(
            outcome: outcome,
            isSettled: true,
            wasRepeated: answer.response.wasRepeated
        )
        return Answers(replies: [reply], token: answer.token)
    }

    private func batch(
        _ calls: [EventCall],
        on calendar: CalendarID,
        _ mayStillLeave: (@Sendable () -> Bool)?
    ) async throws(CalendarError) -> Answers {
        let batch = BatchRequest(calls.map { $0.part(on: calendar) })
        var head = address.head(.post, CalendarAddress.batch)
        head.headerFields[.contentType] = batch.contentType
        // Outer fields hold for the parts too, and this one says nothing useful of the whole.
        head.headerFields[.accept] = nil
        let units = calls.reduce(0) { $0 + $1.units }
        let request = OutgoingRequest(
            head: head,
            body: batch.body,
            units: units,
            batchedCalls: calls.count,
            mayStillLeave: mayStillLeave
        )
        let answer = try await send(request)
        guard (200..<300).contains(answer.response.status) else {
            let error = CalendarError(
                status: answer.response.status,
                body: answer.response.body,
                retryAfter: RetryAfter.duration(in: answer.response.head)
            )
            return refused(error, calls.count, wasRepeated: answer.response.wasRepeated)
        }
        return Answers(replies: replies(in: answer.response, to: calls), token: answer.token)
    }

    private func replies(in response: IncomingResponse, to calls: [EventCall]) -> [EventCallQueue.Reply] {
        let contentType = response.head.headerFields[.contentType]
        let parts = BatchResponse(response.body, contentType: contentType, expected: calls.count).parts
        return calls.enumerated().map { index, call in
            guard let part = parts[index] else {
                return .init(outcome: .failure(.malformedAnswer(reason: "no answer to this call in the batch's")))
            }
            let outcome = call.outcome(status: part.status, body: part.body, retryAfter: part.retryAfter)
            return .init(outcome: outcome, retryAfter: part.retryAfter, wasRepeated: response.wasRepeated)
        }
    }
}
