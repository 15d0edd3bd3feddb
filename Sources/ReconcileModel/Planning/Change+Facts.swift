extension Change {
    package var resource: ChangedResource {
        switch self {
        case .calendar: .calendar
        case .access: .accessRule
        case .event, .adopt: .event
        case .page: .page
        }
    }

    package var action: ChangeAction {
        switch self {
        case .calendar(.create): .create
        case .calendar(.update): .update
        case .calendar(.delete): .delete
        case .access(let change): change.action
        case .event(let change): change.action
        case .adopt: .adopt
        case .page: .update
        }
    }

    package var reason: Reason {
        switch self {
        case .calendar(.create): .calendarMissing
        case .calendar(.update(let update)): update.reason
        case .calendar(.delete): .calendarDeleted
        case .access(let change): change.reason
        case .event(let change): change.reason
        case .adopt: .adopted
        case .page: .writeBack
        }
    }

    package var title: String {
        switch self {
        case .calendar(.create(let creation)): creation.summary
        case .calendar(.update(let update)): update.calendar.summary
        case .calendar(.delete(let calendar)): calendar.summary
        case .access(let change): change.title
        case .event(let change): change.title
        case .adopt(let adoption): adoption.desired.event.summary
        case .page(let write): write.title
        }
    }

    package var page: PageID? {
        switch self {
        case .calendar, .access: nil
        case .event(let change): change.page
        case .adopt(let adoption): adoption.desired.page
        case .page(let write): write.page
        }
    }

    package var eventID: EventID? {
        switch self {
        case .calendar, .access, .page: nil
        case .event(let change): change.eventID
        case .adopt(let adoption): adoption.event
        }
    }

    /// Whom an access rule concerns.
    package var scope: AccessScope? {
        guard case .access(let change) = self else { return nil }
        return change.scope
    }

    package var event: EventContent? {
        switch self {
        case .calendar, .access, .page: nil
        case .event(let change): change.content
        case .adopt(let adoption): adoption.desired.event
        }
    }

    /// Whether carrying it out writes to Google or Notion.
    package var writes: Bool {
        switch self {
        case .calendar, .access, .event, .page: true
        case .adopt: false
        }
    }

    package var fieldChanges: [FieldChange] {
        switch self {
        case .calendar(let change): change.fieldChanges
        case .access(let change): change.fieldChanges
        case .event(let change): change.fieldChanges
        case .adopt: []
        case .page(let write): write.fieldChanges
        }
    }
}

extension CalendarChange {
    fileprivate var fieldChanges: [FieldChange] {
        switch self {
        case .create(let creation):
            return [
                FieldChange("summary", nil, creation.summary), FieldChange("description", nil, creation.description),
                FieldChange("timeZone", nil, creation.timeZone),
            ]
        case .update(let update):
            let old = update.calendar
            return [
                update.summary.map { FieldChange("summary", old.summary, $0) },
                update.description.map { FieldChange("description", old.description, $0) },
                update.timeZone.map { FieldChange("timeZone", old.timeZone, $0) },
            ].compactMap(\.self)
        case .delete: return []
        }
    }
}

extension EventChange {
    /// What an event is called whose title is not known.
    package static let untitled = "Untitled"

    package var action: ChangeAction {
        switch self {
        case .create: .create
        case .update, .move, .release: .update
        case .delete: .delete
        }
    }

    package var reason: Reason {
        switch self {
        case .create(let creation): creation.reason
        case .update(let update): update.reason
        case .delete(let deletion): deletion.reason
        case .move: .calendarMoved
        case .release: .retired
        }
    }

    package var page: PageID {
        switch self {
        case .create(let creation): creation.desired.page
        case .update(let update): update.desired.page
        case .delete(let deletion): deletion.page
        case .move(let move): move.page
        case .release(let release): release.page
        }
    }

    package var eventID: EventID {
        switch self {
        case .create(let creation): creation.id
        case .update(let update): update.live.id
        case .delete(let deletion): deletion.live.id
        case .move(let move): move.live.id
        case .release(let release): release.live.id
        }
    }

    package var title: String { content?.summary ?? Self.untitled }

    /// What it is to be, or was.
    package var content: EventContent? {
        switch self {
        case .create(let creation): creation.desired.event
        case .update(let update): update.desired.event
        case .delete(let deletion): deletion.live.event
        case .move(let move): move.live.event
        case .release(let release): release.live.event
        }
    }

    package var fieldChanges: [FieldChange] {
        switch self {
        case .create(let creation):
            return EventField.allCases.map { FieldChange($0.rawValue, nil, creation.desired.event.plainText(of: $0)) }
                .filter { $0.after != nil }
        case .update(let update):
            let fields = update.fields.map(update.fieldChange(of:))
            guard let page = update.pageBefore else { return fields }
            return fields + [FieldChange("notion_page_id", page.rawValue, update.desired.page.rawValue)]
        case .delete(let deletion):
            // Settings that people made are theirs, and go along with it.
            let content = deletion.live.event?.withoutSettings
            return EventField.allCases.map { FieldChange($0.rawValue, content?.plainText(of: $0), nil) }
                .filter { $0.before != nil }
        case .move(let move): return [FieldChange("calendar", move.from.rawValue, move.to.rawValue)]
        case .release: return []
        }
    }
}
