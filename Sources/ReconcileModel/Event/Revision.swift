/// Which version of an event subscribers see, as calendar programs compare them. It follows what is published, not the page:
/// a rollup or a changed declaration moves it as well.
package struct Revision: Hashable, Sendable {
    package var sequence: Int
    package var changedAt: Timestamp

    package init(sequence: Int, changedAt: Timestamp) { (self.sequence, self.changedAt) = (sequence, changedAt) }

    /// Of content that nobody remembers to have published: later than any revision it may have had before the state was lost,
    /// or before the event went and came back.
    package init(firstAt now: Timestamp) { self.init(sequence: Self.sequence(at: now), changedAt: now) }

    /// Later than this one, also where the clock was set back.
    package func next(at now: Timestamp) -> Revision {
        Revision(
            sequence: min(max(sequence + 1, Self.sequence(at: now)), Int(Int32.max)),
            changedAt: max(changedAt.adding(seconds: 1), now)
        )
    }

    /// Minutes from 1970, as older versions counted the edits of pages: fits in 32 bits until the year 6053.
    private static func sequence(at time: Timestamp) -> Int {
        min(max(0, time.secondsSince1970 / 60), Int(Int32.max))
    }
}
