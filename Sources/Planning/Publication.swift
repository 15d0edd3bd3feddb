package import ReconcileModel
import Recurring

/// What subscribers are to see of one organization, by page: decided here for every door that publishes.
///
/// The feed is the calendar. What the calendar keeps (invalid pages, deletes and updates that a limit holds back, absences that
/// are not proven) the feed keeps; what a write left undone otherwise is shown as its page asks for it, as the next run will.
/// Pure, like `Planner`.
package struct Publication: Sendable {
    private let state: OrganizationState
    private let report: OrganizationReport
    private let last: [PageID: EventContent]
    private let live: [PageID: LiveEvent]
    /// Whether the page's event is, or may be, one of which Google shows the times and nothing else.
    private let isHidden: @Sendable (PageID) -> Bool

    /// - Parameters:
    ///   - report: what became of the plan that was made of `state`.
    ///   - state: the pages as they were read, and the calendar before the plan was carried out.
    ///   - last: what was published so far.
    package init(after report: OrganizationReport, of state: OrganizationState, last: [PageID: EventContent]) {
        (self.report, self.state, self.last) = (report, state, last)
        let copies = state.copies()
        let taken = Self.takenOver(report.lines.map(\.line))
        // An event that another page takes over is that page's.
        live = copies.compactMapValues(\.ours.first).filter { page, event in taken[event.id].map { $0 == page } ?? true
        }
        let hidden = HiddenEvents(state)
        isHidden = { page in hidden.event(of: page, copies: copies[page]?.ours ?? []) != nil }
    }

    private static func takenOver(_ lines: some Sequence<PlanLine>) -> [EventID: PageID] {
        var pages: [EventID: PageID] = [:]
        for line in lines {
            switch line.change {
            case .event(.update(let update)): pages[update.live.id] = update.desired.page
            case .adopt(let adoption): pages[adoption.event] = adoption.desired.page
            case .event(.create), .event(.delete), .event(.release), .event(.move), .calendar, .access, .page, nil:
                continue
            }
        }
        return pages
    }

    package var contents: [PageID: EventContent] {
        let (held, gone) = (heldBack, gone)
        var contents: [PageID: EventContent] = [:]
        for desired in state.pages.desired {
            let page = desired.page
            // Of an event that is not shown to us, the last known content is all there is.
            let stays = held.contains(page) || isHidden(page) && last[page] != nil
            contents[page] = stays ? kept(page) ?? last[page] : desired.event
        }
        for page in Set(last.keys).union(live.keys).subtracting(gone) where state.pages[page]?.desired == nil {
            contents[page] = kept(page) ?? (isKeptWithoutEvent(page) ? last[page] : nil)
        }
        let forgetful = seriesWithoutExceptions
        for (page, content) in contents {
            contents[page]?.exceptions = forgetful.contains(page) ? [] : exceptions(of: page, shownAs: content)
        }
        return contents.filter { state.window.holds($0.value) && !isPrivate($0.key) }.mapValues(\.withoutSettings)
    }

    /// Whether a template makes the page's event private, or made it so and that stands yet.
    private func isPrivate(_ page: PageID) -> Bool {
        let hidden = EventVisibility.hidden.rawValue
        if state.pages[page]?.desired?.event.text(of: .visibility) == hidden { return true }
        guard let live = live[page], live.marks?.settings?[.visibility] == hidden else { return false }
        let isShown = report.lines.contains { line, outcome in
            guard case .event(.update(let update)) = line.change else { return false }
            return update.live.id == live.id && update.fields.contains(.visibility) && outcome?.isFulfilled == true
        }
        return !isShown
    }

    /// Pages whose series got another rule or start: Google forgot what people made of single occurrences.
    private var seriesWithoutExceptions: Set<PageID> {
        Set(
            report.lines.compactMap { line, outcome in
                guard case .event(.update(let update)) = line.todo, outcome?.isFulfilled == true else { return nil }
                return update.lostExceptions.isEmpty ? nil : update.desired.page
            }
        )
    }

    /// What people made of single occurrences, with the texts that they did not change as the series has them now.
    private func exceptions(of page: PageID, shownAs content: EventContent) -> [SeriesException] {
        guard content.recurrence != nil, let series = live[page]?.event else { return [] }
        return series.exceptions.map { exception in
            SeriesException(exception.original, exception.content.map { content.occurrence($0, of: series) })
        }
    }

    /// Pages that ask for something which a limit holds back.
    private var heldBack: Set<PageID> {
        Set(report.lines.compactMap { $0.line.isHeld && $0.outcome?.isFulfilled != true ? $0.line.page : nil })
    }

    /// Pages that ask for no event, and whose events were all deleted.
    private var gone: Set<PageID> {
        var (deleted, staying): (Set<PageID>, Set<PageID>) = ([], [])
        for (line, outcome) in report.lines {
            guard case .event(.delete(let deletion)) = line.change, deletion.reason != .calendarMoved else { continue }
            if outcome?.isFulfilled == true { deleted.insert(deletion.page) } else { staying.insert(deletion.page) }
        }
        return deleted.subtracting(staying)
    }

    /// What the calendar holds: as it was published, where that says the same. Nil where it holds nothing.
    private func kept(_ page: PageID) -> EventContent? {
        guard let live = live[page] else { return nil }
        guard !live.isHidden, let event = live.event?.limited(to: state.managedFields) else { return last[page] }
        if let known = last[page], event.differences(from: known).isEmpty { return known }
        return event
    }

    /// Whether a page without an event in the calendar is shown all the same: nobody knows that it is to be gone.
    private func isKeptWithoutEvent(_ page: PageID) -> Bool {
        if case .incomplete = state.listing { return true }
        if isHidden(page) { return true }
        return switch state.pages[page] {
        case .invalid: true
        case .absent(let absence, _): !absence.isProof
        case .wants, nil: false
        }
    }
}

extension Publication {
    /// What subscribers are to see after an undo: what was taken back is taken back for them as well.
    package static func contents(
        undoing report: OrganizationReport,
        last: [PageID: EventContent]
    ) -> [PageID: EventContent] {
        var contents = last
        let fields = report.plan.target?.memory.managedFields ?? EventField.all
        for one in report.done where one.outcome.isFulfilled {
            switch one.line.todo {
            case .event(.create(let creation)):
                contents[creation.desired.page] = creation.desired.event.limited(to: fields)
            case .event(.update(let update)):
                let event = (update.live.event ?? update.desired.event).taking(
                    update.fields,
                    from: update.desired.event
                )
                contents[update.desired.page] = event.limited(to: fields)
                if !update.lostExceptions.isEmpty { contents[update.desired.page]?.exceptions = [] }
            case .event(.delete(let deletion)): contents[deletion.page] = nil
            case .event(.release), .event(.move), .adopt, .calendar, .access, .page, nil: continue
            }
        }
        return contents
    }
}

extension EventContent {
    /// One occurrence as people made it: its own times, and of the texts those that are not its series'.
    fileprivate func occurrence(_ changed: EventContent, of series: EventContent) -> EventContent {
        var shown = self
        (shown.start, shown.end) = (changed.start, changed.end)
        (shown[.recurrence], shown.exceptions) = (.empty, [])
        if !changed.summary.isEmpty, !FieldValue.isSameText(changed.summary, series.summary) {
            shown.summary = changed.summary
        }
        for field in EventField.texts where shown[field] != nil {
            guard let own = changed[field], !own.isSame(as: series[field] ?? .empty) else { continue }
            shown[field] = own
        }
        return shown
    }
}
