/// One run of the history.
package struct RunRecord: Sendable, Equatable {
    package var id: RunID
    package var origin: Origin
    /// The run that it took back.
    package var undoes: RunID?
    /// RFC 3339 in UTC.
    package var startedAt: String
    /// Nil: the run was killed, or is still under way.
    package var finishedAt: String?
    /// `success`, `failed` or `stopped`; nil as long as it is not finished.
    package var outcome: String?
    package var counts: Counts

    package init(
        id: RunID,
        origin: Origin,
        undoes: RunID? = nil,
        startedAt: String,
        finishedAt: String? = nil,
        outcome: String? = nil,
        counts: Counts = Counts()
    ) {
        self.id = id
        self.origin = origin
        self.undoes = undoes
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.counts = counts
    }

    /// What began a run, and who.
    package struct Origin: Sendable, Equatable {
        /// The command, such as `apply`.
        package var kind: String
        /// The person or job, as far as the environment told.
        package var who: String?
        package var gitRevision: String?

        package init(kind: String, who: String? = nil, gitRevision: String? = nil) {
            self.kind = kind
            self.who = who
            self.gitRevision = gitRevision
        }
    }

    /// What became of its changes.
    package struct Counts: Sendable, Equatable {
        package var created = 0
        package var updated = 0
        package var deleted = 0
        package var failed = 0
        /// Recorded before the write, and no answer after it: of a run that was killed.
        package var unknown = 0

        package init() {}
    }
}
