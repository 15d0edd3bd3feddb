/// One thing to do.
package enum Change: Hashable, Codable, Sendable {
    case calendar(CalendarChange)
    case access(AccessChange)
    case event(EventChange)
    /// The event is there and equal; only the link table learns of it. Not a change at Google.
    case adopt(EventAdoption)
    /// A page is told what became of its event.
    case page(PageWrite)
}

/// What is to be done to a calendar.
package enum CalendarChange: Hashable, Codable, Sendable {
    case create(CalendarCreation)
    case update(CalendarUpdate)
    /// With all that is in it, for ever. Only by a command of its own.
    case delete(LiveCalendar)
}

/// What is to be done to an event.
package enum EventChange: Hashable, Codable, Sendable {
    case create(EventCreation)
    case update(EventUpdate)
    case delete(EventDeletion)
    /// It goes to another calendar, as it is.
    case move(EventMove)
    /// It stays, and is ours no more.
    case release(EventRelease)
}

/// What a change is about; the words are part of the JSON format.
package enum ChangedResource: String, CaseIterable, Codable, Sendable {
    case calendar
    case accessRule = "access_rule"
    case event
    case page
}

/// What a change does; the words are part of the JSON format.
package enum ChangeAction: String, CaseIterable, Codable, Sendable { case create, update, delete, adopt }
