import ConfigLoading
import Foundation
import Mapping
import NotionAPI
import Planning
import ReconcileModel
import TestSupport
import ZoneData

@testable import Observing

/// An organization through several runs: its declaration, its pages and its calendar are made up, edited by their people in
/// between, and what each run plans is carried out in a model of the services.
struct DeclarationStory {
    let seed: UInt64
    var random: SeededGenerator
    var declaration: DrawnDeclaration
    var pages: [Int: DrawnPage] = [:]
    /// Calendar, events, links and grants, as they are between runs.
    var world: OrganizationState
    /// The rules of the calendar.
    var rules: [LiveAccessRule] = []
    /// The fields that were decided at the last run.
    var decided: Set<EventField>?
    var origins: FieldOrigins?

    /// What the story itself knows of the events that are the organization's.
    var own: [Int: [EventID]] = [:]
    /// What a template set in each of them, when it was last written; nil: nothing.
    var set: [EventID: [EventField: String?]] = [:]
    /// The roles that were given by a run.
    var given: [AccessScope: CalendarRole] = [:]
    var isStateLost = false
    private var nextEtag = 50_000

    static let runs = 3
    static let mostPages = 18

    /// - Parameter numbers: of the pages that there are; leaving one out changes nothing of the others.
    init(seed: UInt64, pages numbers: Set<Int>? = nil) {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        var made = RandomDeclaration(random: SeededGenerator(seed: seed &* 31))
        declaration = made.declaration(isGiven: random.chance(25))
        world = OrganizationState(database: .sample, calendar: .missing, ownership: .sample)
        world.account = "reconcile@example.iam.gserviceaccount.com"
        if declaration.isCalendarGiven {
            world.calendar = .existing(.sample(summary: "Theirs", description: "Hi", isCreatedByUs: false))
            rules = RandomDeclaration.scopes.filter { _ in random.chance(30) }.map { scope in
                LiveAccessRule(made.role(for: scope), scope)
            }
        }
        let count = Int.random(in: 1...Self.mostPages, using: &random)
        for number in 1...count where numbers?.contains(number) ?? true {
            var page = RandomPage(random: generator(number, run: 0), zone: declaration.zone)
            pages[number] = page.page(number)
        }
        if declaration.isCalendarGiven { addStrangers() }
    }

    /// The same numbers for a page, whatever other pages there are.
    func generator(_ page: Int, run: Int) -> SeededGenerator {
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(page) &* 1_009 &+ UInt64(run) &* 101)
        _ = random.next()
        return random
    }

    mutating func etag() -> ETag {
        nextEtag += 1
        return .number(nextEtag)
    }

    /// Events that somebody made by hand, or that are another organization's; some have the ids of pages.
    private mutating func addStrangers() {
        for number in 1...5 {
            var random = generator(number, run: 50)
            let id = EventID(rawValue: "stranger\(number)")
            switch Int.random(in: 0..<5, using: &random) {
            case 0: world.events[id] = .stranger(id, etag: number)
            case 1:
                let taken = EventID(derivedFrom: .number(number))
                world.events[taken] = .stranger(taken, etag: number)
            case 2:
                world.events[id] = DesiredEvent.sample(800 + number).live(id: id, etag: number, organization: "ieee")
            case 3: world.events[id] = DesiredEvent.sample(number).live(id: id, etag: number, organization: "ieee")
            default: break
            }
        }
    }

    // MARK: - A run

    /// What a run was told, saw and planned, and what the world is then.
    struct Run {
        var organization: Organization
        var reference: Reference
        var allowances: Allowances
        var before: OrganizationState
        var plan: OrganizationPlan
        var after: OrganizationState
        var violations: [String]
        /// What a run right after it would plan.
        var again: OrganizationPlan
    }

    var reference: Reference {
        Reference(
            declaration: declaration,
            today: ReferenceTime.wall(RandomPage.now.secondsSince1970, in: declaration.zone).day,
            decided: decided
        )
    }

    /// The organization as the product reads it from files.
    func organization() throws -> Organization {
        let folder = try TemporaryFolder()
        let (file, defaults) = declaration.yaml
        try folder.write(Data(file.utf8), to: "acm.yaml")
        if !declaration.shared.isEmpty { try folder.write(Data(defaults.utf8), to: "_defaults.yaml") }
        let all = try ConfigLoader().load(directory: folder.path)
        guard let organization = all.first else { throw Failure(code: "none", message: "nothing is declared") }
        return organization
    }

    mutating func run() throws -> Run {
        let organization = try organization()
        var allowances = Allowances()
        if random.chance(70) { allowances.deletes = ["acm": random.chance(80) ? 1_000 : 2] }
        if random.chance(70) { allowances.updates = ["acm": 1_000] }
        if random.chance(60) { allowances.sharing = ["acm"] }
        let mapping = try SchemaMapping.resolve(organization, in: DrawnColumn.dataSource, decided: decided)
        let before = observed(world, rules, organization, mapping)
        let plan = Self.plan(before, organization, allowances)
        var model = ModelWorld(before)
        model.apply(plan)
        var run = Run(
            organization: organization,
            reference: reference,
            allowances: allowances,
            before: before,
            plan: plan,
            after: model.state,
            violations: model.violations,
            again: plan
        )
        // What the account itself may do belongs to no run.
        var rulesAfter = rules
        if case .read(let live) = model.state.sharing { rulesAfter = live }
        var next = self
        next.remember(run, rulesAfter)
        let seen = next.observed(next.world, next.rules, organization, mapping)
        run.again = Self.plan(seen, organization, Allowances())
        self = next
        return run
    }

    private static func plan(
        _ state: OrganizationState,
        _ organization: Organization,
        _ allowances: Allowances
    ) -> OrganizationPlan {
        let observed = OrganizationObservation(organization: organization, content: .observed(state))
        let plan = Planner().plan(Observation(organizations: [observed], allowances: allowances))
        return plan.organizations.first ?? .failed(organization, "the plan lost its organization")
    }

    /// What a run sees: the pages through the mapping, the calendar as it is.
    private func observed(
        _ world: OrganizationState,
        _ rules: [LiveAccessRule],
        _ organization: Organization,
        _ mapping: SchemaMapping
    ) -> OrganizationState {
        let mapper = PageMapper(mapping: mapping, organization: organization, now: RandomPage.now)
        var read = NotionObserver.Pages(window: organization.eventWindow(now: RandomPage.now))
        for page in pages.values {
            let row = page.notion
            switch page.place {
            case .listed, .trashed, .archived:
                let outcome = mapper.outcome(for: row)
                read.add(outcome)
                read.feedback[row.id] = mapper.feedback(of: row, outcome, in: read.window)
            // What looking at them alone tells.
            case .gone: read.findings.add(.absent(.gone), of: row.id)
            case .moved: read.findings.add(.absent(.moved), of: row.id)
            }
        }
        var state = world
        state.window = read.window
        (state.pages, state.feedback) = (read.findings, read.feedback)
        state.feedbackColumns = mapping.feedback?.names ?? [:]
        state.managedFields = mapping.managedFields
        state.origins = mapping.origins(
            of: DrawnColumn.dataSource.id,
            defaultDuration: organization.defaultDuration
        )
        state.rememberedOrigins = origins
        state.wasSynced = decided != nil && !isStateLost
        state.isStateLost = isStateLost
        state.sharing = organization.calendar?.sharing == nil || world.calendar == .missing ? .notRead : .read(rules)
        for id in state.events.keys { state.events[id]?.contentHash = nil }
        state.events.noteContent(against: read.findings)
        return state
    }

    /// Takes note of what a run did: for the next one, and to judge it.
    private mutating func remember(_ run: Run, _ rulesAfter: [LiveAccessRule]) {
        world = run.after
        rules = rulesAfter
        decided = run.plan.target?.memory.managedFields ?? decided
        origins = run.plan.target?.memory.origins ?? origins
        for (number, page) in pages {
            let there = (own[number] ?? []) + [run.after.links[page.id]?.event].compactMap(\.self)
            own[number] = Set(there).filter { world.events[$0]?.status == .live }.sorted()
            for field in run.after.feedbackColumns.keys {
                guard let told = run.after.feedback[page.id] else { continue }
                pages[number]?.told[field] = told.values[field]
            }
            guard case .event(let asked) = run.reference.answer(page) else { continue }
            let isWritten = run.plan.lines.contains { line in
                guard line.page == page.id, case .event(let change) = line.todo else { return false }
                return change.action != .delete
            }
            guard isWritten, let event = run.after.links[page.id]?.event else { continue }
            set[event] = asked.texts.filter { asked.own.contains($0.key) }
            // A rule goes with the declaration that speaks of it no more.
            if asked.rule != nil {
                set[event]?.updateValue(world.events[event]?.event?.text(of: .recurrence), forKey: .recurrence)
            }
            if !event.isDerived(from: page.id) { world.events[event]?.isAsWritten = true }
        }
        given = given.filter { scope, _ in rules.contains { $0.scope == scope } }
        if isStateLost {
            // A rule that is as declared is taken for one of ours.
            for rule in declaration.sharing ?? []
            where rules.contains(where: { $0.scope == rule.scope && $0.role == rule.role }) {
                given[rule.scope] = rule.role
            }
        }
        for line in run.plan.lines {
            guard case .access(let change) = line.todo else { continue }
            given[change.scope] = change.after
        }
        isStateLost = false
    }
}
