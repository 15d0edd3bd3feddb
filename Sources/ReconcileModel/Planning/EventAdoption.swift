package struct EventAdoption: Hashable, Codable, Sendable {
    package var desired: DesiredEvent
    package var event: EventID
    package var etag: ETag
    /// Over what Google made of the content; nil: it is the same.
    package var storedHash: ContentHash?

    package init(desired: DesiredEvent, event: EventID, etag: ETag, storedHash: ContentHash? = nil) {
        (self.desired, self.event, self.etag, self.storedHash) = (desired, event, etag, storedHash)
    }
}
