import ReconcileModel
import TestSupport

/// Holds a run against what the design says of it.
struct RunJudge {
    let story: DeclarationStory
    let run: DeclarationStory.Run
    var complaints = Complaints()
    /// What this run was about, so that the stories can be shown to reach everything.
    var reached: Set<String> = []

    let window: ReferenceWindow
    private var cases: [JudgedPage] = []

    /// - Parameter story: as it was before the run.
    init(_ story: DeclarationStory, _ run: DeclarationStory.Run) {
        (self.story, self.run) = (story, run)
        window = run.reference.window
        cases = story.pages.values.sorted { $0.number < $1.number }.map {
            JudgedPage($0, story, run, window)
        }
        judge()
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
        reached.formUnion(
            run.plan.lines.map { "\($0.resource.rawValue) \($0.action.rawValue) \($0.reason.rawValue)" }
        )
        reached.insert("status \(run.plan.status.rawValue)")
        if blocked { reached.insert("deletes blocked") }
        if !held.isEmpty { reached.insert("updates held") }
    }

    /// Whether the page's event is to go, with its copies.
    private func isGoing(_ one: JudgedPage) -> Bool {
        if case .absent = one.answer {
            return !one.deletes(window).isEmpty && run.organization.deletions != .never
        }
        return false
    }

    private mutating func judge(_ one: JudgedPage, mayDelete: Bool, isHeld: Bool) {
        let name = "page \(one.page.number)"
        let after = one.events.compactMap { run.after.events[$0.id] }
        let gone = after.filter { $0.status == .cancelled }
        guard one.isInScope else {
            complaints.expect(after == one.events, "\(name): an event outside of the window was touched")
            let isMade = run.after.links[one.page.id].map {
                run.after.events[$0.event] != run.before.events[$0.event]
            }
            complaints.expect(isMade != true, "\(name): an event was made outside of the window")
            reached.insert("outside")
            return
        }
        let due = mayDelete ? Set(one.deletes(window).map(\.id)) : []
        complaints.expect(
            Set(gone.map(\.id)) == due,
            "\(name): \(gone.map(\.id)) went instead of \(due)"
        )
        switch one.answer {
        case .invalid:
            complaints.expect(after == one.events, "\(name) is invalid, and its event was touched")
        case .absent(let absence):
            reached.insert("absent \(absence)")
            let left = zip(one.events, after).filter { $1.status == .live }
            complaints.expect(
                left.allSatisfy { $0 == $1 },
                "\(name) asks for none, and its event was changed"
            )
        case .event(let asked): judge(one, asked, isHeld: isHeld)
        }
    }

    private mutating func judge(_ one: JudgedPage, _ asked: Reference.Event, isHeld: Bool) {
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
            complaints.expect(
                differing.isEmpty,
                "\(name): \(differing.sorted()) of its new event are not as it asks"
            )
            return
        }
        guard let live = run.after.events[kept.id], let before = kept.event, let content = live.event
        else {
            return complaints.expect(false, "\(name) lost its event")
        }
        if isHeld || !one.isUpdated {
            complaints.expect(
                live == kept,
                "\(name): its event was touched, and is as it asks, or held back"
            )
            return
        }
        let differing = asked.differences(from: content)
        complaints.expect(
            differing.isEmpty,
            "\(name): \(differing.sorted()) of its event are not as it asks"
        )
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
                event.marks == nil
                    ? "unmarked" : event.isAsWritten == false ? "people's copy" : "foreign mark"
            )
        }
    }
}
