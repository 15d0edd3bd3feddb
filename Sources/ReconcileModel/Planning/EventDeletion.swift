package struct EventDeletion: Hashable, Codable, Sendable {
    package var live: LiveEvent
    package var page: PageID
    package var reason: Reason
    package var link: LinkAftermath
    /// Whether it relies on the page asking for no event as the delete leaves.
    package var needsProof: Bool
    /// Whether it goes only as it was seen: what nobody can see of an event (guests, a conference) may have been added since.
    package var isExact: Bool
    /// Whether its page was found absent by an earlier run and not looked at since: that is no proof.
    package var isRemembered: Bool
    /// Where it is, where that is not the organization's calendar: the one that its events leave.
    package var calendar: CalendarID?

    package init(
        live: LiveEvent,
        page: PageID,
        reason: Reason,
        link: LinkAftermath = .forget,
        needsProof: Bool = true,
        isExact: Bool = false,
        isRemembered: Bool = false
    ) {
        self.live = live
        self.page = page
        self.reason = reason
        self.link = link
        self.needsProof = needsProof
        self.isExact = isExact
        self.isRemembered = isRemembered
    }

    /// Of an event in the calendar that the organization's events leave, whose page has one in the other: nothing of the page goes.
    package static func left(_ live: LiveEvent, of page: PageID, in former: CalendarID) -> EventDeletion {
        var deletion = EventDeletion(
            live: live,
            page: page,
            reason: .calendarMoved,
            link: .keep,
            needsProof: false
        )
        deletion.calendar = former
        return deletion
    }

    /// Of a further copy: what becomes of the page and its link, the first one decides.
    package static func duplicate(_ live: LiveEvent, of page: PageID) -> EventDeletion {
        EventDeletion(live: live, page: page, reason: .duplicate, link: .keep, needsProof: false)
    }
}
