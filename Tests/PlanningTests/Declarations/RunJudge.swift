import ReconcileModel
import TestSupport

/// Holds a run against what the design says of it.
struct RunJudge {
    let story: DeclarationStory
    let run: DeclarationStory.Run
    private(set) var complaints = Complaints()
    /// What this run was about, so that the stories can be shown to reach everything.
    private(set) var reached: Set<String> = []

    private let window: ReferenceWindow
    private var cases: [Case] = []

    /// - Parameter story: as it was before the run.
    init(_ story: DeclarationStory, _ run: DeclarationStory.Run) {
        (self.story, self.run) = (story, run)
        window = run.reference.window
        cases = story.pages.values.sorted { $0.number < $1.number }.map { Case($0, story, run, window) }
        judge()
    }

    /// One page, and what is the organization's of it.
    private struct Case {
        let page: DrawnPage
        let answer: Reference.Answer
        /// The one to keep first.
        var events: [LiveEvent]
        var inside: [LiveEvent]
        var isAskedInside = false
        /// The fields that are not as the page asks.
        var differing: Set<EventField> = []
        /// What is put back to what a new event has.
        var released: Set<EventField> = []

        var isInScope: Bool { isAskedInside || !inside.isEmpty }

        init(
            _ page: DrawnPage,
            _ story: DeclarationStory,
            _ run: DeclarationStory.Run,
            _ window: ReferenceWindow
        ) {
            self.page = page
            answer = run.reference.answer(page)
            let link = run.before.links[page.id]?.event
            func rank(_ event: LiveEvent) -> Int { event.id == link ? 0 : event.id.isDerived(from: page.id) ? 1 : 2 }
            events = (story.own[page.number] ?? []).compactMap { run.before.events[$0] }
                .sorted { (rank($0), $0.id) < (rank($1), $1.id) }
            inside = events.filter { window.holds($0) }
            guard case .event(let asked) = answer else { return }
            isAskedInside = window.holds(asked)
            guard let kept = events.first, let content = kept.event else { return }
            differing = asked.differences(from: content)
            released = Set(
                (story.set[kept.id] ?? [:]).filter { field, value in
                    let isAsked = asked.texts[field] != nil || field == .recurrence && asked.isRuleAsked
                    let held = content.text(of: field)
                    return !isAsked && held != nil && Reference.Event.isSame(value, held)
                }
                .keys
            )
        }

        var isUpdated: Bool { isInScope && !events.isEmpty && !(differing.isEmpty && released.isEmpty) }

        /// The events that go.
        func deletes(_ window: ReferenceWindow) -> [LiveEvent] {
            guard isInScope else { return [] }
            switch answer {
            case .absent: return inside
            case .invalid: return []
            case .event: return events.dropFirst().filter { window.holds($0) }
            }
        }
    }

    // MARK: - Limits

    private var deletes: Int { cases.reduce(0) { $0 + $1.deletes(window).count } }

    /// More than five that are also more than the share; no event left of three or more.
    private var areDeletesBlocked: Bool {
        guard run.organization.deletions != .never, deletes > 0 else { return false }
        if let allowed = run.allowances.deletes["acm"] { return deletes > allowed }
        let there = cases.filter(\.isInScope).reduce(0) { $0 + $1.events.count }
        let (all, total) = (there + run.before.recentDeletes, deletes + run.before.recentDeletes)
        if all >= 3, deletes >= there { return true }
        return total > 5 && total * 100 > run.reference.declaration.maxDeletePercent * all
    }

    /// More than ten updates that change one field of more than half of the events.
    private var heldFields: Set<EventField> {
        let events = cases.count { $0.isInScope && !$0.events.isEmpty }
        let updated = cases.filter(\.isUpdated)
        let fields = EventField.allCases.filter { field in
            let count = updated.count { $0.differing.union($0.released).contains(field) }
            return count > 10 && count * 2 > events
        }
        let held = updated.count { !$0.differing.union($0.released).isDisjoint(with: fields) }
        if let allowed = run.allowances.updates["acm"], held <= allowed { return [] }
        return Set(fields)
    }

    // MARK: - What must hold

    private mutating func judge() {
        complaints.expect(run.violations.isEmpty, "\(run.violations)")
        let (blocked, held) = (areDeletesBlocked, heldFields)
        let waits = run.organization.deletions == .confirm
        for one in cases {
            let isHeld = !one.differing.union(one.released).isDisjoint(with: held) && one.isUpdated
            judge(one, mayDelete: !blocked && run.organization.deletions == .auto, isHeld: isHeld)
            judgeTold(one, isHeld: isHeld || (blocked || waits) && isGoing(one))
        }
        judgeStrangers()
        judgeCalendar()
        judgeSharing()
        let again = run.again.lines.filter { line in
            // What a limit held back may be another share now.
            line.todo != nil && !((blocked || !held.isEmpty) && [.event, .page].contains(line.resource))
        }
        complaints.expect(again.isEmpty, "still to do: \(run.again.words)")
        reached.formUnion(run.plan.lines.map { "\($0.resource.rawValue) \($0.action.rawValue) \($0.reason.rawValue)" })
        reached.insert("status \(run.plan.status.rawValue)")
        if blocked { reached.insert("deletes blocked") }
        if !held.isEmpty { reached.insert("updates held") }
    }

    /// Whether the page's event is to go, with its copies.
    private func isGoing(_ one: Case) -> Bool {
        if case .absent = one.answer { return !one.deletes(window).isEmpty && run.organization.deletions != .never }
        return false
    }

    private mutating func judge(_ one: Case, mayDelete: Bool, isHeld: Bool) {
        let name = "page \(one.page.number)"
        let after = one.events.compactMap { run.after.events[$0.id] }
        let gone = after.filter { $0.status == .cancelled }
        guard one.isInScope else {
            complaints.expect(after == one.events, "\(name): an event outside of the window was touched")
            let isMade = run.after.links[one.page.id].map { run.after.events[$0.event] != run.before.events[$0.event] }
            complaints.expect(isMade != true, "\(name): an event was made outside of the window")
            reached.insert("outside")
            return
        }
        let due = mayDelete ? Set(one.deletes(window).map(\.id)) : []
        complaints.expect(Set(gone.map(\.id)) == due, "\(name): \(gone.map(\.id)) went instead of \(due)")
        switch one.answer {
        case .invalid: complaints.expect(after == one.events, "\(name) is invalid, and its event was touched")
        case .absent(let absence):
            reached.insert("absent \(absence)")
            let left = zip(one.events, after).filter { $1.status == .live }
            complaints.expect(left.allSatisfy { $0 == $1 }, "\(name) asks for none, and its event was changed")
        case .event(let asked): judge(one, asked, isHeld: isHeld)
        }
    }

    private mutating func judge(_ one: Case, _ asked: Reference.Event, isHeld: Bool) {
        let name = "page \(one.page.number)"
        guard let kept = one.events.first else {
            let made = run.after.links[one.page.id].flatMap { run.after.events[$0.event] }
            guard let made, made.status == .live, let content = made.event else {
                return complaints.expect(false, "\(name) has no event")
            }
            let marked = run.after.events.values.filter {
                $0.status == .live && $0.marks?.page == one.page.id && run.before.events[$0.id] != $0
            }
            complaints.expect(marked.count == 1, "\(name): \(marked.count) events were made")
            let differing = asked.differences(from: content)
            complaints.expect(differing.isEmpty, "\(name): \(differing.sorted()) of its new event are not as it asks")
            return
        }
        guard let live = run.after.events[kept.id], let before = kept.event, let content = live.event else {
            return complaints.expect(false, "\(name) lost its event")
        }
        if isHeld || !one.isUpdated {
            complaints.expect(live == kept, "\(name): its event was touched, and is as it asks, or held back")
            return
        }
        let differing = asked.differences(from: content)
        complaints.expect(differing.isEmpty, "\(name): \(differing.sorted()) of its event are not as it asks")
        for field in EventField.allCases {
            let isAsked =
                asked.texts[field] != nil || [.start, .end].contains(field)
                || field == .recurrence && asked.isRuleAsked
            guard !isAsked else { continue }
            if one.released.contains(field) {
                reached.insert("released \(field.rawValue)")
                let rest = content.text(of: field)
                complaints.expect(rest == nil, "\(name): \(field.rawValue) is still as its template had it")
            } else {
                let isKept = content.text(of: field) == before.text(of: field)
                complaints.expect(isKept, "\(name): \(field.rawValue) is people's and was changed")
            }
        }
    }

    private mutating func judgeStrangers() {
        let ours = Set(cases.flatMap { $0.events.map(\.id) })
        for (id, event) in run.before.events where event.status == .live && !ours.contains(id) {
            complaints.expect(run.after.events[id] == event, "\(id) is not ours and was touched")
            reached.insert(
                event.marks == nil ? "unmarked" : event.isAsWritten == false ? "people's copy" : "foreign mark"
            )
        }
    }

    // MARK: - The calendar and who sees it

    private mutating func judgeCalendar() {
        guard case .existing(let calendar) = run.after.calendar else { return complaints.expect(false, "no calendar") }
        let declaration = run.reference.declaration
        let isOurs = !declaration.isCalendarGiven
        if let name = declaration.calendarName ?? (isOurs ? "ACM Events" : nil) {
            complaints.expect(calendar.summary == name, "the calendar is called \(calendar.summary)")
        }
        if let text = declaration.calendarDescription {
            complaints.expect(calendar.description?.hasPrefix(text) == true, "the description is another")
        }
        guard isOurs else { return }
        complaints.expect(calendar.timeZone == declaration.zone, "its zone is \(calendar.timeZone ?? "none")")
        let mark = CalendarMark(prefix: "acm", database: .sample).line
        complaints.expect(calendar.description?.contains(mark) == true, "the calendar has no mark")
    }

    private mutating func judgeSharing() {
        let before = Dictionary(story.rules.map { ($0.scope, $0.role) }) { first, _ in first }
        var after = before
        if case .read(let rules) = run.after.sharing {
            after = Dictionary(rules.map { ($0.scope, $0.role) }) { first, _ in first }
        }
        let declared = run.reference.declaration.sharing
        let wanted = Dictionary((declared ?? []).map { ($0.scope, $0.role) }) { first, _ in first }
        let isNew = run.before.calendar == .missing
        let mayWiden = isNew || run.allowances.sharing.contains("acm")
        for scope in RandomDeclaration.scopes {
            let (live, want) = (before[scope] ?? nil, wanted[scope])
            var expected = live
            if declared != nil {
                // After a loss of the state a rule as declared is ours again, and every other one somebody's.
                let isOurs = run.before.isStateLost ? want != nil && live == want : story.given[scope] != nil
                switch (live, want) {
                case (nil, let want?): expected = mayWiden ? want : nil
                case (let live?, let want?) where isOurs: expected = want > live && !mayWiden ? live : want
                case (_?, nil) where isOurs: expected = nil
                default: break
                }
            }
            let word = "\(after[scope].flatMap { $0?.rawValue } ?? "nothing")"
            complaints.expect((after[scope] ?? nil) == expected, "\(scope.text) has \(word)")
        }
    }

    // MARK: - What pages are told

    private mutating func judgeTold(_ one: Case, isHeld: Bool) {
        let name = "page \(one.page.number)"
        let columns = run.reference.declaration.writeBack
        var told = one.page.told
        for field in columns {
            if let feedback = run.after.feedback[one.page.id] { told[field] = feedback.values[field] }
        }
        let written = run.plan.lines.compactMap { line -> PageWrite? in
            guard line.page == one.page.id, case .page(let write) = line.change else { return nil }
            return write
        }
        let isDeclared = written.flatMap(\.values.keys).allSatisfy(columns.contains)
        complaints.expect(isDeclared, "\(name) is told something that is not declared")
        guard one.page.place == .listed, !run.plan.lines.contains(where: { $0.resource == .page && $0.isHeld }) else {
            return
        }
        var status: String?
        switch one.answer {
        case .event(let asked):
            guard one.isInScope else { return expectNothingTold(one, told) }
            status = isHeld ? "waiting for approval" : asked.isCancelled ? "cancelled" : "on the calendar"
        case .absent(.undated): status = isHeld ? "waiting for approval" : "no date"
        case .absent(.cancelled) where isDatedInside(one): status = isHeld ? "waiting for approval" : "cancelled"
        case .absent(.filteredOut) where isDatedInside(one):
            status = isHeld ? "waiting for approval" : nil
            let isLeftOut = told[.status]?.hasPrefix("left out") == true
            complaints.expect(
                isHeld || isLeftOut || !columns.contains(.status),
                "\(name) is not told that it is left out"
            )
        default: return
        }
        if columns.contains(.status), let status {
            complaints.expect(told[.status] == status, "\(name) is told \(told[.status] ?? "nothing"), not \(status)")
            reached.insert("told \(status)")
        }
        guard columns.contains(.link) else { return }
        let event = run.after.links[one.page.id].flatMap { run.after.events[$0.event] }
        let there = ([event].compactMap(\.self) + one.events.compactMap { run.after.events[$0.id] })
            .filter { $0.status == .live }
        let isRight = there.isEmpty ? told[.link] == nil : there.contains { $0.address == told[.link] }
        complaints.expect(isRight, "\(name) is told the address \(told[.link] ?? "none")")
    }

    private mutating func expectNothingTold(_ one: Case, _ told: [FeedbackField: String]) {
        complaints.expect(told == one.page.told, "page \(one.page.number) is outside and was told something")
    }

    /// Whether a page that asks for no event lies in the window by its date.
    private func isDatedInside(_ one: Case) -> Bool {
        guard case .date(let date) = one.page[.date] else { return false }
        guard let date, date.garbage == nil else { return false }
        let duration = run.reference.declaration.defaultDuration
        guard let (start, end) = run.reference.times(one.page, date, duration: duration) else { return false }
        return window.holds(from: start, to: end)
    }
}
