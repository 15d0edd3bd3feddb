/// The calendar of an organization.
package enum CalendarObservation: Sendable, Equatable {
    case existing(LiveCalendar)
    /// None is linked, declared or found by its mark; or a vanished one may be created anew.
    case missing

    /// Nil where there is none.
    package var id: CalendarID? {
        guard case .existing(let calendar) = self else { return nil }
        return calendar.id
    }

    /// Nil also where there is none.
    package var mark: CalendarMark? {
        guard case .existing(let calendar) = self else { return nil }
        return calendar.mark
    }
}
