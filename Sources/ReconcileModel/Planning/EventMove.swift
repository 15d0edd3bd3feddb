/// An event that goes to another calendar with all that people made of it: guests, colours, single occurrences.
package struct EventMove: Hashable, Codable, Sendable {
    /// As it was seen in the calendar that it leaves.
    package var live: LiveEvent
    package var page: PageID
    package var from: CalendarID
    package var to: CalendarID
    /// What its page asks for, to make it anew where Google refuses to move it; nil: no event, or nobody knows.
    package var desired: DesiredEvent?
    /// What the state says of it, which holds in the other calendar as well; nil: nothing.
    package var link: Link?

    package init(
        live: LiveEvent,
        page: PageID,
        from: CalendarID,
        to: CalendarID,
        desired: DesiredEvent? = nil,
        link: Link? = nil
    ) {
        (self.live, self.page, self.from, self.to) = (live, page, from, to)
        (self.desired, self.link) = (desired, link)
    }
}
