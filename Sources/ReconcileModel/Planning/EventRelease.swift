/// An event that its organization leaves to people: our marks go, and nothing else of it.
package struct EventRelease: Hashable, Codable, Sendable {
    /// As it was seen; its etag guards the write.
    package var live: LiveEvent
    package var page: PageID

    package init(live: LiveEvent, page: PageID) { (self.live, self.page) = (live, page) }
}
