package struct EventDeletion: Sendable, Equatable {
    package var live: LiveEvent
    package var page: PageID
    package var reason: Reason
    /// Held back by a limit; shown, never carried out.
    package var isBlocked: Bool
    /// The link that the page had before the run that is undone.
    package var linkBefore: Link?

    package init(live: LiveEvent, page: PageID, reason: Reason, isBlocked: Bool = false, linkBefore: Link? = nil) {
        (self.live, self.page, self.reason) = (live, page, reason)
        (self.isBlocked, self.linkBefore) = (isBlocked, linkBefore)
    }
}
