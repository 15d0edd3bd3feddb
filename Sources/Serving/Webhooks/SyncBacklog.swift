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
        /// Pages of which only the links can tell whose they are, and whose they may be by what spoke of them.
        package var pages: [PageID: Speakers]
        /// There were more pages than can be remembered: those of any of these may have changed.
        package var unnamed: Speakers?

        package init(prefixes: Set<String> = [], pages: [PageID: Speakers] = [:], unnamed: Speakers? = nil) {
            (self.prefixes, self.pages, self.unnamed) = (prefixes, pages, unnamed)
        }

        package var isEmpty: Bool { prefixes.isEmpty && pages.isEmpty && unnamed == nil }
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

    /// - Parameter speakers: the organizations that may be spoken of; of a page of which several deliveries speak, those of all.
    package mutating func add(_ page: PageID, of speakers: Speakers = .all, at now: Duration) {
        touch(at: now)
        if let unnamed = batch.unnamed {
            batch.unnamed = unnamed.union(speakers)
            return
        }
        batch.pages[page] = batch.pages[page]?.union(speakers) ?? speakers
        guard batch.pages.count > mostPages else { return }
        batch.unnamed = batch.pages.values.reduce(speakers) { $0.union($1) }
        batch.pages = [:]
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

/// The organizations that a delivery may speak of: those whose secret signed it.
package enum Speakers: Hashable, Sendable {
    case all
    case these(Set<String>)

    package func union(_ other: Speakers) -> Speakers {
        switch (self, other) {
        case (.these(let some), .these(let others)): .these(some.union(others))
        case (.all, _), (_, .all): .all
        }
    }

    /// Those of some organizations that may be spoken of.
    package func among(_ prefixes: Set<String>) -> Set<String> {
        switch self {
        case .all: prefixes
        case .these(let own): own.intersection(prefixes)
        }
    }
}
