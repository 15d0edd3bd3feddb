/// What the pages of one organization ask for, or what subscribers are to see of it, all of it: an incomplete listing is none.
package struct EventListing: Sendable, Equatable {
    /// The organization's.
    package var prefix: String
    /// By start, then by page.
    package var events: [DesiredEvent]
    package var warnings: [Warning]
    /// Of what is published; empty for what the pages ask for.
    package var revisions: [PageID: Revision]

    package init(
        prefix: String,
        events: some Sequence<DesiredEvent>,
        warnings: [Warning] = [],
        revisions: [PageID: Revision] = [:]
    ) {
        (self.prefix, self.warnings, self.revisions) = (prefix, warnings, revisions)
        self.events = events.sorted { ($0.event.start.order, $0.page) < ($1.event.start.order, $1.page) }
    }

    /// What subscribers are to see.
    package init(prefix: String, published: [PageID: PublishedEvent], warnings: [Warning]) {
        self.init(
            prefix: prefix,
            events: published.map { DesiredEvent(page: $0, event: $1.event, hash: $1.hash) },
            warnings: warnings,
            revisions: published.mapValues(\.revision)
        )
    }
}
