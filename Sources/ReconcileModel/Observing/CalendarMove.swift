/// That an organization's events go from the calendar that it had to another one, and what is still in the first.
package struct CalendarMove: Sendable, Equatable {
    /// What our account can do with the calendar that is left.
    package enum Reach: Sendable, Equatable {
        case writable
        /// Its events are seen, and none of them can be moved or deleted.
        case readOnly(CalendarAccess)
        /// Why Google does not show it.
        case unreachable(Failure)
    }

    package var from: CalendarID
    /// Whether a person allowed it, be it in an earlier run that did not complete it.
    package var isAllowed: Bool
    package var reach: Reach
    /// The calendar that is left, as it stands; nil: it cannot be seen.
    package var calendar: LiveCalendar?
    /// Events there that can be moved. They stand among the events of the organization's calendar, as if it were done.
    package var movable: Set<EventID> = []
    /// Events there that cannot: their pages have one in the other calendar, or get one.
    package var rest: [PageID: [LiveEvent]] = [:]
    /// Pages that have their own event in the other calendar already.
    package var arrived: Set<PageID> = []
    /// Linked events there that Google does not show: their pages are left alone.
    package var hidden: Set<EventID> = []
    /// Pages that have, or had, an event there.
    package var pages: Set<PageID> = []
    /// Events in the other calendar that a move took there and whose marks it lost.
    package var unmarked: Set<EventID> = []

    package init(from: CalendarID, isAllowed: Bool, reach: Reach, calendar: LiveCalendar? = nil) {
        (self.from, self.isAllowed, self.reach, self.calendar) = (from, isAllowed, reach, calendar)
    }

    /// Whether nothing of ours is there.
    package var isEmpty: Bool { movable.isEmpty && rest.isEmpty && hidden.isEmpty }

    /// Whether what is left there can be changed.
    package var isWritable: Bool { reach == .writable }
}
