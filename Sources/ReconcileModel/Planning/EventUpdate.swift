package struct EventUpdate: Hashable, Codable, Sendable {
    package var desired: DesiredEvent
    /// The event as it was seen; its etag guards the write.
    package var live: LiveEvent
    /// The fields that differ; empty only where nothing but the mark is to change: the event gets another page.
    package var fields: [EventField]
    package var reason: Reason
    /// What made the content change, where that is known to be something else than an edit of the page: a clause.
    package var cause: String?
    /// Marks to be restored; nil: those of `desired`.
    package var marks: EventMarks?
    package var link: LinkAftermath

    package init(
        desired: DesiredEvent,
        live: LiveEvent,
        fields: [EventField],
        reason: Reason,
        cause: String? = nil,
        marks: EventMarks? = nil,
        link: LinkAftermath = .link
    ) {
        self.desired = desired
        self.live = live
        self.fields = fields
        self.reason = reason
        self.cause = cause
        self.marks = marks
        self.link = link
    }
}

extension EventUpdate {
    /// Whether a private event becomes one that others see.
    package var isUnveiling: Bool {
        let hidden = EventVisibility.hidden.rawValue
        return fields.contains(.visibility) && live.event?.text(of: .visibility) == hidden
            && desired.event.text(of: .visibility) != hidden
    }

    /// How a field changes. Where nothing of a rule but its zone does, that is told.
    package func fieldChange(of field: EventField) -> FieldChange {
        let (before, after) = (live.event?.shown(field), desired.event.shown(field))
        guard field.kind == .rule, before == after else { return FieldChange(field.rawValue, before, after) }
        func text(_ event: EventContent?) -> String? { event?.recurrence.map { "\($0.shown) (\($0.zone ?? "days"))" } }
        return FieldChange(field.rawValue, text(live.event), text(desired.event))
    }

    /// The occurrences that people changed and that Google forgets with this update: those of a series whose rule or start
    /// becomes another one.
    package var lostExceptions: [SeriesException] { touchesOccurrences ? live.event?.exceptions ?? [] : [] }

    /// Whether the occurrences of a series become others.
    package var touchesOccurrences: Bool { fields.contains { $0 == .start || $0 == .recurrence } }

    /// The page whose event it was, where it becomes that of another one.
    package var pageBefore: PageID? {
        guard let page = live.marks?.page, page != desired.page else { return nil }
        return page
    }
}
