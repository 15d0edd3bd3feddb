import ReconcileModel

/// What is known of one organization's events, and what to do when somebody asks. Pure: times come in as durations since the
/// start of the service.
struct CacheSlot: Sendable {
    /// How long answers are kept, and how long the service goes on with old ones.
    struct Policy: Sendable {
        /// Younger than this, an entry is as good as new.
        var timeToLive = Duration.seconds(300)
        /// Older than this, an entry is answered only if reading anew fails; younger, it is answered while it is read anew.
        var staleness = Duration.seconds(3600)
        /// After a reading that failed, so long nothing is read while there is an entry to answer with.
        var pause = Duration.seconds(15)
    }

    /// What to do about a request.
    enum Decision: Equatable {
        case answer
        /// Answer at once, and see to it that a reading is under way.
        case answerAndRead
        /// Nothing (or nothing young enough) is there: wait for a reading.
        case waitForReading
    }

    private(set) var entry: EventsEntry?
    /// When the reading of the entry began.
    private var readAt = Duration.zero
    private var failedAt: Duration?
    /// When it became known that there is something newer.
    private var outdatedAt: Duration?

    init() {}

    func decision(at now: Duration, _ policy: Policy) -> Decision {
        guard entry != nil else { return .waitForReading }
        let age = age(at: now)
        if age < policy.timeToLive, outdatedAt == nil { return .answer }
        if let failedAt, now - failedAt < policy.pause { return .answer }
        return age < policy.staleness ? .answerAndRead : .waitForReading
    }

    /// - Parameter begun: when the reading began. What was read before the entry in place says less than it.
    /// - Returns: whether it was taken.
    mutating func replace(with entry: EventsEntry, begun: Duration) -> Bool {
        guard self.entry == nil || begun >= readAt else { return false }
        (self.entry, readAt, failedAt) = (entry, begun, nil)
        if let outdated = outdatedAt, begun >= outdated { outdatedAt = nil }
        return true
    }

    /// From now on the entry is read anew as soon as somebody asks.
    mutating func outdate(at now: Duration) { outdatedAt = now }

    /// Whether it is older than it should be.
    func isStale(at now: Duration, _ policy: Policy) -> Bool {
        age(at: now) >= policy.timeToLive || outdatedAt != nil
    }

    mutating func fail(at now: Duration) { failedAt = now }

    func age(at now: Duration) -> Duration { max(.zero, now - readAt) }
}
