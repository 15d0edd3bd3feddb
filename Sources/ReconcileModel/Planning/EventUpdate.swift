package struct EventUpdate: Sendable, Equatable {
    package var desired: DesiredEvent
    /// The event as it was seen; its etag guards the write.
    package var live: LiveEvent
    /// The managed fields that differ; empty only where nothing but the mark is to change: the event gets another page.
    package var fields: [EventField]
    package var reason: Reason
    /// What made the content change, where that is known to be something else than an edit of the page: a clause.
    package var cause: String?
    /// Marks to be restored; nil: those of `desired`.
    package var marks: EventMarks?
    /// Held back by a limit; shown, never carried out.
    package var isBlocked: Bool

    package init(
        desired: DesiredEvent,
        live: LiveEvent,
        fields: [EventField],
        reason: Reason,
        cause: String? = nil,
        marks: EventMarks? = nil,
        isBlocked: Bool = false
    ) {
        (self.desired, self.live, self.fields) = (desired, live, fields)
        (self.reason, self.cause, self.marks, self.isBlocked) = (reason, cause, marks, isBlocked)
    }
}

extension EventUpdate {
    /// The page whose event it was, where it becomes that of another one.
    package var pageBefore: PageID? {
        guard let page = live.marks?.page, page != desired.page else { return nil }
        return page
    }
}
