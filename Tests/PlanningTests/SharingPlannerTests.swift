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
        pending: [AccessRule] = [],
        isOpen: Bool = false
    ) -> OrganizationState {
        var state = OrganizationState.sample()
        let owner = LiveAccessRule(.owner, .user(Self.account))
        state.sharing = .read([owner] + live.map { LiveAccessRule($0.role, $0.scope) })
        state.grants =
            ours.map { AccessGrant($0.scope, made: $0.role, calendar: .sample) }
            + pending.map { AccessGrant($0.scope, pending: $0.role, isOpen: isOpen, calendar: .sample) }
        state.account = Self.account
        return state
    }

    /// Who can see the calendar once the plan is carried out.
    private static func seen(_ plan: OrganizationPlan) -> [String]? {
        OrganizationReport(plan: plan, done: []).audience?.rules.map { "\($0.role?.rawValue ?? "?") \($0.scope.text)" }
    }

    // MARK: - A new calendar

    @Test func `a calendar that the plan creates is shared without an allowance`() {
        var state = OrganizationState.sample(calendar: .missing)
        state.account = Self.account
        let plan = plan(state, for: organization([reader, AccessRule(.writer, .user("officer@example.org"))]))
        #expect(
            plan.words == [
                "create calendar calendar_missing", "create reader public sharing",
                "create writer user:officer@example.org sharing",
            ]
        )
        #expect(plan.status == .changes)
        #expect(plan.target?.memory.grants?.map(\.pending) == [.reader, .writer])
        #expect(Self.seen(plan) == ["reader public", "writer user:officer@example.org"])
    }

    @Test func `a new calendar that nobody is given says so`() {
        var state = OrganizationState.sample(calendar: .missing)
        state.account = Self.account
        for rules in [nil, []] as [[AccessRule]?] {
            let plan = plan(state, for: organization(rules))
            #expect(plan.work?.audience?.account == Self.account && Self.seen(plan) == [])
        }
    }

    // MARK: - One that is there

    @Test func `to show an existing calendar to more people needs an allowance, and nothing else does`() {
        let blocked = plan(state(), for: organization([reader]))
        #expect(blocked.words == ["create reader public sharing_widened blocked"] && blocked.status == .blocked)
        #expect(blocked.target?.memory.grants == [])
        #expect(blocked.hint?.contains("`reconcile apply acm --allow-sharing acm`") == true)
        // What is held back is not what people will see.
        #expect(Self.seen(blocked) == [])

        let allowed = plan(state(), for: organization([reader]), allowsSharing: true)
        #expect(allowed.words == ["create reader public sharing_widened"] && allowed.status == .changes)
        // What is allowed for one run is allowed for that one.
        #expect(allowed.target?.memory.grants == [])
        #expect(Self.seen(allowed) == ["reader public"])
    }

    @Test func `what was allowed once is completed without another allowance, and no more than that`() {
        let pending = state(pending: [reader])
        #expect(plan(pending, for: organization([reader])).words == ["create reader public sharing_widened"])
        let user = AccessScope.user("a@b.org")
        let more = state(pending: [AccessRule(.reader, user)])
        #expect(plan(more, for: organization([AccessRule(.writer, user)])).status == .blocked)
        // Only what was allowed and never tried is not ours when it stands there.
        let theirs = plan(state([reader], pending: [reader]), for: organization([reader]))
        #expect(theirs.words.isEmpty && theirs.target?.memory.grants == [])
        // What is declared no more is allowed no more.
        #expect(plan(pending, for: organization(nil)).target?.memory.grants == [])
        #expect(plan(pending, for: organization([])).target?.memory.grants == [])
    }

    @Test func `a rule of which a killed run did not learn that it was made is ours, whatever is declared by now`() {
        let user = AccessScope.user("a@b.org")
        let open = state([AccessRule(.owner, user)], pending: [AccessRule(.owner, user)], isOpen: true)
        let made = AccessGrant(user, made: .owner, calendar: .sample)
        #expect(plan(open, for: organization([AccessRule(.owner, user)])).target?.memory.grants == [made])
        let lowered = plan(open, for: organization([AccessRule(.reader, user)]))
        #expect(lowered.words == ["update reader user:a@b.org sharing"])
        #expect(lowered.target?.memory.grants?.map(\.made) == [.owner])
        let gone = plan(open, for: organization([]))
        #expect(gone.words == ["delete owner user:a@b.org sharing"])
        // Known until it is gone indeed.
        #expect(gone.target?.memory.grants == [made])
    }

    @Test func `to lower a role is no word for giving it back`() {
        let user = AccessScope.user("a@b.org")
        let ours = [AccessRule(.writer, user)]
        let lowering = plan(state(ours, ours: ours), for: organization([AccessRule(.reader, user)]))
        #expect(lowering.target?.memory.grants == [AccessGrant(user, made: .writer, calendar: .sample)])
        // It was taken away since.
        #expect(plan(state(ours: ours), for: organization([AccessRule(.reader, user)])).status == .blocked)
        // And what a person gives then is that person's.
        let gone = plan(state(ours: ours), for: organization([AccessRule(.reader, user)]))
        #expect(gone.target?.memory.grants == [])
    }

    @Test func `without the key sharing is left alone, with an empty list ours go`() {
        let shared = state([reader, AccessRule(.owner, .user("boss@b.org"))], ours: [reader])
        let alone = plan(shared, for: organization(nil))
        #expect(alone.words.isEmpty && alone.target?.memory.grants == nil && alone.work?.audience == nil)
        let none = plan(shared, for: organization([]))
        #expect(none.words == ["delete reader public sharing"] && none.status == .changes)
        #expect(Self.seen(none) == ["owner user:boss@b.org"])
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
                "update reader user:a@b.org sharing"
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

    @Test func `a role that nobody knows here is left alone`() {
        let user = AccessScope.user("a@b.org")
        var unknown = state(ours: [AccessRule(.writer, user)])
        unknown.sharing = .read([LiveAccessRule(nil, user)])
        for rules in [[], [AccessRule(.writer, user)]] {
            let plan = plan(unknown, for: organization(rules), allowsSharing: true)
            #expect(plan.words.isEmpty && plan.warningCodes == ["sharing_role_unknown"])
        }
        unknown.grants = []
        #expect(plan(unknown, for: organization([AccessRule(.reader, user)])).warningCodes == ["sharing_of_others"])
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
            switch Int.random(in: 0..<4, using: &random) {
            case 0: (grant.made, grant.pending) = (nil, grant.made)
            case 1: (grant.made, grant.pending, grant.isOpen) = (nil, grant.made, true)
            case 2: grant.pending = [.reader, .writer, .owner].randomElement(using: &random)
            default: break
            }
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
                let wasOurs = grant?.made != nil || grant?.isOpen == true && grant?.pending == change.before
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
