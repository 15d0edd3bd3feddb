import Recurring
import ReconcileModel

/// Plans what pages are told of their events: only where something else stands there.
struct WriteBackPlanner {
    let state: OrganizationState
    /// What is done to events, or held back.
    let lines: [PlanLine]

    /// By page, so that equal input gives equal plans.
    func writes() -> [PageWrite] {
        guard !state.feedbackColumns.isEmpty, !state.feedback.isEmpty else { return [] }
        let lines = Dictionary(grouping: lines.filter { $0.resource == .event && $0.page != nil }) { $0.page }
        let copies = state.copies()
        // An event that is not shown to us may be there.
        let hiddenEvents = HiddenEvents(state)
        let hidden = Set(
            state.feedback.keys.filter { hiddenEvents.event(of: $0, copies: copies[$0]?.ours ?? []) != nil }
        )
        return state.feedback.sorted { $0.key < $1.key }.compactMap { page, feedback in
            hidden.contains(page) ? nil : write(page, feedback, lines[page] ?? [], copies[page]?.ours.first)
        }
    }

    /// What those pages are told whose changes wait for a yes, once it is given.
    func writesAfterYes() -> [PageWrite] {
        let awaited = Set(lines.compactMap { $0.awaited?.page })
        guard !awaited.isEmpty else { return [] }
        let said = lines.map { line in line.awaited.map(PlanLine.change) ?? line }
        return WriteBackPlanner(state: state, lines: said).writes().filter { awaited.contains($0.page) }
    }

    private func write(_ page: PageID, _ feedback: PageFeedback, _ lines: [PlanLine], _ live: LiveEvent?) -> PageWrite?
    {
        guard state.isInWindow(page, [live].compactMap(\.self)) || state.pages[page]?.desired == nil else { return nil }
        // One that is taken over stands under the page of before.
        let live = live ?? lines.lazy.compactMap(\.taken).first
        let end = End(lines, live)
        var values: [FeedbackField: PageWrite.Value] = [:]
        for field in FeedbackField.allCases where state.feedbackColumns[field] != nil {
            let before = feedback.values[field]
            let after: PageWrite.After? =
                switch field {
                case .link: link(end, live)
                case .status: status(end, feedback, page).map { .text(PageFeedback.fitted($0)) }
                }
            guard let after, after != .text(before) else { continue }
            values[field] = PageWrite.Value(before, after)
        }
        return values.isEmpty ? nil : PageWrite(page: page, title: feedback.title, values: values)
    }

    /// What becomes of the event of a page.
    private enum End {
        case made, moved, there, gone, waits, none

        init(_ lines: [PlanLine], _ live: LiveEvent?) {
            if lines.contains(where: { $0.isHeld && !$0.isOfCopy }) {
                self = .waits
            } else if lines.contains(where: { $0.action == .create }) {
                self = .made
            } else if lines.contains(where: { $0.action == .delete && !$0.isOfCopy }) {
                // With its copies.
                self = .gone
            } else if lines.contains(where: \.isMove) {
                self = .moved
            } else {
                self = live == nil ? .none : .there
            }
        }
    }

    /// Nil: it stays as it is.
    private func link(_ end: End, _ live: LiveEvent?) -> PageWrite.After? {
        switch end {
        case .made, .moved: .address
        case .there, .waits: live.map { event in event.address.map { .text($0) } } ?? .text(nil)
        case .gone, .none: .text(nil)
        }
    }

    private func status(_ end: End, _ feedback: PageFeedback, _ page: PageID) -> String? {
        if case .waits = end { return PageFeedback.waiting }
        if let sentence = feedback.sentence { return sentence }
        return switch end {
        case .made, .moved, .there:
            state.pages[page]?.desired?.event.isCancelled == true ? PageFeedback.cancelled : PageFeedback.onCalendar
        // It asks for an event, and something keeps it from being made: the warning says what.
        case .gone, .none, .waits: nil
        }
    }
}

extension PlanLine {
    /// Whether it is about a copy: what becomes of the page's event is something else.
    fileprivate var isOfCopy: Bool { reason == .duplicate || action == .delete && reason == .calendarMoved }

    /// The event that becomes that of its page.
    fileprivate var taken: LiveEvent? {
        if case .event(.update(let update)) = change { update.live } else { nil }
    }
}
