package import ReconcileModel

extension Plan {
    /// What there is to be done by now, as far as a person was shown it and said yes.
    ///
    /// Between the question and the answer pages are edited and restored. What was not shown is left out, as is what was shown
    /// and is not to be done any more; both are told. Links that need no write to Google need nobody's yes.
    package func restricted(to shown: Plan) -> Plan {
        let seen = Dictionary(shown.organizations.map { ($0.organization.prefix, $0) }) { first, _ in first }
        return Plan(organizations: organizations.map { $0.restricted(to: seen[$0.organization.prefix]) })
    }
}

extension OrganizationPlan {
    fileprivate func restricted(to shown: OrganizationPlan?) -> OrganizationPlan {
        var result = self
        let isSamePlace = shown?.target?.calendar == nil || shown?.target?.calendar == target?.calendar
        let before = isSamePlace ? shown?.changes.filter(\.writes) ?? [] : []
        let known = Dictionary(before.map { (ChangeKey($0), $0) }) { first, _ in first }
        result.changes = changes.filter { change in
            guard change.writes else { return true }
            if let one = known[ChangeKey(change)], change.looksLike(one) { return true }
            let reason = "it is not what was shown when you were asked; run again to see it"
            result.leftOut.append(LeftOut(change, reason))
            return false
        }
        if target?.databaseChange != nil, !result.leftOut.isEmpty {
            // The calendar gets the mark of another database once all else is done.
            let reason = "something before it was left out"
            result.leftOut += result.changes.filter { $0.resource == "calendar" }.map { LeftOut($0, reason) }
            result.changes.removeAll { $0.resource == "calendar" }
        }
        let now = Set(changes.map { ChangeKey($0) })
        for change in shown?.changes ?? [] where change.writes && !now.contains(ChangeKey(change)) {
            result.leftOut.append(LeftOut(change, "it was shown, but is not to be done any more"))
        }
        return result
    }
}

/// What a change is about, whatever it does there.
private struct ChangeKey: Hashable {
    let resource: String
    let action: String
    let page: PageID?
    let event: EventID?

    init(_ change: Change) {
        (resource, action, page, event) = (change.resource, change.action, change.page, change.eventID)
    }
}

extension Change {
    /// Whether people who were shown the other one know this one: versions may differ, nothing else.
    fileprivate func looksLike(_ other: Change) -> Bool {
        guard reason == other.reason else { return false }
        switch (self, other) {
        case (.deleteEvent(let now), .deleteEvent(let shown)):
            var (live, before) = (now.live, shown.live)
            (live.etag, before.etag) = (ETag(rawValue: ""), ETag(rawValue: ""))
            (live.updated, before.updated) = (nil, nil)
            return live == before
        default:
            return fieldChanges == other.fieldChanges
        }
    }
}
