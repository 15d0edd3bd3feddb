import ReconcileModel

/// What pages are told of their events.
extension RunJudge {
    mutating func judgeTold(_ one: JudgedPage, isHeld: Bool) {
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
        guard one.page.place == .listed,
            !run.plan.lines.contains(where: { $0.resource == .page && $0.isHeld })
        else {
            return
        }
        var status: String?
        switch one.answer {
        case .event(let asked):
            guard one.isInScope else { return expectNothingTold(one, told) }
            status = isHeld ? "waiting for approval" : asked.isCancelled ? "cancelled" : "on the calendar"
        case .absent(.undated): status = isHeld ? "waiting for approval" : "no date"
        case .absent(.cancelled) where isDatedInside(one):
            status = isHeld ? "waiting for approval" : "cancelled"
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
            complaints.expect(
                told[.status] == status,
                "\(name) is told \(told[.status] ?? "nothing"), not \(status)"
            )
            reached.insert("told \(status)")
        }
        guard columns.contains(.link) else { return }
        let event = run.after.links[one.page.id].flatMap { run.after.events[$0.event] }
        let there = ([event].compactMap(\.self) + one.events.compactMap { run.after.events[$0.id] })
            .filter { $0.status == .live }
        let isRight = there.isEmpty ? told[.link] == nil : there.contains { $0.address == told[.link] }
        complaints.expect(isRight, "\(name) is told the address \(told[.link] ?? "none")")
    }

    private mutating func expectNothingTold(_ one: JudgedPage, _ told: [FeedbackField: String]) {
        complaints.expect(
            told == one.page.told,
            "page \(one.page.number) is outside and was told something"
        )
    }

    /// Whether a page that asks for no event lies in the window by its date.
    private func isDatedInside(_ one: JudgedPage) -> Bool {
        guard case .date(let date) = one.page[.date] else { return false }
        guard let date, date.garbage == nil else { return false }
        let duration = run.reference.declaration.defaultDuration
        guard let (start, end) = run.reference.times(one.page, date, duration: duration) else {
            return false
        }
        return window.holds(from: start, to: end)
    }
}
