package import ReconcileModel

/// What deliveries asked for and no run has taken up yet.
///
/// Deliveries come in bursts: an edit makes several, and a person makes several edits. So a run waits until none has come
/// for a while, yet not for ever. Moments count from the start of the service.
package struct SyncBacklog: Sendable {
    /// How long a run waits for more deliveries.
    package struct Pace: Sendable {
        /// After the last one.
        package var quiet: Duration
        /// After the first one.
        package var longest: Duration

        package init(quiet: Duration = .seconds(2), longest: Duration = .seconds(15)) {
            (self.quiet, self.longest) = (quiet, longest)
        }
    }

    /// What one run is to take up.
    package struct Batch: Equatable, Sendable {
        package var prefixes: Set<String>
        /// Pages of which only the links can tell whose they are.
        package var pages: Set<PageID>
        /// There were more pages than can be remembered: anybody's may have changed.
        package var concernsAll: Bool

        package init(prefixes: Set<String> = [], pages: Set<PageID> = [], concernsAll: Bool = false) {
            (self.prefixes, self.pages, self.concernsAll) = (prefixes, pages, concernsAll)
        }

        package var isEmpty: Bool { prefixes.isEmpty && pages.isEmpty && !concernsAll }
    }

    private let pace: Pace
    private let mostPages: Int
    private var batch = Batch()
    private var first = Duration.zero
    private var last = Duration.zero

    package init(pace: Pace = Pace(), mostPages: Int = 1000) {
        (self.pace, self.mostPages) = (pace, mostPages)
    }

    /// How many organizations and pages wait.
    package var count: Int { batch.prefixes.count + batch.pages.count }

    /// When the next run is to begin; nil while nothing is asked for. Later deliveries move it, only ever backwards.
    package var due: Duration? { batch.isEmpty ? nil : min(last + pace.quiet, first + pace.longest) }

    package mutating func add(_ prefixes: Set<String>, at now: Duration) {
        guard !prefixes.isEmpty else { return }
        touch(at: now)
        batch.prefixes.formUnion(prefixes)
    }

    package mutating func add(_ page: PageID, at now: Duration) {
        touch(at: now)
        guard !batch.concernsAll else { return }
        batch.pages.insert(page)
        guard batch.pages.count > mostPages else { return }
        batch.pages = []
        batch.concernsAll = true
    }

    /// Hands over what a run is to take up now; nil before it is due.
    package mutating func take(at now: Duration) -> Batch? {
        guard let due, due <= now else { return nil }
        defer { batch = Batch() }
        return batch
    }

    private mutating func touch(at now: Duration) {
        if batch.isEmpty { first = now }
        last = now
    }
}
