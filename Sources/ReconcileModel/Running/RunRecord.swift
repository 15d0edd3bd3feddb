/// One run of the history.
package struct RunRecord: Sendable, Equatable {
    package var id: RunID
    /// The command, such as `apply`.
    package var kind: String
    /// RFC 3339 in UTC.
    package var startedAt: String
    /// Nil: the run was killed, or is still under way.
    package var finishedAt: String?
    /// `success`, `failed` or `stopped`; nil as long as it is not finished.
    package var outcome: String?
    /// The person or job, as far as the environment told.
    package var who: String?
    package var gitRevision: String?
    /// The run that it took back.
    package var undoes: RunID?
    package var counts: Counts

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

    package init(
        id: RunID,
        kind: String,
        startedAt: String,
        finishedAt: String? = nil,
        outcome: String? = nil,
        who: String? = nil,
        gitRevision: String? = nil,
        undoes: RunID? = nil,
        counts: Counts = Counts()
    ) {
        (self.id, self.kind, self.startedAt, self.finishedAt) = (id, kind, startedAt, finishedAt)
        (self.outcome, self.who, self.gitRevision) = (outcome, who, gitRevision)
        (self.undoes, self.counts) = (undoes, counts)
    }
}
