import Planning
import ReconcileModel
import Testing
import TestSupport

/// The brakes on deletes.
struct DeleteLimitTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var events: Int
        var deletes: Int
        var creates = 0
        var recent = 0
        var allowed: Int?
        var percent = 25
        var isBlocked: Bool

        var testDescription: String {
            let allowance = allowed.map { ", \($0) allowed" } ?? ""
            return "\(deletes) of \(events), \(creates) new, \(recent) before\(allowance), limit \(percent) %"
        }
    }

    private func plan(_ test: Case) -> OrganizationPlan {
        let pages = (1...max(1, test.events)).prefix(test.events).map { DesiredEvent.sample($0) }
        let kept = pages.dropFirst(test.deletes)
        let new = (0..<test.creates).map { DesiredEvent.sample(1_000 + $0) }
        let state = OrganizationState.sample(
            desired: kept + new,
            events: pages.map { $0.live() },
            links: pages.map { $0.link() },
            absences: Dictionary(pages.prefix(test.deletes).map { ($0.page, Absence.trashed) }) { first, _ in first },
            recentDeletes: test.recent
        )
        return PlanningTests.plan(state, for: .sample(maxDeletePercent: test.percent), allowedDeletes: test.allowed)
    }

    @Test(arguments: [
        Case(events: 20, deletes: 5, isBlocked: false),
        Case(events: 20, deletes: 6, isBlocked: true),
        // Exactly the share is not more than it.
        Case(events: 24, deletes: 6, isBlocked: false),
        Case(events: 23, deletes: 6, isBlocked: true),
        // The last events of all.
        Case(events: 3, deletes: 3, isBlocked: true),
        Case(events: 3, deletes: 2, isBlocked: false),
        Case(events: 2, deletes: 2, isBlocked: false),
        Case(events: 1, deletes: 1, isBlocked: false),
        Case(events: 5, deletes: 5, isBlocked: true),
        Case(events: 5, deletes: 5, creates: 1, isBlocked: true),
        // Slices of one big delete.
        Case(events: 19, deletes: 5, recent: 1, isBlocked: true),
        Case(events: 15, deletes: 1, recent: 5, isBlocked: true),
        Case(events: 19, deletes: 1, recent: 5, isBlocked: false),
        Case(events: 1, deletes: 1, recent: 2, isBlocked: true),
        Case(events: 1, deletes: 1, recent: 1, isBlocked: false),
        // An allowance is an upper bound.
        Case(events: 20, deletes: 6, allowed: 6, isBlocked: false),
        Case(events: 20, deletes: 6, allowed: 7, isBlocked: false),
        Case(events: 20, deletes: 6, allowed: 5, isBlocked: true),
        Case(events: 20, deletes: 20, allowed: 20, isBlocked: false),
        Case(events: 20, deletes: 1, allowed: 0, isBlocked: true),
        Case(events: 20, deletes: 1, recent: 12, allowed: 1, isBlocked: false),
        Case(events: 20, deletes: 0, recent: 12, isBlocked: false),
        Case(events: 20, deletes: 0, allowed: 0, isBlocked: false),
        // The share as declared.
        Case(events: 20, deletes: 5, percent: 0, isBlocked: false),
        Case(events: 20, deletes: 6, percent: 0, isBlocked: true),
        Case(events: 1_000, deletes: 6, percent: 0, isBlocked: true),
        Case(events: 20, deletes: 19, percent: 100, isBlocked: false),
        Case(events: 20, deletes: 20, percent: 100, isBlocked: true),
        Case(events: 20, deletes: 20, creates: 3, percent: 100, isBlocked: true),
    ])
    func `deletes pass or are blocked`(test: Case) {
        let plan = plan(test)
        #expect(plan.deletions.count == test.deletes)
        #expect(plan.heldDeletions.count == (test.isBlocked ? test.deletes : 0))
        #expect((plan.status == .blocked) == test.isBlocked)
        #expect((plan.message != nil) == test.isBlocked)
        #expect(plan.lines.count { $0.writes } == test.creates + (test.isBlocked ? 0 : test.deletes))
    }

    @Test func `the message says what to do`() {
        let plan = plan(Case(events: 20, deletes: 6, recent: 2, isBlocked: true))
        #expect(
            plan.message
                == "6 of 20 events would be deleted (and 2 were within the last day), more than 5 and more than "
                + "the limit of 25 %: nothing was deleted."
        )
        #expect(plan.hint == "If that is right, allow it for one run: `reconcile apply acm --allow-deletes acm:6`.")
    }

    @Test(arguments: [(nil as Int?, false), (6, true), (0, true)])
    func `a plan remembers that its deletes were allowed by name`(allowed: Int?, isAllowed: Bool) {
        let plan = plan(Case(events: 20, deletes: 6, allowed: allowed, isBlocked: false))
        #expect(plan.target?.deletesAreAllowedByName == isAllowed)
    }

    @Test func `duplicates count like any other delete`() {
        let pages = (1...6).map { DesiredEvent.sample($0) }
        let copies = pages.map { $0.live(id: EventID(rawValue: "copy\($0.page.rawValue.suffix(1))")) }
        let state = OrganizationState.sample(
            desired: pages,
            events: pages.map { $0.live() } + copies,
            links: pages.map { $0.link() }
        )
        let plan = PlanningTests.plan(state)
        #expect(plan.status == .blocked && plan.deletions.count == 6)
    }

    @Test func `a blocked delete does not hold back creations and updates`() {
        let plan = plan(Case(events: 20, deletes: 6, creates: 2, isBlocked: true))
        #expect(plan.creations.count == 2 && plan.status == .blocked)
    }

    /// A database whose pages were all replaced: the new events must not make room for the deletes that were blocked.
    @Test func `a blocked delete is still blocked after the rest was carried out`() {
        let old = (1...20).map { DesiredEvent.sample($0) }
        let new = (101...160).map { DesiredEvent.sample($0) }
        let state = OrganizationState.sample(
            desired: new,
            events: old.map { $0.live() },
            links: old.map { $0.link() },
            absences: Dictionary(old.map { ($0.page, Absence.trashed) }) { first, _ in first }
        )
        var world = ModelWorld(state)
        let first = PlanningTests.plan(state)
        #expect(first.status == .blocked && first.creations.count == 60)
        world.apply(first)
        var second = world.state
        second.eventsWhenBlocked = first.target?.memory.managedEvents
        #expect(second.eventsWhenBlocked == 20)
        #expect(PlanningTests.plan(second).status == .blocked)
    }
}
