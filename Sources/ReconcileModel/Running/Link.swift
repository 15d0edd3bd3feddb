/// What we remember of an event we wrote or adopted: one row of the link table.
package struct Link: Hashable, Codable, Sendable {
    package var organization: String
    package var page: PageID
    package var event: EventID
    package var database: DatabaseID
    package var calendar: CalendarID
    package var written: Written

    package init(
        organization: String,
        page: PageID,
        event: EventID,
        database: DatabaseID,
        calendar: CalendarID,
        written: Written
    ) {
        self.organization = organization
        self.page = page
        self.event = event
        self.database = database
        self.calendar = calendar
        self.written = written
    }

    /// What our last write or adoption left.
    package struct Written: Hashable, Codable, Sendable {
        /// Over the content we last wrote or found equal.
        package var hash: ContentHash
        /// Over what Google answered to that write, where it is not what was written; nil: it is the same, or not known.
        package var storedHash: ContentHash?
        package var etag: ETag
        /// `last_edited_time` of the page at that moment, as Notion wrote it.
        package var lastEdited: String?

        package init(
            hash: ContentHash,
            storedHash: ContentHash? = nil,
            etag: ETag,
            lastEdited: String? = nil
        ) {
            self.hash = hash
            self.storedHash = storedHash
            self.etag = etag
            self.lastEdited = lastEdited
        }
    }
}
