import ReconcileModel

/// Plans who can see an organization's calendar: rules that are ours follow the declaration, all others belong to people.
///
/// To show an existing calendar to more people needs somebody's allowance; a run that was killed after it was given is completed
/// without another.
struct SharingPlanner {
    struct Result {
        var changes: [AccessChange] = []
        /// Those of the changes that nobody allowed.
        var widenings: [AccessChange] = []
        /// What the state is to remember before the first write; nil: as before.
        var grants: [AccessGrant]?
        var warnings: [Warning] = []
        /// Why nothing, or not all, can be done.
        var failure: Failure?
        var audience: Audience?
    }

    let organization: Organization
    let state: OrganizationState
    let isAllowed: Bool

    func plan() -> Result {
        switch (state.calendar, organization.calendar?.sharing) {
        case (.missing, let declared): return fresh(declared)
        case (.existing, nil): return Result()
        case (.existing(let calendar), let declared?):
            switch state.sharing {
            case .notRead: return Result()
            case .unreadable(let failure): return Result(failure: failure)
            case .read(let live): return existing(declared, live, calendar)
            }
        }
    }

    // MARK: - A calendar that this plan creates

    private func fresh(_ declared: [DeclaredAccess]?) -> Result {
        var result = Result()
        let declared = declared ?? []
        let own = declared.filter { isAccount($0.rule.scope) }
        let rules = declared.map(\.rule).filter { !isAccount($0.scope) }
        result.failure = own.first.map(ownAccount)
        result.changes = rules.sorted { $0.scope < $1.scope }.map {
            AccessChange($0.scope, from: nil, to: $0.role, .declared)
        }
        // Of a calendar that vanished nothing is ours any more.
        result.grants = rules.map { AccessGrant($0.scope, pending: $0.role) }
        result.audience = audience(rules)
        return result
    }

    // MARK: - One that is there

    private func existing(
        _ declared: [DeclaredAccess],
        _ rules: [LiveAccessRule],
        _ calendar: LiveCalendar
    ) -> Result {
        var result = Result()
        let live = Dictionary(rules.map { ($0.scope, $0) }) { first, _ in first }
        let known = Dictionary(state.grants.map { ($0.scope, $0) }) { first, _ in first }
        let wanted = Dictionary(declared.map { ($0.rule.scope, $0) }) { first, _ in first }
        var grants: [AccessGrant] = []
        for scope in Set(wanted.keys).union(known.keys).sorted() {
            var grant = known[scope] ?? AccessGrant(scope)
            grant.calendar = calendar.id
            if isProtected(scope, calendar) {
                guard let rule = wanted[scope] else { continue }
                if isAccount(scope) { result.failure = result.failure ?? ownAccount(rule) }
                if !isAccount(scope), live[scope]?.role != rule.rule.role { result.warnings.append(ownersRule(rule)) }
                continue
            }
            let change = change(wanted[scope]?.rule, live[scope], &grant, &result)
            if let change {
                result.changes.append(change)
                let isPending = change.after.map { after in grant.pending.map { after <= $0 } ?? false } ?? false
                if change.isWidening, !isAllowed, !isPending {
                    result.widenings.append(change)
                } else {
                    grant.pending = change.after
                }
            } else {
                grant.pending = nil
            }
            if grant.made != nil || grant.pending != nil { grants.append(grant) }
        }
        result.grants = grants
        result.audience = audience(after: result, rules)
        return result
    }

    /// What is to be done about one scope.
    ///
    /// - Parameter grant: learns which of the rules that are there are ours.
    private func change(
        _ wanted: AccessRule?,
        _ live: LiveAccessRule?,
        _ grant: inout AccessGrant,
        _ result: inout Result
    ) -> AccessChange? {
        let scope = grant.scope
        guard let wanted else {
            // What was only pending was never ours, unless it was made before its run was killed.
            guard grant.made != nil || grant.pending != nil && live?.role == grant.pending, let live else {
                grant.made = nil
                return nil
            }
            return AccessChange(scope, from: live.role ?? grant.made, to: nil, .undeclared)
        }
        guard let live else {
            return AccessChange(scope, from: nil, to: wanted.role, grant.made == nil ? .declared : .drift)
        }
        if live.role == wanted.role {
            // A rule that somebody else made is as good; but only what was ours is taken for ours.
            if grant.made != nil || grant.pending == wanted.role || state.isStateLost { grant.made = wanted.role }
            return nil
        }
        guard let made = grant.made else {
            result.warnings.append(othersRule(wanted, live))
            return nil
        }
        return AccessChange(scope, from: live.role ?? made, to: wanted.role, live.role == made ? .declared : .drift)
    }

    // MARK: - Whose rules they are

    private func isAccount(_ scope: AccessScope) -> Bool {
        guard case .user(let address) = scope, let account = state.account else { return false }
        return address == account.lowercased()
    }

    /// Our own rule, the data owner's, and one for the calendar's own address.
    private func isProtected(_ scope: AccessScope, _ calendar: LiveCalendar) -> Bool {
        guard case .user(let address) = scope else { return false }
        return isAccount(scope) || address == calendar.dataOwner?.lowercased()
            || address == calendar.id.rawValue.lowercased()
    }

    private func ownAccount(_ declared: DeclaredAccess) -> Failure {
        Failure(
            code: "sharing_own_account",
            message:
                "\(declared.source): calendar.sharing names \(declared.rule.scope.text), the account that reconcile runs as.",
            hint: "Remove the entry: its own role is never changed."
        )
    }

    private func ownersRule(_ declared: DeclaredAccess) -> Warning {
        Warning(
            code: "sharing_protected",
            message:
                "\(declared.source): \(declared.rule.scope.text) owns the calendar, or is the calendar itself; its rule is left alone."
        )
    }

    private func othersRule(_ wanted: AccessRule, _ live: LiveAccessRule) -> Warning {
        let role = live.role?.rawValue ?? "another role"
        return Warning(
            code: "sharing_of_others",
            message:
                "\(wanted.scope.text) has the role \(role), which reconcile did not give; it is left alone, and is not made "
                + "\(wanted.role.rawValue). Declare that role, or change it in the calendar's settings."
        )
    }

    // MARK: - Who can see it

    private func audience(after result: Result, _ live: [LiveAccessRule]) -> Audience? {
        var roles = Dictionary(live.compactMap { rule in rule.role.map { (rule.scope, $0) } }) { first, _ in first }
        for change in result.changes where !result.widenings.contains(change) { roles[change.scope] = change.after }
        return audience(roles.map { AccessRule($0.value, $0.key) })
    }

    private func audience(_ rules: [AccessRule]) -> Audience? {
        guard let account = state.account else { return nil }
        var own = Set(rules.map(\.scope).filter(isAccount))
        if case .existing(let calendar) = state.calendar { own.insert(.user(calendar.id.rawValue.lowercased())) }
        return Audience(rules: rules.filter { !own.contains($0.scope) }, account: account)
    }
}
