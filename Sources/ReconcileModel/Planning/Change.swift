/// One thing to do.
package enum Change: Sendable, Equatable {
    case createCalendar(CalendarCreation)
    case updateCalendar(CalendarUpdate)
    case createEvent(EventCreation)
    case updateEvent(EventUpdate)
    case deleteEvent(EventDeletion)
    /// The event is there and equal; only the link table learns of it. Not a change at Google.
    case adoptEvent(EventAdoption)
    /// An undo would change the event, but it is not as the run left it. Shown, never carried out.
    case keepEvent(EventRefusal)
}

extension Change {
    package var isBlocked: Bool {
        switch self {
        case .deleteEvent(let deletion): deletion.isBlocked
        case .updateEvent(let update): update.isBlocked
        case .keepEvent: true
        case .createCalendar, .updateCalendar, .createEvent, .adoptEvent: false
        }
    }

    /// Whether carrying it out writes to Google.
    package var writes: Bool {
        switch self {
        case .createCalendar, .updateCalendar, .createEvent: true
        case .updateEvent(let update): !update.isBlocked
        case .deleteEvent(let deletion): !deletion.isBlocked
        case .adoptEvent, .keepEvent: false
        }
    }
}
