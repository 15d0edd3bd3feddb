/// An event that a Notion page asks for.
package struct DesiredEvent: Hashable, Codable, Sendable {
    package var page: PageID
    package var event: EventContent
    /// Over the fields of `event`; written as a mark and into the link table.
    package var hash: ContentHash
    /// What `hash` would be with the texts that earlier versions of this program made of the same page; nil where equal.
    package var formerHash: ContentHash?
    /// `last_edited_time` as Notion writes it; rounded down to the minute, never compared for equality of content.
    package var lastEdited: String?

    package init(
        page: PageID,
        event: EventContent,
        hash: ContentHash,
        formerHash: ContentHash? = nil,
        lastEdited: String? = nil
    ) {
        (self.page, self.event, self.hash) = (page, event, hash)
        (self.formerHash, self.lastEdited) = (formerHash, lastEdited)
    }
}
