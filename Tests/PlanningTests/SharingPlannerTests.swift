import ReconcileModel
import Testing
import TestSupport

/// Whose rules are touched, and what needs somebody's allowance.
@Suite struct SharingPlannerTests {
    private static let account = "reconcile@example-project.iam.gserviceaccount.com"
    private let reader = AccessRule(.reader, .everybody)

    private func organization(_ rules: [AccessRule]?) -> Organization {
        var organization = Organization.sample()
        organization.calendar = CalendarSettings()
        organization.calendar?.sharing = rules?.map {
            DeclaredAccess($0, source: SourceLocation(file: "orgs.d/acm.yaml", line: 7, column: 5))
        }
        return organization
    }

    private func state(
        _ live: [AccessRule] = [],
        ours: [AccessRule] = [],
        pending: [AccessRule] = []
    ) -> OrganizationState {
        var state = OrganizationState.sample()
        let owner = LiveAccessRule(.owner, .user(Self.account))
        state.sharing = .read([owner] + live.map { LiveAccessRule($0.role, $0.scope) })
        state.grants =
            ours.map { AccessGrant($0.scope, made: $0.role, calendar: .sample) }
            + pending.map { AccessGrant($0.scope, pending: $0.role, calendar: .sample) }
        state.account = Self.account
        return state
    }

    // MARK: - A new calendar

    @Test func `a calendar that the plan creates is shared without an allowance`() {
        var state = OrganizationState.sample(calendar: .missing)
        state.account = Self.account
        let plan = plan(state, for: organization([reader, AccessRule(.writer, .user("officer@example.org"))]))
        #expect(
            plan.words == [
                "create calendar calendar_missing", "create reader public declared",
                "create writer user:officer@example.org declared",
            ]
        )
        #expect(plan.status == .changes)
        #expect(plan.target?.memory.grants?.map(\.pending) == [.reader, .writer])
        #expect(plan.work?.audience?.rules.map(\.title) == ["reader public", "writer user:officer@example.org"])
    }

    @Test func `a new calendar that nobody is given says so`() {
        var state = OrganizationState.sample(calendar: .missing)
        state.account = Self.account
        for rules in [nil, []] as [[AccessRule]?] {
            #expect(plan(state, for: organization(rules)).work?.audience == Audience(rules: [], account: Self.account))
        }
    }

    // MARK: - One that is there

    @Test func `to show an existing calendar to more people needs an allowance, and nothing else does`() {
        let blocked = plan(state(), for: organization([reader]))
        #expect(blocked.words == ["create reader public declared blocked"] && blocked.status == .blocked)
        #expect(blocked.target?.memory.grants == [])
        #expect(blocked.hint?.contains("`reconcile apply acm --allow-sharing acm`") == true)
        // What is held back is not what people will see.
        #expect(blocked.work?.audience?.rules == [])

        let allowed = plan(state(), for: organization([reader]), allowsSharing: true)
        #expect(allowed.words == ["create reader public declared"] && allowed.status == .changes)
        #expect(allowed.target?.memory.grants == [AccessGrant(.everybody, pending: .reader, calendar: .sample)])
        #expect(allowed.work?.audience?.rules == [reader])
    }

    @Test func `what was allowed once is completed without another allowance, and no more than that`() {
        let pending = state(pending: [reader])
        #expect(plan(pending, for: organization([reader])).words == ["create reader public declared"])
        let user = AccessScope.user("a@b.org")
        let more = state(pending: [AccessRule(.reader, user)])
        #expect(plan(more, for: organization([AccessRule(.writer, user)])).status == .blocked)
        // It was made before its run was killed: it is ours.
        let made = plan(state([reader], pending: [reader]), for: organization([reader]))
        #expect(made.words.isEmpty && made.target?.memory.grants?.map(\.made) == [.reader])
    }

    @Test func `without the key sharing is left alone, with an empty list ours go`() {
        let shared = state([reader, AccessRule(.owner, .user("boss@b.org"))], ours: [reader])
        let alone = plan(shared, for: organization(nil))
        #expect(alone.words.isEmpty && alone.target?.memory.grants == nil && alone.work?.audience == nil)
        let none = plan(shared, for: organization([]))
        #expect(none.words == ["delete reader public undeclared"] && none.status == .changes)
        #expect(none.work?.audience?.rules == [AccessRule(.owner, .user("boss@b.org"))])
    }

    @Test func `a rule of ours that somebody raised is lowered, and one that was lowered or removed is drift`() {
        let user = AccessScope.user("a@b.org")
        let wanted = organization([AccessRule(.writer, user)])
        let ours = [AccessRule(.writer, user)]
        #expect(
            plan(state([AccessRule(.owner, user)], ours: ours), for: wanted).words == [
                "update writer user:a@b.org drift"
            ]
        )
        #expect(
            plan(state([AccessRule(.reader, user)], ours: ours), for: wanted).words
                == ["update writer user:a@b.org drift blocked"]
        )
        #expect(plan(state(ours: ours), for: wanted).words == ["create writer user:a@b.org drift blocked"])
        #expect(
            plan(state(ours: ours), for: wanted, allowsSharing: true).words == ["create writer user:a@b.org drift"]
        )
    }

    @Test func `the declaration changes a role of ours: less at once, more with an allowance`() {
        let user = AccessScope.user("a@b.org")
        let writer = state([AccessRule(.writer, user)], ours: [AccessRule(.writer, user)])
        #expect(
            plan(writer, for: organization([AccessRule(.reader, user)])).words == [
                "update reader user:a@b.org declared"
            ]
        )
        #expect(plan(writer, for: organization([AccessRule(.owner, user)])).status == .blocked)
    }

    @Test func `what somebody else gave is left alone`() {
        let user = AccessScope.user("a@b.org")
        let theirs = state([AccessRule(.owner, user), AccessRule(.reader, .group("g@b.org"))])
        let plan = plan(theirs, for: organization([AccessRule(.reader, user)]))
        #expect(plan.words.isEmpty && plan.status == .noChanges && plan.warningCodes == ["sharing_of_others"])
        #expect(plan.target?.memory.grants == [])
    }

    @Test func `an equal rule is ours only where the state was lost`() {
        let shared = state([reader])
        #expect(plan(shared, for: organization([reader])).target?.memory.grants == [])
        var lost = shared
        lost.isStateLost = true
        let recognized = plan(lost, for: organization([reader]))
        #expect(recognized.words.isEmpty && recognized.status == .noChanges)
        #expect(recognized.target?.memory.grants == [AccessGrant(.everybody, made: .reader, calendar: .sample)])
    }

    @Test func `our own account's rule, the owner's and the calendar's own are never touched`() {
        var state = state([AccessRule(.owner, .user("owner@b.org"))])
        if case .existing(var calendar) = state.calendar {
            calendar.dataOwner = "Owner@b.org"
            state.calendar = .existing(calendar)
        }
        let own = plan(state, for: organization([AccessRule(.reader, .user(Self.account))]), allowsSharing: true)
        #expect(own.words.isEmpty && own.status == .error)
        #expect(own.message?.hasPrefix("orgs.d/acm.yaml:7:5: ") == true)
        let owner = plan(state, for: organization([AccessRule(.reader, .user("owner@b.org"))]), allowsSharing: true)
        #expect(owner.words.isEmpty && owner.warningCodes == ["sharing_protected"] && owner.status == .noChanges)
        let calendar = AccessScope.user(CalendarID.sample.rawValue.lowercased())
        let itself = plan(state, for: organization([AccessRule(.reader, calendar)]), allowsSharing: true)
        #expect(itself.words.isEmpty && itself.warningCodes == ["sharing_protected"])
    }

    @Test func `rules that cannot be read are an error, and the events go on`() {
        var hidden = state()
        hidden.sharing = .unreadable(Failure(code: "sharing_unreadable", message: "Google answered 503."))
        let one = DesiredEvent.sample(1)
        hidden.pages[one.page] = .wants(one)
        let plan = plan(hidden, for: organization([reader]))
        #expect(plan.words == ["create 1 new_page"] && plan.status == .error && plan.target != nil)
        #expect(plan.target?.memory.grants == nil)
    }

    @Test func `who may not change the sharing is told so once, and allowed nothing for later`() {
        var writer = state(pending: [reader])
        if case .existing(var calendar) = writer.calendar {
            calendar.access = CalendarAccess(role: .writer, account: Self.account)
            writer.calendar = .existing(calendar)
        }
        let plan = plan(writer, for: organization([reader]), allowsSharing: true)
        #expect(plan.words.isEmpty && plan.status == .error && plan.target?.memory.grants == [])
        #expect(plan.message?.contains("may not change its sharing") == true)
    }

    // MARK: - All that can be

    /// Rules, grants and declarations made up at random.
    private func random(_ seed: UInt64) -> (OrganizationState, Organization) {
        var random = SeededGenerator(seed: seed)
        let scopes: [AccessScope] = [.everybody, .user("a@b.org"), .group("g@b.org"), .domain("b.org")]
        func rule(_ scope: AccessScope) -> AccessRule {
            let roles: [CalendarRole] =
                scope == .everybody ? [.freeBusyReader, .reader] : [.freeBusyReader, .reader, .writer, .owner]
            return AccessRule(roles.randomElement(using: &random) ?? .reader, scope)
        }
        func some() -> [AccessRule] { scopes.filter { _ in random.chance(50) }.map(rule) }
        var state = state(some(), ours: some())
        state.grants = state.grants.map { grant in
            var grant = grant
            if random.chance(30) { (grant.made, grant.pending) = (nil, grant.made) }
            return grant
        }
        state.isStateLost = random.chance(10)
        return (state, organization(random.chance(10) ? nil : some()))
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `only ours change, more people only where it was allowed, and then nothing is left to do`(seed: UInt64) {
        let (state, organization) = random(seed)
        guard case .read(let rules) = state.sharing else { return }
        let roles = Dictionary(uniqueKeysWithValues: rules.map { ($0.scope, $0.role) })
        for isAllowed in [false, true] {
            let plan = plan(state, for: organization, allowsSharing: isAllowed)
            for line in plan.lines {
                guard case .access(let change) = line.change else { continue }
                let grant = state.grants.first { $0.scope == change.scope }
                let wasOurs = grant?.made != nil || grant?.pending != nil && grant?.pending == change.before
                #expect(
                    change.before == nil || wasOurs,
                    "seed \(seed): \(change.title) changes a rule that is not ours"
                )
                let isPending = grant?.pending.map { change.after ?? .freeBusyReader <= $0 } ?? false
                #expect(
                    line.isHeld == (change.isWidening && !isAllowed && !isPending),
                    "seed \(seed): \(change.title) is held: \(line.isHeld)"
                )
            }
            var world = ModelWorld(state)
            world.apply(plan)
            #expect(world.violations.isEmpty, "seed \(seed): \(world.violations)")
            let again = PlanningTests.plan(world.state, for: organization, allowsSharing: isAllowed)
            #expect(!again.lines.contains { !$0.isHeld }, "seed \(seed): still to do: \(again.words)")
            guard isAllowed, case .read(let after) = world.state.sharing else { continue }
            let now = Dictionary(uniqueKeysWithValues: after.map { ($0.scope, $0.role) })
            for rule in organization.calendar?.sharing ?? [] where again.warnings.isEmpty {
                #expect(now[rule.rule.scope] == rule.rule.role, "seed \(seed): \(rule.rule.title) is not there")
            }
            #expect(now[.user(Self.account)] == roles[.user(Self.account)])
        }
    }
}
