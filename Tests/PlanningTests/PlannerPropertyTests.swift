import Planning
import ReconcileModel
import Rendering
import Testing
import TestSupport

/// What holds for every state, checked on made-up ones. A failure names its seed, which makes the same state again.
struct PlannerPropertyTests {
    private static let seeds = 1...400 as ClosedRange<UInt64>

    /// One made-up state, the plan for it, and the world after the plan.
    private struct Trial {
        var made: RandomState
        let organization: Organization
        let allowed: Int?
        let plan: OrganizationPlan
        let after: ModelWorld

        var before: OrganizationState { made.state }

        init(seed: UInt64) {
            made = RandomState(seed: seed)
            organization = made.organization()
            allowed = made.allowedDeletes()
            plan = PlanningTests.plan(made.state, for: organization, allowedDeletes: allowed)
            var world = ModelWorld(made.state)
            world.apply(plan)
            after = world
        }

        func isOurs(_ event: LiveEvent) -> Bool {
            guard let marks = event.marks else { return false }
            return marks.organization == nil || marks.organization == "acm" || before.desired[marks.page] != nil
                || before.links[marks.page] != nil
        }
    }

    @Test(arguments: seeds)
    func `after a plan is carried out, planning again finds nothing to do`(seed: UInt64) {
        let trial = Trial(seed: seed)
        #expect(trial.after.violations.isEmpty)
        let again = plan(trial.after.state, for: trial.organization)
        // What a limit held back is still to do; its share may have changed with what was created.
        #expect(again.changes.filter { $0.resource != "event" || $0.action != "delete" }.isEmpty)
        if trial.plan.status != .blocked { #expect(again.changes.isEmpty && again.target?.staleLinks == []) }
        #expect(again.unchanged == trial.before.desired.count)
    }

    @Test(arguments: seeds)
    func `afterwards each page has its event, once and as it asks`(seed: UInt64) {
        let trial = Trial(seed: seed)
        let marked = Dictionary(
            grouping: trial.after.state.events.values.filter {
                $0.status == .live && $0.recurringEvent == nil && trial.isOurs($0)
            },
            by: { $0.marks?.page }
        )
        let mayDelete =
            trial.before.listing == .complete && trial.organization.deletions == .auto && trial.plan.status != .blocked
        for (page, desired) in trial.before.desired {
            let copies = marked[page] ?? []
            #expect(mayDelete ? copies.count == 1 : !copies.isEmpty, "\(page)")
            let wanted = ModelWorld.normalized(desired.event)
            let isRight = copies.contains { live in
                live.event.map { wanted.differences(from: $0, among: trial.before.managedFields).isEmpty } ?? false
            }
            #expect(isRight, "\(page)")
            #expect(copies.contains { $0.id == trial.after.state.links[page]?.event }, "\(page)")
        }
        guard mayDelete else { return }
        for page in trial.made.provenAbsent { #expect(marked[page] == nil, "\(page)") }
    }

    @Test(arguments: seeds)
    func `what is not ours is never touched`(seed: UInt64) {
        let trial = Trial(seed: seed)
        for (id, event) in trial.before.events where event.status == .live && !trial.isOurs(event) {
            #expect(trial.after.state.events[id] == event, "\(id)")
        }
        for (id, event) in trial.before.events where event.recurringEvent != nil {
            #expect(trial.after.state.events[id] == event, "\(id)")
        }
    }

    @Test(arguments: seeds)
    func `every delete is of a proven page or of a duplicate`(seed: UInt64) {
        let trial = Trial(seed: seed)
        for deletion in trial.plan.deletions {
            let isProven = trial.made.provenAbsent.contains(deletion.page)
            let isDuplicate = trial.before.desired[deletion.page] != nil && deletion.reason == .duplicate
            #expect(isProven || isDuplicate, "\(deletion.live.id)")
            #expect(trial.isOurs(deletion.live) && deletion.live.status == .live)
        }
        if trial.before.listing != .complete || trial.organization.deletions == .never {
            #expect(trial.plan.deletions.isEmpty)
        }
        #expect((trial.before.listing == .complete) == (trial.plan.status != .error))
    }

    @Test(arguments: seeds)
    func `a blocked plan deletes nothing, and what passes is within the limits`(seed: UInt64) {
        let trial = Trial(seed: seed)
        let deletes = trial.plan.deletions.count
        let cancelled = trial.after.state.events.values.count { after in
            after.status == .cancelled && trial.before.events[after.id]?.status == .live
        }
        if trial.plan.status == .blocked {
            #expect(deletes > 0 && cancelled == 0 && trial.plan.deletions.allSatisfy(\.isBlocked))
            return
        }
        #expect(cancelled == deletes && !trial.plan.deletions.contains(where: \.isBlocked))
        if let allowed = trial.allowed {
            #expect(deletes <= allowed)
            return
        }
        let managed = trial.before.events.values.count {
            $0.status == .live && $0.recurringEvent == nil && trial.isOurs($0)
        }
        let total = deletes + trial.before.recentDeletes
        let share = (managed + trial.before.recentDeletes) * trial.organization.maxDeletePercent
        #expect(deletes == 0 || total <= 5 || total * 100 <= share)
        let left = managed - deletes + trial.plan.creations.count
        #expect(deletes == 0 || managed < 3 || left > 0)
    }

    @Test(arguments: seeds)
    func `equal input gives a plan that is equal to the byte`(seed: UInt64) {
        var trial = Trial(seed: seed)
        let other = plan(trial.made.shuffled(), for: trial.organization, allowedDeletes: trial.allowed)
        #expect(other == trial.plan)
        #expect(json(other) == json(trial.plan))
    }

    private func json(_ plan: OrganizationPlan) -> String { JSONRenderer().render(Plan(organizations: [plan])) }

    /// A generator that never gets somewhere would prove nothing.
    @Test func `the made-up states reach every kind of change and every status`() {
        let trials = Self.seeds.map(Trial.init(seed:))
        let plans = trials.map(\.plan)
        #expect(Set(plans.map(\.status)) == [.changes, .noChanges, .blocked, .error])
        let reasons = Set(plans.flatMap(\.changes).map(\.reason.rawValue))
        #expect(
            reasons == [
                "new_page", "edited", "drift", "duplicate", "trashed", "archived", "undated", "moved", "filtered_out",
                "gone", "calendar_missing", "calendar_settings", "adopted", "revived",
            ]
        )
        #expect(
            Set(plans.flatMap(\.warningCodes)) == [
                "event_id_taken", "page_not_listed", "page_not_proven_absent", "deletion_withheld",
            ]
        )
        #expect(plans.contains { $0.target?.staleLinks.isEmpty == false })
        #expect(plans.contains { $0.unchanged > 0 })
    }
}
