package import ReconcileModel

/// What is about to be written to Google, recorded before the request goes out.
package struct JournalIntent: Sendable {
    package var organization: String
    package var resource: String
    package var action: String
    package var reason: Reason
    package var page: PageID?
    package var calendar: CalendarID?
    package var event: EventID?
    /// The fields that an update writes.
    package var fields: Set<EventField> = []
    /// The content that is to stand there afterwards.
    package var after: EventImage?
    /// The content that stood there before.
    package var before: EventImage?
    package var isAllowedByName: Bool

    package init(
        change: Change,
        organization: String,
        calendar: CalendarID?,
        isAllowedByName: Bool
    ) {
        (self.organization, self.calendar, self.isAllowedByName) = (organization, calendar, isAllowedByName)
        (resource, action, reason) = (change.resource.rawValue, change.action.rawValue, change.reason)
        (page, event) = (change.page, change.eventID)
        switch change {
        case .event(.create(let creation)): after = EventImage(creation.desired.event)
        case .event(.update(let update)):
            after = EventImage(update.desired.event)
            before = EventImage(update.live)
            fields = Set(update.fields)
        case .event(.delete(let deletion)): before = EventImage(deletion.live)
        case .calendar, .adopt: break
        }
    }
}
