import ReconcileModel
import Synchronization

/// A wish to stop, as SIGINT, SIGTERM and SIGHUP express it, and what is to be heeded before it comes true.
///
/// While nothing is being written a run may end at once. Once it writes, what is in flight is finished and recorded first. The
/// service has some time for more: whoever waits for a run is to get its end.
package final class StopRequest: Sendable {
    private struct State {
        var signal: Int32?
        var isWriting = false
        /// Whether what is under way may go on writing although somebody wants to stop.
        var hasTime = false
        var onStop: (@Sendable () -> Void)?
    }

    /// What to do about a signal.
    package enum Answer: Equatable, Sendable {
        /// Nothing is half done, or somebody insists: end now.
        case endNow
        /// The run ends by itself as soon as it can.
        case finishing
    }

    private let state = Mutex(State())

    package init() {}

    package func request(signal: Int32) -> Answer {
        let (answer, onStop): (Answer, (@Sendable () -> Void)?) = state.withLock { state in
            let insists = state.signal != nil
            state.signal = state.signal ?? signal
            guard !insists, state.isWriting || state.onStop != nil else { return (.endNow, nil) }
            return (.finishing, state.onStop)
        }
        onStop?()
        return answer
    }

    /// Runs what ends by itself once `onStop` was called, and may write until `endWriting`.
    package func whileServing<Result>(
        onStop: @escaping @Sendable () -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        state.withLock { ($0.onStop, $0.hasTime) = (onStop, true) }
        defer { state.withLock { ($0.onStop, $0.hasTime) = (nil, false) } }
        return try await body()
    }

    /// Runs what must not be cut off.
    func whileWriting<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        state.withLock { $0.isWriting = true }
        defer { state.withLock { $0.isWriting = false } }
        return try await body()
    }

    /// Nothing more is to be written from now on.
    package func endWriting() { state.withLock { $0.hasTime = false } }

    package var isRequested: Bool { state.withLock { $0.signal != nil } }

    /// Why nothing more is to be written, as reports say it; nil: nobody wants to stop, or there is time.
    var obstacle: String? { state.withLock { $0.signal != nil && !$0.hasTime } ? Outcome.stopped : nil }

    /// The exit code of a run that was stopped, as shells have it: 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM.
    package var exitCode: Int32? { state.withLock { $0.signal.map { 128 + $0 } } }
}
