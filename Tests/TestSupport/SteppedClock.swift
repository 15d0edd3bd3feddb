import Synchronization

/// A clock whose time moves only when the test says so, and that tells when somebody sleeps on it.
///
/// For loops, which a clock that jumps would turn for ever: wait until the loop sleeps, look, advance, and so on.
package final class SteppedClock: Clock {
    package typealias Instant = ManualClock.Instant

    private struct Sleeper {
        var deadline: Instant
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var now = Instant()
        var nextID = 0
        /// Have come but do not sleep yet; who is cancelled at that moment is taken out.
        var arriving: Set<Int> = []
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Int: (count: Int, continuation: CheckedContinuation<Void, Never>)] = [:]

        mutating func newID() -> Int {
            nextID += 1
            arriving.insert(nextID)
            return nextID
        }

        mutating func satisfiedWatchers() -> [CheckedContinuation<Void, Never>] {
            let satisfied = watchers.filter { $0.value.count <= sleepers.count }
            for id in satisfied.keys { watchers[id] = nil }
            return satisfied.values.map(\.continuation)
        }
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Duration { .zero }

    /// How long those who sleep will go on sleeping, the shortest first.
    package var remainingSleeps: [Duration] {
        state.withLock { state in state.sleepers.values.map { state.now.duration(to: $0.deadline) }.sorted() }
    }

    /// Wakes all whose time has come. It does not wait until they have done something: wait for a signal of theirs.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in woken { sleeper.continuation.resume(returning: true) }
    }

    /// Returns as soon as so many sleep at the same time, at least; those whom `advance` wakes no longer count.
    ///
    /// Also returns when the task is cancelled, so that a time limit of a test ends it.
    package func waitForSleepers(_ count: Int = 1) async {
        let id = state.withLock { $0.newID() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.arriving.remove(id) != nil, state.sleepers.count < count else { return false }
                    state.watchers[id] = (count, continuation)
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            let watcher = state.withLock { state in
                state.arriving.remove(id)
                return state.watchers.removeValue(forKey: id)
            }
            watcher?.continuation.resume()
        }
    }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { $0.newID() }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in sleep(id, until: deadline, continuation) }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.arriving.remove(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume(returning: false)
        }
        guard isOver else { throw CancellationError() }
    }

    private func sleep(_ id: Int, until deadline: Instant, _ continuation: CheckedContinuation<Bool, Never>) {
        let (result, watchers) = state.withLock { state -> (Bool?, [CheckedContinuation<Void, Never>]) in
            guard state.arriving.remove(id) != nil else { return (false, []) }
            guard deadline > state.now else { return (true, []) }
            state.sleepers[id] = Sleeper(deadline: deadline, continuation: continuation)
            return (nil, state.satisfiedWatchers())
        }
        if let result { continuation.resume(returning: result) }
        for watcher in watchers { watcher.resume() }
    }
}
