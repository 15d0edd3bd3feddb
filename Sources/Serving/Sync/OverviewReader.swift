import ReconcileModel
import Reconciling
import Transport

/// What the state remembers, read again at most every few seconds: everybody may ask for the status page, and the file may
/// be large.
actor OverviewReader {
    private let reconciler: LiveReconciler
    private let now: @Sendable () -> Duration
    private var last: (overview: StateOverview, at: Duration)?
    private var reading: Task<Result<StateOverview, Failure>, Never>?
    /// How often what was read became old at once.
    private var generation = 0

    init(reconciler: LiveReconciler, time: ElapsedTime) { (self.reconciler, now) = (reconciler, time.now) }

    func overview() async throws(Failure) -> StateOverview {
        if let last, now() - last.at < Self.timeToLive { return last.overview }
        let reading =
            reading
            ?? Task { [reconciler] in
                do throws(Failure) { return .success(try await reconciler.overview()) } catch { return .failure(error) }
            }
        self.reading = reading
        let begun = generation
        let result = await reading.value
        if generation == begun { self.reading = nil }
        let overview = try result.get()
        if generation == begun { last = (overview, now()) }
        return overview
    }

    /// After a run the next reader gets what it left.
    func forget() {
        generation += 1
        (last, reading) = (nil, nil)
    }

    private static let timeToLive = Duration.seconds(10)
}
