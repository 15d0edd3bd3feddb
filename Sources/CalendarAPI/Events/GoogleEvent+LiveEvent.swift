package import ReconcileModel

extension GoogleEvent {
    /// The event in the words of the model.
    ///
    /// - Parameter role: what the account may do with the calendar, where that is known.
    package func liveEvent(role: CalendarRole? = nil) -> LiveEvent {
        var live = LiveEvent(
            id: id,
            etag: etag ?? ETag(rawValue: ""),
            status: status == "cancelled" ? .cancelled : .live,
            marks: marks,
            event: content,
            recurringEvent: recurringEvent,
            created: created
        )
        live.updated = updated
        live.originalStart = originalStart
        live.isSeries = isRecurring
        live.isHidden = isHidden(from: role)
        live.hasGuests = hasGuests
        live.address = address
        return live
    }

    private var marks: EventMarks? {
        guard let markedPage, let page = PageID(parsing: markedPage) else { return nil }
        return EventMarks(
            page: page,
            organization: markedOrganization,
            database: markedDatabase.flatMap { DatabaseID(parsing: $0) },
            hash: markedHash.map(ContentHash.init(rawValue:)),
            stored: markedStored.map(ContentHash.init(rawValue:)),
            event: markedEvent.map(EventID.init(rawValue:)),
            settings: EventMarks.settings(markedSettings)
        )
    }
}
