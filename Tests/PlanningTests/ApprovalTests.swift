import Planning
import ReconcileModel
import Testing
import TestSupport

/// What a yes is worth once something else is to be done than was shown.
struct ApprovalTests {
    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)

    private func restricted(_ now: OrganizationPlan, to shown: OrganizationPlan) -> OrganizationReport {
        let plan = Plan(organizations: [now]).restricted(to: Plan(organizations: [shown]))
        let organization = plan.organizations.first ?? now
        return OrganizationReport(plan: organization) { _, _ in .applied }
    }

    @Test func `what was shown and is as before is done`() {
        let shown = plan(.sample(desired: [one]))
        let report = restricted(shown, to: shown)
        #expect(report.done.map(\.outcome) == [.applied] && report.isSuccess && report.plan.status == .changes)
    }

    @Test func `what was not shown is left out, and told`() {
        let report = restricted(plan(.sample(desired: [one, two])), to: plan(.sample(desired: [one])))
        #expect(report.done.map(\.line.page) == [one.page, two.page])
        #expect(report.done.map(\.outcome.word) == ["applied", "stale"] && !report.isSuccess)
    }

    @Test func `a plan of which all is left out is no plan without changes`() {
        let report = restricted(plan(.sample(desired: [two])), to: plan(.sample(desired: [one], events: [one.live()])))
        #expect(report.plan.status == .changes && report.plan.lines.isEmpty && report.done.count == 1)
    }

    @Test(arguments: [
        OrganizationPlan(.leftAlone(.onHold(RunID(rawValue: 7))), of: .sample()),
        .failed(.sample(), "Notion answered 503."), .planned(),
    ])
    func `what is not to be done any more is told, whatever became of the organization`(now: OrganizationPlan) {
        let report = restricted(now, to: plan(.sample(desired: [one, two])))
        #expect(report.plan.status == now.status)
        #expect(report.done.map(\.line.page) == [one.page, two.page])
        #expect(report.done.allSatisfy { $0.outcome.word == "stale" } && !report.isSuccess)
        #expect(Summary(Report(organizations: [report])).eventsToCreate == 0)
    }
}
