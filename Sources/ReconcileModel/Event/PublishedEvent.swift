/// What subscribers were shown of one page last, as JSON and in the feed.
package struct PublishedEvent: Hashable, Sendable {
    package var event: EventContent
    /// Over all that is shown.
    package var hash: ContentHash
    package var revision: Revision

    package init(event: EventContent, hash: ContentHash, revision: Revision) {
        // Of what is shown nothing is left to people: without a text there is none.
        self.event = event.complete
        self.hash = hash
        self.revision = revision
    }

    /// What is to be remembered after `contents` were published: unchanged where the content is, with a new revision where
    /// it is another.
    package static func revised(
        _ last: [PageID: PublishedEvent],
        to contents: [PageID: (event: EventContent, hash: ContentHash)],
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
