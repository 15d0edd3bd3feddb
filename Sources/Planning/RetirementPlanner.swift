package import ReconcileModel

/// Decides what becomes of what an organization has at Google when somebody takes leave of it. Pure, like `Planner`.
///
/// What is ours goes: the access rules that we made, our mark in the calendar's description, and the events or the marks on them. What people made,
/// also of copies of our events, stays as it is.
package struct RetirementPlanner: Sendable {
    private let organization: Organization
    private let state: OrganizationState
    private let events: RetiredEvents

    package init(_ organization: Organization, _ state: OrganizationState, events: RetiredEvents) {
        (self.organization, self.state, self.events) = (organization, state, events)
    }

    package func plan() -> OrganizationPlan {
        let copies = state.copies()
        let sharing = sharing
        let own = own(copies)
        var work = Work(sharing.changes.map { .change(.access($0)) } + lines(own.certain))
        work.refusal = hidden ?? sharing.failure
        work.target = Target(
            database: state.database,
            dataSource: state.dataSource,
            calendar: state.calendar.id,
            ownership: state.ownership,
            deletesAreAllowedByName: true
        )
        var warnings = sharing.warnings + StrangerNotes(state: state, copies: copies).warnings
        if let example = own.doubtful.map(\.live).map(title).min() {
            warnings.append(left(own.doubtful.count, example))
        }
        warnings += work.lines.compactMap(\.change).compactMap { change in
            if case .event(.delete(let deletion)) = change { .occurrencesLost(by: deletion) } else { nil }
        }
        if let change = calendarChange {
            if mayChangeCalendar {
                work.lines.append(.change(.calendar(.update(change))))
            } else {
                warnings.append(markStays(change.calendar))
            }
        }
        if case .existing(let calendar) = state.calendar, let access = calendar.access,
            let refusal = access.refusal(of: work.lines, on: calendar.id)
        {
            work.refusal = refusal
            work.target = nil
        }
        return OrganizationPlan(.planned(work), of: organization, warnings: warnings)
    }

    /// As where nothing is declared of it any more.
    private var sharing: SharingPlanner.Result {
        var leaving = organization
        var settings = leaving.calendar ?? CalendarSettings()
        settings.sharing = []
        leaving.calendar = settings
        var result = SharingPlanner(organization: leaving, state: state, isAllowed: false).plan()
        for index in result.changes.indices { result.changes[index].reason = .retired }
        return result
    }

    // MARK: - The events

    private typealias Own = (page: PageID, live: LiveEvent)

    /// Our events, and those that name a page and nobody who wrote them: without a look at that page these may be anybody's.
    private func own(_ copies: [PageID: PageCopies]) -> (certain: [Own], doubtful: [Own]) {
        let all = copies.flatMap { page, copies in copies.all.map { (page: page, live: $0) } }
        let isCertain: (Own) -> Bool = { own in
            own.live.marks?.organization != nil || state.links[own.page]?.event == own.live.id
        }
        return (certain: all.filter(isCertain), doubtful: all.filter { !isCertain($0) })
    }

    /// Why not all can be done: what Google does not show to us can neither be deleted nor left to people.
    private var hidden: Failure? {
        let count = state.links.values.count {
            state.events[$0.event].map { $0.status == .live && $0.isHidden } ?? false
        }
        guard count > 0 else { return nil }
        let account = state.account ?? "the service account"
        return Failure(
            code: "event_hidden",
            message:
                "\(counted(count, "event")) of \(organization.prefix) became private, and Google does not show them to \(account).",
            hint: CalendarAccess.hint(.writer, for: account)
        )
    }

    private func title(_ live: LiveEvent) -> String { "\"\(live.event?.summary ?? EventChange.untitled)\"" }

    private func left(_ count: Int, _ example: String) -> Warning {
        Warning(
            code: "event_unclaimed",
            message:
                "\(counted(count, "event")), such as \(example), \(count == 1 ? "names" : "name") a page and no organization, and the state "
                + "does not know \(count == 1 ? "it; it is" : "them; they are") left alone."
        )
    }

    private func lines(_ own: [Own]) -> [PlanLine] {
        let sorted = own.sorted { left, right in
            (left.live.event?.start.order ?? Int.min, left.live.id)
                < (right.live.event?.start.order ?? Int.min, right.live.id)
        }
        return sorted.map { page, live in
            switch events {
            case .removed:
                let deletion = EventDeletion(
                    live: live,
                    page: page,
                    reason: .retired,
                    link: .forgetIfLinked,
                    needsProof: false
                )
                return .change(.event(.delete(deletion)))
            case .kept: return .change(.event(.release(EventRelease(live: live, page: page))))
            }
        }
    }

    // MARK: - The calendar's mark

    private var calendarChange: CalendarUpdate? {
        guard case .existing(let calendar) = state.calendar, let mark = calendar.mark else { return nil }
        let text = mark.withdrawn(from: calendar.description ?? "")
        return CalendarUpdate(calendar: calendar, summary: nil, description: text, timeZone: nil, reason: .retired)
    }

    /// Google lets owners alone change a calendar's description.
    private var mayChangeCalendar: Bool {
        guard case .existing(let calendar) = state.calendar, let access = calendar.access else { return true }
        return access.role == .owner
    }

    private func markStays(_ calendar: LiveCalendar) -> Warning {
        Warning(
            code: "calendar_mark_kept",
            message:
                "The last line of the description of the calendar \(calendar.id) still names \(organization.prefix): only an owner can "
                + "change it."
        )
    }
}
