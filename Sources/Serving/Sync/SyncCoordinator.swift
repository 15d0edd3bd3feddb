import ReconcileModel
import ServiceLifecycle
import Synchronization

/// The door to synchronizing: schedule, webhooks and requests all pass here, one run at a time.
///
/// What is asked for while a run is under way goes with the next one, all of it together: the run under way may have read
/// already what has changed since.
actor SyncCoordinator {
    /// What came of a run, for the organizations that were asked for.
    typealias Answer = Result<[SyncedOrganization], Failure>

    private struct Waiting {
        var prefixes: Set<String>
        var trigger: ServiceEngine.Trigger
        var continuation: CheckedContinuation<Answer, Never>

        func end(with answer: Answer) {
            continuation.resume(
                returning: answer.map { $0.filter { prefixes.contains($0.prefix) } }
            )
        }
    }

    private let carryOut: @Sendable ([String], ServiceEngine.Trigger) async -> Answer
    private let queued = Mutex(0)
    private var waiting: [Waiting] = [] {
        didSet { queued.withLock { $0 = waiting.count } }
    }
    private let ending = Mutex(false)
    private var worker: CheckedContinuation<Void, Never>?

    /// - Parameter carryOut: one run; its prefixes are sorted.
    init(carryOut: @escaping @Sendable ([String], ServiceEngine.Trigger) async -> Answer) {
        self.carryOut = carryOut
    }

    /// How many requests wait for their run.
    nonisolated var queueLength: Int { queued.withLock(\.self) }

    /// Waits for a run that begins after this call.
    func sync(_ prefixes: some Sequence<String>, _ trigger: ServiceEngine.Trigger) async -> Answer {
        let prefixes = Set(prefixes)
        guard !isStopped else { return .failure(Self.stopping) }
        guard !prefixes.isEmpty else { return .success([]) }
        return await withCheckedContinuation { continuation in
            waiting.append(Waiting(prefixes: prefixes, trigger: trigger, continuation: continuation))
            wake()
        }
    }

    private func work() async {
        while !isStopped {
            let batch = waiting
            waiting = []
            guard let trigger = batch.first?.trigger else {
                await withCheckedContinuation { worker = $0 }
                continue
            }
            let prefixes = batch.reduce(into: Set<String>()) { $0.formUnion($1.prefixes) }
            let answer = await carryOut(prefixes.sorted(), trigger)
            for one in batch { one.end(with: answer) }
        }
        for one in waiting { one.end(with: .failure(Self.stopping)) }
        waiting = []
    }

    private nonisolated var isStopped: Bool { ending.withLock(\.self) }

    /// No run begins from now on.
    private nonisolated func stop() {
        ending.withLock { $0 = true }
        Task { await wake() }
    }

    private func wake() {
        worker?.resume()
        worker = nil
    }

    private static let stopping = Failure(code: "stopping", message: "The service is stopping; nothing was changed.")
}

extension SyncCoordinator: Service {
    /// Carries out runs until the service is to end; the one under way is waited for.
    func run() async {
        await withTaskCancellationOrGracefulShutdownHandler {
            await work()
        } onCancelOrGracefulShutdown: {
            self.stop()
        }
    }
}
