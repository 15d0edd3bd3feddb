import Synchronization

/// Lets the requests of one API through one after the other, at the pace of a token bucket.
///
/// First come, first served: only the request at the head of the queue waits for the bucket, the others wait for it. So a
/// pause holds all of them, and they do not all go at once when it ends.
final class RequestPacer: Sendable {
    private let bucket: Mutex<TokenBucket>
    private let time: ElapsedTime
    private let turns = TurnQueue()

    init(bucket: TokenBucket, time: ElapsedTime) {
        self.bucket = Mutex(bucket)
        self.time = time
    }

    /// Returns when a request of that many units may go.
    ///
    /// - Returns: how long that took.
    func pass(units: Int) async throws(CancellationError) -> Duration {
        let start = time.now()
        try await turns.enter()
        defer { turns.leave() }
        var wait = bucket.withLock { $0.reserve(units: units, at: time.now()) }
        while wait > .zero {
            do throws(CancellationError) { try await time.sleep(for: wait) } catch {
                bucket.withLock { $0.refund(units: units) }
                throw error
            }
            // A pause may have begun in the meantime.
            wait = bucket.withLock { $0.pauseRemaining(at: time.now()) }
        }
        return time.now() - start
    }

    /// Gives back the units of a request that was let through and not sent.
    func refund(units: Int) { bucket.withLock { $0.refund(units: units) } }

    /// Holds all requests for a while.
    func pause(for duration: Duration) { bucket.withLock { $0.pause(until: time.now() + duration) } }
}

/// A queue in which one task at a time has its turn, in the order in which they came.
final class TurnQueue: Sendable {
    private struct State {
        var isTaken = false
        var nextID = 0
        var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        /// Have come but do not wait yet; who is cancelled at that moment is taken out.
        var arriving: Set<Int> = []
    }

    private let state = Mutex(State())

    /// Returns when it is the task's turn; `leave` ends it.
    func enter() async throws(CancellationError) {
        let id = state.withLock { state in
            state.nextID += 1
            state.arriving.insert(state.nextID)
            return state.nextID
        }
        let hasTurn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in wait(id, continuation) }
        } onCancel: {
            cancel(id)
        }
        guard hasTurn else { throw CancellationError() }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func wait(_ id: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        let hasTurn = state.withLock { state -> Bool? in
            guard state.arriving.remove(id) != nil else { return false }
            guard state.isTaken else {
                state.isTaken = true
                return true
            }
            state.waiting.append((id, continuation))
            return nil
        }
        if let hasTurn { continuation.resume(returning: hasTurn) }
    }

    private func cancel(_ id: Int) {
        let cancelled = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                state.arriving.remove(id)
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        cancelled?.resume(returning: false)
    }
}
