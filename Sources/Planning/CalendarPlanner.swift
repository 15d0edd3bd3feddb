import ReconcileModel

/// Plans the calendar itself: created where there is none, kept right where it is ours or its settings are declared.
struct CalendarPlanner {
    let organization: Organization
    let state: OrganizationState

    private var mark: CalendarMark { CalendarMark(prefix: organization.prefix, database: state.database) }

    func change() -> CalendarChange? {
        switch state.calendar {
        case .missing: .create(creation())
        case .existing(let calendar): update(calendar).map(CalendarChange.update)
        }
    }

    private func creation() -> CalendarCreation {
        CalendarCreation(
            summary: organization.calendarName,
            description: mark.appended(to: organization.calendar?.description),
            timeZone: organization.timeZone,
            mark: mark
        )
    }

    private func update(_ calendar: LiveCalendar) -> CalendarUpdate? {
        let declared = organization.calendar
        var summary = declared?.name
        var description = declared?.description
        var timeZone: String?
        if calendar.isCreatedByUs {
            summary = organization.calendarName
            // What people wrote above the mark stays, unless a description is declared.
            description = description.map(mark.appended) ?? marked(calendar)
            timeZone = organization.timeZone
        }
        if let wanted = summary, FieldValue.isSameText(wanted, calendar.summary) { summary = nil }
        if let wanted = description, FieldValue.isSameText(wanted, calendar.description) { description = nil }
        // An answer need not tell the zone.
        if calendar.timeZone == nil || timeZone == calendar.timeZone { timeZone = nil }
        guard summary != nil || description != nil || timeZone != nil else { return nil }
        return CalendarUpdate(
            calendar: calendar,
            summary: summary,
            description: description,
            timeZone: timeZone,
            reason: reason(calendar)
        )
    }

    /// What people wrote, with the mark; nil: it stays as it is.
    ///
    /// Where lines became HTML the mark is no line of its own any more: it could only be added again, at every run. Then the
    /// words of an outdated one are changed where they stand.
    private func marked(_ calendar: LiveCalendar) -> String? {
        let text = calendar.description ?? ""
        guard let present = CalendarMark(in: CalendarMark.removed(from: text)) else { return mark.appended(to: text) }
        return present == mark ? nil : text.replacing(present.line, with: mark.line)
    }

    private func reason(_ calendar: LiveCalendar) -> Reason {
        guard let old = calendar.mark, old != mark else { return .calendarSettings }
        // Marked with the id of the data source: set up before anybody asked Notion.
        if old.prefix == mark.prefix, old.database.rawValue == state.dataSource?.rawValue { return .calendarSettings }
        return old.database == mark.database ? .renamed : .databaseChanged
    }
}
