import ReconcileModel
import TestSupport

/// The calendar, and who sees it.
extension RunJudge {
    mutating func judgeCalendar() {
        guard case .existing(let calendar) = run.after.calendar else {
            return complaints.expect(false, "no calendar")
        }
        let declaration = run.reference.declaration
        let isOurs = !declaration.isCalendarGiven
        if let name = declaration.calendarName ?? (isOurs ? "ACM Events" : nil) {
            complaints.expect(calendar.summary == name, "the calendar is called \(calendar.summary)")
        }
        if let text = declaration.calendarDescription {
            complaints.expect(calendar.description?.hasPrefix(text) == true, "the description is another")
        }
        guard isOurs else { return }
        complaints.expect(
            calendar.timeZone == declaration.zone,
            "its zone is \(calendar.timeZone ?? "none")"
        )
        let mark = CalendarMark(prefix: "acm", database: .sample).line
        complaints.expect(calendar.description?.contains(mark) == true, "the calendar has no mark")
    }

    mutating func judgeSharing() {
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
                let isOurs =
                    run.before.isStateLost ? want != nil && live == want : story.given[scope] != nil
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
}
