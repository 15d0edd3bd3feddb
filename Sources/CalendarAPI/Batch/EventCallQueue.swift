import ReconcileModel

/// Decides which calls travel next, which are tried again, and when to give up; sends nothing itself.
///
/// Batches get smaller while calls are turned away for a moment, and grow again: calls on one calendar collide with
/// each other inside a batch, and Google protects single calendars against fast writes.
/// <https://developers.google.com/workspace/calendar/api/guides/quota>
struct EventCallQueue {
    /// What one call was answered.
    struct Reply {
        var outcome: Result<EventAnswer, CalendarError>
        /// The wait that Google asked for.
        var retryAfter: Duration?
        /// Whether it was tried again where that made sense, as the transport does with single requests.
        var isSettled = false
        /// Whether one of those tries may have been carried out.
        var wasRepeated = false
    }

    /// What to do before the next batch.
    enum Step: Equatable {
        case goOn
        /// `tries`: how often in a row it went wrong, from 1.
        case wait(tries: Int, retryAfter: Duration?, isRateLimited: Bool)
    }

    private let calls: [EventCall]
    private let isFreshCalendar: Bool
    private let maximumTries: Int
    private let maximumRateLimitedTries: Int
    private var waiting: [Int]
    private var tries: [Int]
    private var results: [EventResult?]
    private var doubtful: Set<Int> = []
    private var reauthorized: Set<Int> = []
    private var size = BatchRequest.maximumParts
    /// What batches may grow to again.
    private var mostParts = BatchRequest.maximumParts
    private var troubledBatches = 0

    /// Whether the last answers ask for another access token.
    private(set) var needsNewToken = false

    init(_ calls: [EventCall], isFreshCalendar: Bool, maximumTries: Int, maximumRateLimitedTries: Int) {
        (self.calls, self.isFreshCalendar) = (calls, isFreshCalendar)
        (self.maximumTries, self.maximumRateLimitedTries) = (maximumTries, maximumRateLimitedTries)
        waiting = Array(calls.indices)
        tries = Array(repeating: 0, count: calls.count)
        results = Array(repeating: nil, count: calls.count)
    }

    /// Takes the calls of the next batch out of the queue; empty when all is done.
    mutating func next() -> [Int] {
        let batch = Array(waiting.prefix(size))
        waiting.removeFirst(batch.count)
        needsNewToken = false
        return batch
    }

    /// Puts a batch back that was refused as a whole for its size; from now on they are at most half as large.
    ///
    /// - Parameter wasRepeated: whether an earlier try of it may have been carried out.
    mutating func split(_ batch: [Int], wasRepeated: Bool = false) {
        if wasRepeated { doubtful.formUnion(batch) }
        waiting = batch + waiting
        mostParts = max(1, batch.count / 2)
        size = min(size, mostParts)
    }

    /// Takes the answers to a batch, in its order.
    mutating func record(_ replies: [Reply], to batch: [Int]) -> Step {
        var (again, unauthorized, turnedAway): ([Int], [Int], [Int]) = ([], [], [])
        var fatal: CalendarError?
        var retryAfter: Duration?
        for (index, reply) in zip(batch, replies) {
            // Not sent again: what is known of it is what it was answered before.
            if let error = reply.outcome.failure, error.isExpired, results[index] != nil {
                fatal = fatal ?? error
                continue
            }
            if reply.wasRepeated { doubtful.insert(index) }
            results[index] = EventResult(outcome: reply.outcome, wasRepeated: doubtful.contains(index))
            guard case .failure(let error) = reply.outcome else { continue }
            if error.isUnknownOutcome { doubtful.insert(index) }
            if isWorthNewToken(error, reply, for: index) {
                unauthorized.append(index)
            } else if error.isFatalForAll {
                fatal = error
            } else if isTurnedAway(error, index) {
                turnedAway.append(index)
                if isWorthRepeating(error, reply, for: index) { again.append(index) }
                retryAfter = [retryAfter, reply.retryAfter].compactMap(\.self).max()
            }
        }
        if let fatal {
            stop(fatal)
            return .goOn
        }
        reauthorized.formUnion(unauthorized)
        needsNewToken = !unauthorized.isEmpty
        waiting = unauthorized + waiting
        for index in again { tries[index] += 1 }
        waiting += again
        return step(turnedAway, of: batch.count, retryAfter: retryAfter)
    }

    /// Lets the calls that still wait fail without being sent, or with what they were answered last.
    mutating func stop(_ error: CalendarError) {
        for index in waiting where results[index] == nil {
            results[index] = EventResult(
                outcome: .failure(.notSent(after: error)),
                wasRepeated: doubtful.contains(index)
            )
        }
        waiting = []
    }

    /// One result per call, in the order of the calls.
    var finalResults: [EventResult] {
        results.map { $0 ?? EventResult(outcome: .failure(.malformedAnswer(reason: "there is none"))) }
    }

    private mutating func step(_ turnedAway: [Int], of count: Int, retryAfter: Duration?) -> Step {
        guard let first = turnedAway.first else {
            (troubledBatches, size) = (0, min(size * 2, mostParts))
            return .goOn
        }
        size = max(1, size / 2)
        troubledBatches = turnedAway.count == count ? troubledBatches + 1 : 1
        // Nothing got through for as long as a single call is tried: the others would not either.
        if case .failure(let error)? = results[first]?.outcome, troubledBatches > mostTries(after: error) {
            stop(error)
        }
        guard !waiting.isEmpty else { return .goOn }
        let isRateLimited = turnedAway.contains(where: wasRateLimited)
        return .wait(tries: troubledBatches, retryAfter: retryAfter, isRateLimited: isRateLimited)
    }

    private func wasRateLimited(_ index: Int) -> Bool {
        if case .failure(.rateLimited)? = results[index]?.outcome { true } else { false }
    }

    private func mostTries(after error: CalendarError) -> Int {
        if case .rateLimited = error { maximumRateLimitedTries } else { maximumTries }
    }

    private func isWorthNewToken(_ error: CalendarError, _ reply: Reply, for index: Int) -> Bool {
        guard case .unauthorized = error, !reply.isSettled else { return false }
        return !reauthorized.contains(index)
    }

    private func isWorthRepeating(_ error: CalendarError, _ reply: Reply, for index: Int) -> Bool {
        // What the transport gave up is given up, except that it does not know which calendars are fresh.
        tries[index] < mostTries(after: error) && (!reply.isSettled || !error.isTransient)
    }

    private func isTurnedAway(_ error: CalendarError, _ index: Int) -> Bool {
        error.isTransient || isFreshCalendar && calls[index].isInsertOrGet && error.isTypicalOfFreshCalendar
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
