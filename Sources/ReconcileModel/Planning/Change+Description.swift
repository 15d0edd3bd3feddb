extension Change {
    package var resource: String {
        switch self {
        case .createCalendar, .updateCalendar: "calendar"
        case .createEvent, .updateEvent, .deleteEvent, .adoptEvent, .keepEvent: "event"
        }
    }

    package var action: String {
        switch self {
        case .createCalendar, .createEvent: "create"
        case .updateCalendar, .updateEvent: "update"
        case .deleteEvent: "delete"
        case .adoptEvent: "adopt"
        case .keepEvent(let refusal): refusal.action
        }
    }

    package var reason: Reason {
        switch self {
        case .createCalendar: .calendarMissing
        case .updateCalendar(let update): update.reason
        case .createEvent(let creation): creation.reason
        case .updateEvent(let update): update.reason
        case .deleteEvent(let deletion): deletion.reason
        case .adoptEvent: .adopted
        case .keepEvent: .undone
        }
    }

    /// Why the content changed, where it is not the page that was edited.
    package var cause: String? { if case .updateEvent(let update) = self { update.cause } else { nil } }

    package var title: String {
        switch self {
        case .createCalendar(let creation): creation.summary
        case .updateCalendar(let update): update.calendar.summary
        case .createEvent(let creation): creation.desired.event.summary
        case .updateEvent(let update): update.desired.event.summary
        case .deleteEvent(let deletion): deletion.live.event?.summary ?? "Untitled"
        case .adoptEvent(let adoption): adoption.desired.event.summary
        case .keepEvent(let refusal): refusal.content?.summary ?? "Untitled"
        }
    }

    package var page: PageID? {
        switch self {
        case .createCalendar, .updateCalendar: nil
        case .createEvent(let creation): creation.desired.page
        case .updateEvent(let update): update.desired.page
        case .deleteEvent(let deletion): deletion.page
        case .adoptEvent(let adoption): adoption.desired.page
        case .keepEvent(let refusal): refusal.page
        }
    }

    package var eventID: EventID? {
        switch self {
        case .createCalendar, .updateCalendar: nil
        case .createEvent(let creation): creation.id
        case .updateEvent(let update): update.live.id
        case .deleteEvent(let deletion): deletion.live.id
        case .adoptEvent(let adoption): adoption.event
        case .keepEvent(let refusal): refusal.event
        }
    }

    /// When it happens, or happened so far.
    package var event: EventContent? {
        switch self {
        case .createCalendar, .updateCalendar: nil
        case .createEvent(let creation): creation.desired.event
        case .updateEvent(let update): update.desired.event
        case .deleteEvent(let deletion): deletion.live.event
        case .adoptEvent(let adoption): adoption.desired.event
        case .keepEvent(let refusal): refusal.content
        }
    }

    /// What changes, field by field; times in UTC or as dates.
    package var fieldChanges: [FieldChange] {
        switch self {
        case .createCalendar(let creation):
            return [
                FieldChange("summary", nil, creation.summary), FieldChange("description", nil, creation.description),
                FieldChange("timeZone", nil, creation.timeZone),
            ]
        case .updateCalendar(let update):
            let old = update.calendar
            return [
                update.summary.map { FieldChange("summary", old.summary, $0) },
                update.description.map { FieldChange("description", old.description, $0) },
                update.timeZone.map { FieldChange("timeZone", old.timeZone, $0) },
            ].compactMap(\.self)
        case .createEvent(let creation):
            return EventField.allCases.map { FieldChange($0.rawValue, nil, creation.desired.event.text(of: $0)) }
                .filter { $0.after != nil }
        case .updateEvent(let update):
            let fields = update.fields.map {
                FieldChange($0.rawValue, update.live.event?.text(of: $0), update.desired.event.text(of: $0))
            }
            guard let page = update.pageBefore else { return fields }
            return fields + [FieldChange("notion_page_id", page.rawValue, update.desired.page.rawValue)]
        case .deleteEvent(let deletion):
            return EventField.allCases.map { FieldChange($0.rawValue, deletion.live.event?.text(of: $0), nil) }
                .filter { $0.before != nil }
        case .adoptEvent, .keepEvent:
            return []
        }
    }
}
