import ReconcileModel

/// Plans what becomes of the events in a calendar that an organization leaves: each goes to the other one as it is, before anything else
/// is done to it; what cannot is made anew there, and then deleted here.
struct MovePlanner {
    let organization: Organization
    let state: OrganizationState
    let move: CalendarMove
    let to: CalendarID

    init?(_ organization: Organization, _ state: OrganizationState) {
        guard let move = state.move, let to = state.calendar.id else { return nil }
        (self.organization, self.state, self.move, self.to) = (organization, state, move, to)
    }

    /// Says of each change where its event is, and adds what the move alone asks for.
    func complete(_ events: inout EventPlanner.Result) {
        for index in events.deletions.indices where move.movable.contains(events.deletions[index].live.id) {
            events.deletions[index].calendar = move.from
        }
        for index in events.creations.indices where move.pages.contains(events.creations[index].desired.page) {
            events.creations[index].reason = .calendarMoved
        }
        events.updates += marking(events)
        events.warnings += warnings(events)
    }

    /// A move that lost the marks of an event is not complete without them.
    private func marking(_ events: EventPlanner.Result) -> [EventUpdate] {
        let written = Set(events.updates.map(\.live.id)).union(events.deletions.map(\.live.id))
        return move.unmarked.subtracting(written).sorted().compactMap { id in
            guard let live = state.events[id], let page = live.marks?.page, let desired = state.pages[page]?.desired
            else { return nil }
            return EventUpdate(desired: desired, live: live, fields: [], reason: .calendarMoved)
        }
    }

    /// Of everything that is not deleted where it is, also outside of the window: nothing of it changes but its calendar.
    func moves(_ events: EventPlanner.Result) -> [EventMove] {
        let deleted = Set(events.deletions.lazy.filter { $0.calendar != nil }.map(\.live.id))
        return move.movable.subtracting(deleted).sorted().compactMap { id in
            guard let live = state.events[id], let page = live.marks?.page else { return nil }
            return EventMove(
                live: live,
                page: page,
                from: move.from,
                to: to,
                desired: state.pages[page]?.desired ?? asItIs(live, page),
                link: state.links[page].flatMap { $0.event == id ? $0 : nil }
            )
        }
    }

    /// An event whose page asks for none that we know of, to be made anew as it stands where Google does not move it.
    private func asItIs(_ live: LiveEvent, _ page: PageID) -> DesiredEvent? {
        guard let event = live.event, let hash = live.marks?.hash ?? state.links[page]?.written.hash else { return nil }
        return DesiredEvent(page: page, event: event, hash: hash, lastEdited: state.links[page]?.written.lastEdited)
    }

    /// Of what has its like in the other calendar, or gets it; they are no deletes of pages, and no limit counts them.
    func deletions(_ events: EventPlanner.Result) -> [EventDeletion] {
        guard move.isWritable, organization.deletions != .never else { return [] }
        let replaced = move.arrived.union(events.creations.map(\.desired.page))
        return rest.filter { replaced.contains($0.page) }.map { .left($0.live, of: $0.page, in: move.from) }
    }

    /// Whether something of ours stays in the calendar that is left, so that a later run looks there again: what is not shown to us, held
    /// back, or waits.
    func leavesRest(_ events: EventPlanner.Result, _ lines: [PlanLine]) -> Bool {
        if !move.hidden.isEmpty { return true }
        let marked = Set(events.updates.map(\.live.id)).union(events.deletions.map(\.live.id))
        if !move.unmarked.isSubset(of: marked) { return true }
        guard move.isWritable else { return false }
        let done = Set(lines.compactMap(\.todo).filter { $0.isDone(in: move.from) }.compactMap(\.eventID))
        let kept = organization.deletions == .never ? [] : Set(move.rest.values.joined().map(\.id))
        return !move.movable.union(kept).isSubset(of: done)
    }

    /// Our mark in the description of a calendar that has none of our events any more.
    func unmarking() -> CalendarUpdate? {
        guard let calendar = move.calendar, let mark = calendar.mark, calendar.isCreatedByUs,
            calendar.access.map({ $0.role == .owner }) ?? true
        else { return nil }
        return CalendarUpdate(
            calendar: calendar,
            summary: nil,
            description: mark.withdrawn(from: calendar.description ?? ""),
            timeZone: nil,
            reason: .calendarMoved
        )
    }

    /// What holds all of it back.
    func block(moves: Int) -> Work.Block? {
        guard !move.isAllowed else { return nil }
        let count = moves + rest.count
        return Work.Block(
            .move,
            count: count,
            message:
                "google_calendar_id names \(to), and the events are in the calendar \(title): "
                + "\(counted(count, "event")) would move, and nobody allowed that."
        )
    }

    // MARK: - What people are told

    private var rest: [(page: PageID, live: LiveEvent)] {
        move.rest.flatMap { page, events in events.map { (page, $0) } }
            .sorted { ($0.page, $0.live.id) < ($1.page, $1.live.id) }
    }

    private var title: String {
        move.calendar.map { "\"\($0.summary)\" (\(move.from))" } ?? "\(move.from)"
    }

    private static let lost = "guests, colours and what people made of single occurrences are not taken along"

    private func warnings(_ events: EventPlanner.Result) -> [Warning] {
        switch move.reach {
        case .unreachable(let failure):
            let message =
                "The calendar \(title) cannot be seen any more (\(failure.message)): nothing is deleted there, the events are made "
                + "anew in \(to), and \(Self.lost)."
            return [Warning(code: "former_calendar_unreachable", message: message)]
        case .readOnly(let access):
            guard !rest.isEmpty || !move.pages.isEmpty else { return [] }
            let message =
                "\(access.account) may only read the calendar \(title) (as \(access.role.rawValue)): the "
                + "events of \(organization.prefix) stay there, they are made anew in \(to), and \(Self.lost). "
                + CalendarAccess.hint(.writer, for: access.account)
            return [Warning(code: "former_calendar_read_only", message: message)]
        case .writable:
            var warnings: [Warning] = []
            let going = deletions(events).filter { $0.live.hasGuests || !($0.live.event?.exceptions.isEmpty ?? true) }
            if let first = going.first {
                let title = first.live.event?.summary ?? EventChange.untitled
                let message =
                    "\(counted(going.count, "event")) in the calendar \(self.title), such as \"\(title)\", cannot be moved, for \(to) has "
                    + "one of the same page: guests and changed occurrences go with it."
                warnings.append(Warning(code: "former_event_lost", message: message, page: first.page))
            }
            if organization.deletions == .never, !rest.isEmpty {
                let message =
                    "\(counted(rest.count, "event")) in the calendar \(title) would be deleted (calendar_moved), but deletions are set to "
                    + "never."
                warnings.append(Warning(code: "deletion_withheld", message: message))
            }
            return warnings
        }
    }
}

extension Change {
    /// Whether it takes an event out of the calendar that is left.
    fileprivate func isDone(in former: CalendarID) -> Bool {
        switch self {
        case .event(.move): true
        case .event(.delete(let deletion)): deletion.calendar == former
        case .event, .calendar, .access, .adopt, .page: false
        }
    }
}
