/// What subscribers were shown of one page last, as JSON and in the feed.
package struct PublishedEvent: Hashable, Sendable {
    package var event: CalendarEvent
    /// Over all that is shown.
    package var hash: ContentHash
    package var revision: Revision

    package init(event: CalendarEvent, hash: ContentHash, revision: Revision) {
        (self.event, self.hash, self.revision) = (event, hash, revision)
    }

    /// What is to be remembered after `contents` were published: unchanged where the content is, with a new revision where
    /// it is another.
    package static func revised(
        _ last: [PageID: PublishedEvent],
        to contents: [PageID: (event: CalendarEvent, hash: ContentHash)],
        at now: Timestamp
    ) -> [PageID: PublishedEvent] {
        Dictionary(
            contents.map { page, content in
                guard let known = last[page] else {
                    let first = Revision(firstAt: now)
                    return (page, PublishedEvent(event: content.event, hash: content.hash, revision: first))
                }
                guard known.hash != content.hash else { return (page, known) }
                let next = known.revision.next(at: now)
                return (page, PublishedEvent(event: content.event, hash: content.hash, revision: next))
            }
        ) { first, _ in first }
    }
}

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
