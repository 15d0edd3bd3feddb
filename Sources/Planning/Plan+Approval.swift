package import ReconcileModel

extension Plan {
    /// What there is to be done by now, as far as a person was shown it and said yes.
    ///
    /// Between the question and the answer pages are edited and restored. What was not shown is left out, as is what was shown
    /// and is not to be done any more; both are told. Links that need no write to Google need nobody's yes. What waited for just
    /// this yes (`deletions: confirm`) is carried out, where it was shown and has a proof of today.
    package func restricted(to shown: Plan) -> Plan {
        let seen = Dictionary(shown.organizations.map { ($0.organization.prefix, $0) }) { first, _ in first }
        return Plan(organizations: organizations.map { $0.restricted(to: seen[$0.organization.prefix]) })
    }
}

extension OrganizationPlan {
    fileprivate func restricted(to shown: OrganizationPlan?) -> OrganizationPlan {
        var result = self
        let isSamePlace = shown?.target?.calendar == nil || shown?.target?.calendar == target?.calendar
        let before = shown?.lines.filter { $0.writes || $0.awaited != nil } ?? []
        let known = isSamePlace ? Dictionary(before.map { (ChangeKey($0), $0) }) { first, _ in first } : [:]
        let isKnown = { (line: PlanLine) in
            guard line.writes, let change = line.todo else { return true }
            return known[ChangeKey(line)]?.todo.map(change.looksLike) ?? false
        }
        let isAwaited = { (change: Change) in
            if case .event(.delete(let deletion)) = change, deletion.isRemembered { return false }
            return known[ChangeKey(.pending(change))]?.awaited.map(change.looksLike) ?? false
        }
        let said = Set(lines.compactMap(\.awaited).filter { $0.resource == .event && isAwaited($0) }.compactMap(\.page))
        // What is not done to an event, its page is not told.
        let unknown = Set(lines.filter { $0.resource == .event && !isKnown($0) }.compactMap(\.page))
        let isTold = { (line: PlanLine) in line.isTold(among: said) || line.isTold(among: unknown) }
        result.work?.lines = lines.filter { isKnown($0) && !isTold($0) }.map { line in
            line.awaited.flatMap { isAwaited($0) ? .change($0) : nil } ?? line
        }
        result.work?.lines += (work?.afterYes ?? []).filter { said.contains($0.page) }.map { .change(.page($0)) }
        result.leftOut = lines.filter { !isKnown($0) && !isTold($0) }.compactMap(\.todo).map { change in
            let reason = "it is not what was shown when you were asked; run again to see it"
            return LeftOut(change, reason, isPlanned: true)
        }
        let withdrawn = Set(result.leftOut.compactMap(\.change.scope))
        result.work?.target?.memory.withdraw(withdrawn)
        let isWhole = result.leftOut.isEmpty && !result.lines.contains { $0.awaited != nil }
        if target?.databaseChange != nil, !isWhole {
            // The calendar gets the mark of another database once all else is done.
            for case .change(.calendar(let change)) in result.lines {
                let reason = "something before it was left out"
                result.leftOut.append(LeftOut(.calendar(change), reason, isPlanned: true))
            }
            result.work?.lines.removeAll { $0.resource == .calendar }
        }
        let now = Set(lines.map(ChangeKey.init))
        for line in before where !now.contains(ChangeKey(line)) {
            guard let change = line.change else { continue }
            let reason = "it was shown, but is not to be done any more"
            result.leftOut.append(LeftOut(change, reason, isPlanned: false))
        }
        return result
    }
}

extension PlanLine {
    /// Whether it tells one of these pages what became of its event.
    fileprivate func isTold(among pages: Set<PageID>) -> Bool {
        resource == .page && page.map(pages.contains) ?? false
    }
}

/// What a line is about, whatever it does there.
private struct ChangeKey: Hashable {
    let resource: ChangedResource
    let action: ChangeAction
    let page: PageID?
    let event: EventID?
    let scope: AccessScope?
    let isMove: Bool

    init(_ line: PlanLine) {
        resource = line.resource
        action = line.action
        page = line.page
        event = line.eventID
        scope = line.change?.scope
        isMove = line.isMove
    }
}

extension Change {
    /// Whether people who were shown the other one know this one: versions may differ, nothing else.
    fileprivate func looksLike(_ other: Change) -> Bool {
        guard reason == other.reason else { return false }
        switch (self, other) {
        case (.event(.delete(let now)), .event(.delete(let shown))):
            var (live, before) = (now.live, shown.live)
            (live.etag, before.etag) = (ETag(rawValue: ""), ETag(rawValue: ""))
            (live.updated, before.updated) = (nil, nil)
            return live == before
        case (.event(.update(let now)), .event(.update(let shown))):
            // What people made of single occurrences meanwhile would be lost unseen.
            return fieldChanges == other.fieldChanges && now.lostExceptions == shown.lostExceptions
        default:
            return fieldChanges == other.fieldChanges
        }
    }
}
