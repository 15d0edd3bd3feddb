import Reconciling
import Serving
import Synchronization

/// Stands for the runs that services start: tells the test of each, and lets it last as long as the test wants.
final class ScriptedRuns: Sendable {
    struct Run: Equatable, Sendable {
        var prefixes: [String]
        var trigger: SyncTrigger
    }

    private let areHeld: Bool
    private let started: (stream: AsyncStream<Run>, continuation: AsyncStream<Run>.Continuation)
    private let ends: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)
    private let runs = Mutex((all: [Run](), finished: 0))

    /// - Parameter areHeld: whether each lasts until `end`.
    init(areHeld: Bool = false) {
        self.areHeld = areHeld
        (started, ends) = (AsyncStream.makeStream(), AsyncStream.makeStream())
    }

    var all: [Run] { runs.withLock(\.all) }
    var finished: Int { runs.withLock(\.finished) }

    /// The next run that starts; nil only where the test is cancelled.
    func next() async -> Run? { await started.stream.first { _ in true } }

    /// Ends the run that is under way.
    func end() { ends.continuation.yield() }

    @Sendable func run(_ prefixes: [String], _ trigger: SyncTrigger) async {
        let run = Run(prefixes: prefixes, trigger: trigger)
        runs.withLock { $0.all.append(run) }
        started.continuation.yield(run)
        if areHeld { _ = await ends.stream.first { _ in true } }
        runs.withLock { $0.finished += 1 }
    }
}
