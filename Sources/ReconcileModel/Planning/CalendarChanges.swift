package struct CalendarCreation: Hashable, Codable, Sendable {
    package var summary: String
    /// Ends with the mark.
    package var description: String
    package var timeZone: String
    package var mark: CalendarMark

    package init(summary: String, description: String, timeZone: String, mark: CalendarMark) {
        (self.summary, self.description, self.timeZone, self.mark) = (summary, description, timeZone, mark)
    }
}

package struct CalendarUpdate: Hashable, Codable, Sendable {
    package var calendar: LiveCalendar
    /// Nil: stays.
    package var summary: String?
    package var description: String?
    package var timeZone: String?
    package var reason: Reason

    package init(
        calendar: LiveCalendar,
        summary: String?,
        description: String?,
        timeZone: String?,
        reason: Reason = .calendarSettings
    ) {
        (self.calendar, self.summary, self.description, self.timeZone) = (calendar, summary, description, timeZone)
        self.reason = reason
    }
}
