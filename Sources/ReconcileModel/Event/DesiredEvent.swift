/// An event that a Notion page asks for.
package struct DesiredEvent: Hashable, Codable, Sendable {
    package var page: PageID
    package var event: EventContent
    /// Over the fields of `event`; written as a mark and into the link table.
    package var hash: ContentHash
    /// What `hash` would be with the texts that earlier versions of this program made of the same page; nil where equal.
    package var formerHash: ContentHash?
    /// Fields that are decided for this event alone, by its template; how it repeats, where it does.
    package var settings: Set<EventField> = []
    /// `last_edited_time` as Notion writes it; rounded down to the minute, never compared for equality of content.
    package var lastEdited: String?

    /// What its mark says of the fields that are decided for it alone; nil: there are none.
    package var settingsMark: [EventField: String]? {
        guard !settings.isEmpty else { return nil }
        let pairs = settings.map { field in (field, field.note(of: event[field])) }
        return Dictionary(pairs) { first, _ in first }
    }

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
