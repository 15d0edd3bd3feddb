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
        case (.existing, nil):
            // What was allowed while it was declared is not allowed for ever.
            return Result(grants: state.grants.contains { $0.pending != nil } ? settled(state.grants) : nil)
        case (.existing(let calendar), let declared?):
            switch state.sharing {
            case .notRead: return Result()
            case .unreadable(let failure): return Result(failure: failure)
            case .read(let live): return existing(declared, live, calendar)
            }
        }
    }

    /// Without what is only allowed; what may have been done already stays.
    private func settled(_ grants: [AccessGrant]) -> [AccessGrant] {
        grants.withdrawn(Set(grants.filter { !$0.isOpen }.map(\.scope)))
    }

    // MARK: - A calendar that this plan creates

    private func fresh(_ declared: [DeclaredAccess]?) -> Result {
        var result = Result()
        let declared = declared ?? []
        result.failure = declared.first { isAccount($0.rule.scope) }.map(ownAccount)
        let rules = declared.map(\.rule).filter { !isAccount($0.scope) }.sorted { $0.scope < $1.scope }
        result.changes = rules.map { AccessChange($0.scope, from: nil, to: $0.role, .sharing) }
        // Of a calendar that vanished nothing is ours any more.
        result.grants = rules.map { AccessGrant($0.scope, pending: $0.role) }
        result.audience = audience([])
        return result
    }

    // MARK: - One that is there

    private func existing(
        _ declared: [DeclaredAccess],
        _ rules: [LiveAccessRule],
        _ calendar: LiveCalendar
    ) -> Result {
        var result = Result()
        let live = rules.byScope
        let known = Dictionary(state.grants.map { ($0.scope, $0) }) { first, _ in first }
        let wanted = Dictionary(declared.map { ($0.rule.scope, $0) }) { first, _ in first }
        var grants: [AccessGrant] = []
        for scope in Set(wanted.keys).union(known.keys).sorted() {
            guard !isProtected(scope, calendar) else {
                if let rule = wanted[scope] { heedProtected(rule, live[scope], &result) }
                continue
            }
            var grant = known[scope] ?? AccessGrant(scope)
            grant.calendar = calendar.id
            recognize(live[scope], wanted[scope]?.rule, &grant)
            if let change = change(wanted[scope], live[scope], grant, &result) {
                result.changes.append(change)
                let isPending = change.after.map { after in grant.pending.map { after <= $0 } ?? false } ?? false
                if change.isWidening, !isAllowed, !isPending { result.widenings.append(change) }
            } else {
                grant.pending = nil
            }
            // What is gone is nobody's; what is only allowed lasts as long as it is declared.
            if live[scope] == nil { grant.made = nil }
            if wanted[scope] == nil { grant.pending = nil }
            grant.isOpen = false
            if grant.made != nil || grant.pending != nil { grants.append(grant) }
        }
        result.grants = grants
        result.audience = audience(rules)
        return result
    }

    /// A rule of which a run that was killed did not learn that it was made; and after a loss of the state an equal one.
    private func recognize(_ live: LiveAccessRule?, _ wanted: AccessRule?, _ grant: inout AccessGrant) {
        guard let role = live?.role else { return }
        let wasOpen = grant.isOpen && grant.pending == role
        let isRecognized = state.isStateLost && wanted?.role == role
        if wasOpen || isRecognized || grant.made != nil && wanted?.role == role { grant.made = role }
    }

    /// What is to be done about one scope.
    private func change(
        _ wanted: DeclaredAccess?,
        _ live: LiveAccessRule?,
        _ grant: AccessGrant,
        _ result: inout Result
    ) -> AccessChange? {
        let scope = grant.scope
        guard let wanted else {
            guard grant.made != nil, let live else { return nil }
            guard let role = live.role else { return leaveUnknown(live, &result) }
            return AccessChange(scope, from: role, to: nil, .sharing)
        }
        guard let live else {
            return AccessChange(scope, from: nil, to: wanted.rule.role, grant.made == nil ? .sharingWidened : .drift)
        }
        // A rule that somebody else made is as good.
        if live.role == wanted.rule.role { return nil }
        guard let made = grant.made else {
            result.warnings.append(othersRule(wanted, live))
            return nil
        }
        guard let role = live.role else { return leaveUnknown(live, &result) }
        let declared = role < wanted.rule.role ? Reason.sharingWidened : .sharing
        return AccessChange(scope, from: role, to: wanted.rule.role, role == made ? declared : .drift)
    }

    private func heedProtected(_ declared: DeclaredAccess, _ live: LiveAccessRule?, _ result: inout Result) {
        if isAccount(declared.rule.scope) {
            result.failure = result.failure ?? ownAccount(declared)
        } else if live?.role != declared.rule.role {
            result.warnings.append(ownersRule(declared))
        }
    }

    /// A role that Google gave a name since: whether it is more or less, nobody can say here.
    private func leaveUnknown(_ live: LiveAccessRule, _ result: inout Result) -> AccessChange? {
        result.warnings.append(
            Warning(
                code: "sharing_role_unknown",
                message:
                    "\(live.scope.text) has a role that this version of reconcile does not know; it is left alone. Change it in the "
                    + "calendar's settings."
            )
        )
        return nil
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

    private func othersRule(_ declared: DeclaredAccess, _ live: LiveAccessRule) -> Warning {
        let role = live.role?.rawValue ?? "another role"
        return Warning(
            code: "sharing_of_others",
            message:
                "\(declared.source): \(live.scope.text) has the role \(role), which reconcile did not give; it is left alone, and is "
                + "not made \(declared.rule.role.rawValue). To let reconcile give it, take it away in the calendar's settings first."
        )
    }

    // MARK: - Who can see it

    private func audience(_ rules: [LiveAccessRule]) -> Audience? {
        guard let account = state.account else { return nil }
        let own = rules.filter { rule in
            guard case .user(let address) = rule.scope, case .existing(let calendar) = state.calendar else {
                return false
            }
            return isAccount(rule.scope) || address == calendar.id.rawValue.lowercased()
        }
        return Audience(live: rules.filter { !own.contains($0) }, account: account)
    }
}
