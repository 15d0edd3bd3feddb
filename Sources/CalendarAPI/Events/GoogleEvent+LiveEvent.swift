package import ReconcileModel

extension GoogleEvent {
    /// The event in the words of the model.
    ///
    /// Its `event` is nil where the times are missing, mixed or unreadable. On an event nobody marked it has times only.
    ///
    /// - Parameter role: what the account may do with the calendar, where that is known.
    package func liveEvent(role: CalendarRole? = nil) -> LiveEvent {
        LiveEvent(
            id: id,
            etag: etag ?? ETag(rawValue: ""),
            status: status == "cancelled" ? .cancelled : .live,
            marks: marks,
            event: content,
            recurringEvent: recurringEvent,
            isSeries: isRecurring,
            created: created,
            updated: updated,
            isHidden: isHidden(from: role),
            hasGuests: hasGuests
        )
    }

    private var marks: EventMarks? {
        guard let markedPage, let page = PageID(parsing: markedPage) else { return nil }
        return EventMarks(
            page: page,
            organization: markedOrganization,
            database: markedDatabase.flatMap { DatabaseID(parsing: $0) },
            hash: markedHash.map(ContentHash.init(rawValue:)),
            stored: markedStored.map(ContentHash.init(rawValue:)),
            event: markedEvent.map(EventID.init(rawValue:))
        )
    }

    private var content: CalendarEvent? {
        guard let start = start?.eventTime, let end = end?.eventTime else { return nil }
        let realEnd: EventTime
        switch (start, end) {
        case (.date(let first), .date(let last)):
            // Events whose end equals their start exist, against the documentation; everybody shows them as one day.
            realEnd = .date(max(last, first.adding(days: 1)))
        case (.instant, .instant): realEnd = end
        case (.date, .instant), (.instant, .date): return nil
        }
        return CalendarEvent(
            summary: summary ?? "",
            description: description.nonEmpty,
            location: location.nonEmpty,
            start: start,
            end: realEnd,
            displayZone: self.start?.timeZone
        )
    }
}

extension GoogleEvent.Time {
    /// Nil where neither key, or none that can be read, is there.
    fileprivate var eventTime: EventTime? {
        if let date { return CivilDate(date).map(EventTime.date) }
        return dateTime.flatMap { Timestamp(rfc3339: $0) }.map(EventTime.instant)
    }
}

extension String? {
    /// Google leaves out what is empty; should it not, the two still mean the same.
    fileprivate var nonEmpty: String? { self == "" ? nil : self }
}
