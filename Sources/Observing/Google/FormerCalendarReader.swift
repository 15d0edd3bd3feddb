import CalendarAPI
import ReconcileModel

/// Reads the calendar that an organization's events leave.
struct FormerCalendarReader {
    let calendars: CalendarClient
    let identity: CalendarIdentity

    typealias Side = (move: CalendarMove, events: [EventID: LiveEvent])

    /// What is there; that Google does not show it is no error, for then there is nothing to be moved.
    func read(_ id: CalendarID, isAllowed: Bool) async throws(Failure) -> Side {
        let answer: GoogleCalendar
        do throws(CalendarError) { answer = try await calendars.calendar(id) } catch {
            let failure = error.failure(on: id, account: calendars.account)
            guard error.meansNotThere else { throw failure }
            return (CalendarMove(from: id, isAllowed: isAllowed, reach: .unreachable(failure)), [:])
        }
        let mark = answer.mark
        var calendar = answer.live(
            isCreatedByUs: mark.map(identity.names) ?? false && answer.isOwn(of: calendars.account)
        )
        let (events, role) = try await EventListReader(calendars: calendars).listing(of: id)
        let access = role.map { CalendarAccess(role: $0, account: calendars.account) }
        calendar.access = access
        let reach: CalendarMove.Reach =
            if let access, !access.role.mayWriteEvents { .readOnly(access) } else { .writable }
        return (CalendarMove(from: id, isAllowed: isAllowed, reach: reach, calendar: calendar), events)
    }
}

extension OrganizationState {
    /// Takes in what is still in the calendar that is left: what can be moved stands among the events here, as if it were done.
    ///
    /// - Parameters:
    ///   - there: whose its events are.
    ///   - links: into that calendar.
    mutating func take(
        _ side: FormerCalendarReader.Side,
        _ there: EventOwnership,
        links former: [PageID: Link]
    ) {
        var move = side.move
        move.pages = Set(former.keys)
        recognize(former, beside: side.events, in: &move)
        for (page, copies) in copies() {
            // A copy that somebody made here is no reason to leave the original behind.
            let isOwn = copies.ours.contains { $0.id == links[page]?.event || $0.id.isDerived(from: page) }
            if isOwn { move.arrived.insert(page) }
        }
        var other = self
        (other.events, other.links, other.ownership) = (side.events, former, there)
        for (page, copies) in other.copies() where !copies.all.isEmpty {
            move.pages.insert(page)
            for live in copies.all {
                let isFree = events[live.id]?.status != .live
                guard move.isWritable, !move.arrived.contains(page), isFree else {
                    move.rest[page, default: []].append(live)
                    continue
                }
                move.movable.insert(live.id)
                events[live.id] = live
                if let link = former[page], link.event == live.id { links[page] = link }
            }
        }
        // What is not shown to us is made by nobody a second time, in public.
        for (page, link) in former where !move.arrived.contains(page) {
            guard let live = side.events[link.event], live.isHidden, live.status == .live,
                events[live.id]?.status != .live
            else { continue }
            move.hidden.insert(live.id)
            events[live.id] = live
            links[page] = link
        }
        self.move = move
    }

    /// What is in this calendar and not in the other one any more was moved, be it without the state knowing: while the move is not
    /// complete, the link into the other calendar tells whose it is, also where it lost its marks.
    private mutating func recognize(
        _ former: [PageID: Link],
        beside there: [EventID: LiveEvent],
        in move: inout CalendarMove
    ) {
        for (page, link) in former {
            guard let live = events[link.event], live.status == .live, !live.isHidden, links[page] == nil,
                there[live.id]?.status != .live
            else { continue }
            if live.marks?.page == page { links[page] = link }
            guard live.marks == nil else { continue }
            events[live.id]?.marks = EventMarks(
                page: page,
                organization: link.organization,
                database: link.database,
                hash: nil,
                event: live.id
            )
            links[page] = link
            move.unmarked.insert(live.id)
        }
    }
}
