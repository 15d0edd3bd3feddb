package import ReconcileModel

/// What is about to be written to Google, recorded before the request goes out.
package struct JournalIntent: Sendable {
    package var subject: JournalRecord.Subject
    package var action: String
    package var reason: Reason
    /// The fields that an update writes.
    package var fields: Set<EventField> = []
    /// The content that is to stand there afterwards.
    package var after: EventContent?
    /// What stood there before.
    package var before: LiveEvent?
    /// What is done to an access rule.
    package var access: AccessChange?
    package var isAllowedByName: Bool

    package init(
        change: Change,
        organization: String,
        calendar: CalendarID?,
        isAllowedByName: Bool
    ) {
        subject = JournalRecord.Subject(
            organization: organization,
            resource: JournalRecord.Resource(word: change.resource.rawValue),
            page: change.page,
            calendar: calendar,
            event: change.eventID
        )
        subject.scope = change.scope
        action = change.action.rawValue
        reason = change.reason
        self.isAllowedByName = isAllowedByName
        switch change {
        case .event(.create(let creation)): after = creation.desired.event
        case .event(.update(let update)):
            after = update.desired.event
            before = update.live
            fields = Set(update.fields)
        case .event(.delete(let deletion)): before = deletion.live
        case .event(.move(let move)): before = move.live
        case .event(.release(let release)): before = release.live
        case .access(let change): access = change
        case .calendar, .adopt, .page: break
        }
    }
}
