import ReconcileModel
import Transport

/// What the state remembers, read again at most every few seconds: everybody may ask for the status page, and the file may
/// be large.
actor OverviewReader {
    private let read: @Sendable () async throws(Failure) -> StateOverview
    private let now: @Sendable () -> Duration
    private var last: (overview: StateOverview, at: Duration)?
    private var reading: Task<Result<StateOverview, Failure>, Never>?
    /// How often what was read became old at once.
    private var generation = 0

    init(engine: ServiceEngine, time: ElapsedTime) { (read, now) = (engine.overview, time.now) }

    func overview() async throws(Failure) -> StateOverview {
        if let last, now() - last.at < Self.timeToLive { return last.overview }
        let reading =
            reading
            ?? Task { [read] in
                do throws(Failure) { return .success(try await read()) } catch { return .failure(error) }
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
