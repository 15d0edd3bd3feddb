/// What we write into an event's private extended properties to know it again.
package struct EventMarks: Hashable, Codable, Sendable {
    /// `notionPageId`: the key the predecessor wrote, so that its events are recognized.
    package var page: PageID
    /// `reconcileOrg`: the organization's prefix; absent on events of the predecessor.
    package var organization: String?
    /// `reconcileDatabase`: the Notion database of the page; absent on events written by older versions.
    package var database: DatabaseID?
    /// `reconcileHash`: the content we last wrote.
    package var hash: ContentHash?
    /// `reconcileStored`: what Google answered to that, where it is not what was written.
    package var stored: ContentHash?
    /// `reconcileEvent`: the event that was written. Another one with this mark is a copy that somebody made.
    package var event: EventID?

    package init(
        page: PageID,
        organization: String? = nil,
        database: DatabaseID? = nil,
        hash: ContentHash? = nil,
        stored: ContentHash? = nil,
        event: EventID? = nil
    ) {
        (self.page, self.organization, self.database) = (page, organization, database)
        (self.hash, self.stored, self.event) = (hash, stored, event)
    }
}
