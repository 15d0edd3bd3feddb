/// One entry of the journal: what was about to be written, what stood there before, and what became of it.
package struct JournalRecord: Sendable, Equatable {
    package var run: RunID
    package var seq: Int
    package var organization: String
    /// `event` or `calendar`.
    package var resource: String
    package var action: Action?
    /// A `Reason`, or the word of another version.
    package var reason: String
    package var page: PageID?
    package var calendar: CalendarID?
    package var event: EventID?
    /// The fields that an update writes.
    package var fields: Set<EventField>
    /// The content that was to stand there.
    package var after: EventContent?
    package var before: EventContent?
    package var marksBefore: EventMarks?
    package var linkBefore: Link?
    /// RFC 3339 in UTC.
    package var intendedAt: String
    /// Nil: of a run that was killed, or got no answer that could be believed; it may have happened or not.
    package var result: Result?
    package var error: String?
    package var etagAfter: ETag?

    /// Whether it wrote something, or nobody knows.
    package var mayHaveHappened: Bool { result == nil || result == .applied }

    package enum Action: String, Sendable { case create, update, delete }
    package enum Result: String, Sendable { case applied, failed, skipped, stale }

    package init(
        run: RunID,
        seq: Int,
        organization: String,
        resource: String,
        action: Action?,
        reason: String,
        page: PageID? = nil,
        calendar: CalendarID? = nil,
        event: EventID? = nil,
        fields: Set<EventField> = [],
        after: EventContent? = nil,
        before: EventContent? = nil,
        marksBefore: EventMarks? = nil,
        linkBefore: Link? = nil,
        intendedAt: String = "",
        result: Result? = nil,
        error: String? = nil,
        etagAfter: ETag? = nil
    ) {
        (self.run, self.seq, self.organization) = (run, seq, organization)
        (self.resource, self.action, self.reason) = (resource, action, reason)
        (self.page, self.calendar, self.event) = (page, calendar, event)
        (self.fields, self.after, self.before) = (fields, after, before)
        (self.marksBefore, self.linkBefore, self.intendedAt) = (marksBefore, linkBefore, intendedAt)
        (self.result, self.error, self.etagAfter) = (result, error, etagAfter)
    }
}
