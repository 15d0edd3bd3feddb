import ReconcileModel

/// What the journal says about single events, as the undo of one run has to know it.
struct UndoHistory: Sendable {
    /// The last write to each event that Google confirmed, in this run or a later one.
    let latest: [EventID: JournalRecord]
    /// Events that later runs wrote, or may have written.
    let writtenLater: Set<EventID>
    /// Events that this run made or removed.
    let madeOrRemoved: Set<EventID>

    /// - Parameters:
    ///   - journal: of one organization, in the order of its writing.
    ///   - undoneBy: runs that took this one back, or began to. What they left unanswered is ours to complete.
    init(_ journal: [JournalRecord], of run: RunID, undoneBy: Set<RunID>) {
        var latest: [EventID: JournalRecord] = [:]
        var (writtenLater, madeOrRemoved): (Set<EventID>, Set<EventID>) = ([], [])
        for record in journal where record.run.rawValue >= run.rawValue && record.mayHaveHappened {
            guard let event = record.subject.event else { continue }
            if record.end.result == .applied { latest[event] = record }
            if record.run == run {
                if record.intent.action != .update { madeOrRemoved.insert(event) }
            } else if record.end.result == .applied || !undoneBy.contains(record.run) {
                writtenLater.insert(event)
            }
        }
        (self.latest, self.writtenLater, self.madeOrRemoved) = (latest, writtenLater, madeOrRemoved)
    }
}
