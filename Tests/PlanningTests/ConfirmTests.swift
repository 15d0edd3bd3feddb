import Planning
import ReconcileModel
import TestSupport
import Testing

/// `deletions: confirm`: deletes wait for somebody who is shown them and says yes.
struct ConfirmTests {
    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)
    private let organization = Organization.sample(deletions: .confirm)

    /// Both pages have events, and those pages are gone that are named.
    private func state(gone: [DesiredEvent], remembered: [DesiredEvent] = []) -> OrganizationState {
        var state = OrganizationState.sample(
            desired: [one, two].filter { !gone.contains($0) && !remembered.contains($0) },
            events: [one.live(), two.live()],
            links: [one.link(), two.link()],
            absences: Dictionary(gone.map { ($0.page, Absence.trashed) }) { first, _ in first }
        )
        for desired in remembered { state.pages[desired.page] = .absent(.trashed, seenAt: "2026-11-20T09:00:00Z") }
        return state
    }

    private func plan(_ state: OrganizationState) -> OrganizationPlan {
        PlanningTests.plan(state, for: organization)
    }

    private func restricted(_ now: OrganizationPlan, to shown: OrganizationPlan) -> OrganizationPlan {
        Plan(organizations: [now]).restricted(to: Plan(organizations: [shown])).organizations.first ?? now
    }

    @Test func `a delete waits, and is no change`() {
        let plan = plan(state(gone: [one]))
        #expect(plan.words == ["delete 1 trashed pending"])
        #expect(plan.status == .noChanges && plan.pendingDeletes == 1)
        let summary = Summary(Plan(organizations: [plan]))
        #expect(!summary.hasChanges && !summary.hasErrors && summary.eventsPending == 1 && summary.eventsToDelete == 0)
    }

    @Test func `what waits and is not carried out is no failure`() {
        let report = OrganizationReport(plan: plan(state(gone: [one]))) { _, _ in .applied }
        #expect(report.isSuccess && report.isInStep)
        #expect(report.done.map(\.outcome) == [.skipped(Outcome.waiting)])
    }

    @Test func `a yes carries out what was shown`() {
        let shown = plan(state(gone: [one]))
        #expect(restricted(shown, to: shown).words == ["delete 1 trashed"])
    }

    @Test func `a yes is none to what was not shown`() {
        let now = restricted(plan(state(gone: [one, two])), to: plan(state(gone: [one])))
        #expect(now.words == ["delete 1 trashed", "delete 2 trashed pending"])
    }

    @Test func `what was shown and does not wait any more is told`() {
        let now = restricted(plan(state(gone: [])), to: plan(state(gone: [one])))
        #expect(now.lines.isEmpty && now.leftOut.count == 1)
    }

    @Test func `a memory of a page that was absent is shown, and is no proof`() {
        let shown = plan(state(gone: [], remembered: [one]))
        #expect(shown.words == ["delete 1 trashed pending"])
        #expect(restricted(shown, to: shown).words == ["delete 1 trashed pending"])
    }

    @Test func `the limits hold before anybody is asked`() {
        let pages = (1...20).map { DesiredEvent.sample($0) }
        let state = OrganizationState.sample(
            desired: Array(pages.dropFirst(8)),
            events: pages.map { $0.live() },
            links: pages.map { $0.link() },
            absences: Dictionary(pages.prefix(8).map { ($0.page, Absence.trashed) }) { first, _ in first }
        )
        let blocked = plan(state)
        #expect(blocked.status == .blocked && blocked.pendingDeletes == 0 && blocked.heldDeletions.count == 8)
        #expect(restricted(blocked, to: blocked).heldDeletions.count == 8)
        let allowed = PlanningTests.plan(state, for: organization, allowedDeletes: 8)
        #expect(allowed.status == .noChanges && allowed.pendingDeletes == 8)
    }

    @Test func `the feed keeps what waits`() {
        let state = state(gone: [one])
        let report = OrganizationReport(plan: plan(state)) { _, _ in .applied }
        let last = [one.page: one.event, two.page: two.event]
        #expect(Set(Publication(after: report, of: state, last: last).contents.keys) == [one.page, two.page])
    }
}
