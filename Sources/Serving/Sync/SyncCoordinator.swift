import ReconcileModel
import Reconciling
import ServiceLifecycle
import Synchronization
import Tracing

/// The door to whatever writes: schedule, webhooks and requests all pass here, one run at a time.
///
/// What is asked for while a run is under way goes with the next one, all of it together: the run under way may have read
/// already what has changed since.
actor SyncCoordinator {
    /// What came of a run, for the organizations that were asked for.
    typealias Answer = Result<[SyncedOrganization], Failure>

    private struct Waiting {
        var prefixes: Set<String>
        var trigger: SyncTrigger
        /// Of whoever waits, so that run and request are one trace.
        var context: ServiceContext?
        var continuation: CheckedContinuation<Answer, Never>

        func end(with answer: Answer) {
            continuation.resume(
                returning: answer.map { $0.filter { prefixes.contains($0.prefix) } }
            )
        }
    }

    private let carryOut: @Sendable ([String], SyncTrigger) async -> Answer
    private let queued = Mutex(0)
    private var waiting: [Waiting] = [] {
        didSet { countQueue() }
    }
    /// What is to be done between two runs.
    private var errands: [@Sendable () async -> Void] = [] {
        didSet { countQueue() }
    }
    private let ending = Mutex(false)
    private var worker: CheckedContinuation<Void, Never>?
    /// What is under way: a run, or what is done between two.
    private var underWay: Task<Void, Never>?

    /// - Parameter carryOut: one run; its prefixes are sorted.
    init(carryOut: @escaping @Sendable ([String], SyncTrigger) async -> Answer) {
        self.carryOut = carryOut
    }

    /// How many requests wait for their run.
    nonisolated var queueLength: Int { queued.withLock(\.self) }

    /// Waits for a run that begins after this call.
    func sync(_ prefixes: some Sequence<String>, _ trigger: SyncTrigger) async -> Answer {
        let prefixes = Set(prefixes)
        guard !isStopped else { return .failure(Self.stopping) }
        guard !prefixes.isEmpty else { return .success([]) }
        let context = ServiceContext.current
        return await withCheckedContinuation { continuation in
            waiting.append(
                Waiting(prefixes: prefixes, trigger: trigger, context: context, continuation: continuation)
            )
            wake()
        }
    }

    /// Carries out what writes and is no run of this kind: after the one under way, before the next.
    func betweenRuns<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard !isStopped else { throw Self.stopping }
        let context = ServiceContext.current
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            errands.append {
                guard !self.isStopped else { return continuation.resume(returning: .failure(Self.stopping)) }
                let result: Result<Value, Failure> = await ServiceContext.$current.withValue(context) {
                    do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
                }
                continuation.resume(returning: result)
            }
            wake()
        }
        return try result.get()
    }

    /// Ends what is under way at once, as far as it was not confirmed yet.
    func abandonRun() { underWay?.cancel() }

    private func work() async {
        while !isStopped {
            await runErrands()
            let batch = waiting
            waiting = []
            guard let trigger = batch.first?.trigger else {
                if errands.isEmpty, !isStopped { await withCheckedContinuation { worker = $0 } }
                continue
            }
            let prefixes = batch.reduce(into: Set<String>()) { $0.formUnion($1.prefixes) }
            let context = batch.lazy.compactMap(\.context).first
            await perform { [carryOut] in
                let answer = await ServiceContext.$current.withValue(context) {
                    await carryOut(prefixes.sorted(), trigger)
                }
                for one in batch { one.end(with: answer) }
            }
        }
        await runErrands()
        for one in waiting { one.end(with: .failure(Self.stopping)) }
        waiting = []
    }

    private func runErrands() async {
        let batch = errands
        errands = []
        for errand in batch { await perform(errand) }
    }

    /// In a task of its own, which can be ended without the others.
    private func perform(_ work: @escaping @Sendable () async -> Void) async {
        let task = Task { await work() }
        underWay = task
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        underWay = nil
    }

    private func countQueue() {
        let count = waiting.count + errands.count
        queued.withLock { $0 = count }
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

    private static let stopping = Failure(.stopping, message: "The service is stopping; nothing was changed.")
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
