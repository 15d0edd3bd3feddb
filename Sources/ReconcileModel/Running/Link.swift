/// What we remember of an event we wrote or adopted: one row of the link table.
package struct Link: Hashable, Codable, Sendable {
    package var organization: String
    package var page: PageID
    package var event: EventID
    package var database: DatabaseID
    package var calendar: CalendarID
    /// Over the content we last wrote or found equal.
    package var hash: ContentHash
    /// The version that our last write or adoption left.
    package var etag: ETag
    /// `last_edited_time` of the page at that moment, as Notion wrote it.
    package var lastEdited: String?
    /// Over what Google answered to that write, where it is not what was written; nil: it is the same, or not known.
    package var storedHash: ContentHash?

    package init(
        organization: String,
        page: PageID,
        event: EventID,
        database: DatabaseID,
        calendar: CalendarID,
        hash: ContentHash,
        etag: ETag,
        lastEdited: String? = nil,
        storedHash: ContentHash? = nil
    ) {
        (self.organization, self.page, self.event) = (organization, page, event)
        (self.database, self.calendar, self.hash, self.etag) = (database, calendar, hash, etag)
        (self.lastEdited, self.storedHash) = (lastEdited, storedHash)
    }
}
