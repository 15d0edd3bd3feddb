import ReconcileModel
import Testing
import TestSupport

/// Counts of plans and success of reports.
struct SummaryTests {
    private let one = DesiredEvent.sample(1)

    private var deletion: EventDeletion { EventDeletion(live: one.live(), page: one.page, reason: .trashed) }

    private var lines: [PlanLine] {
        let creation = CalendarCreation(
            summary: "x",
            description: "",
            timeZone: "UTC",
            mark: CalendarMark(prefix: "acm", database: .sample)
        )
        return [
            .create(creation),
            .update(CalendarUpdate(calendar: .sample(), summary: "x", description: nil, timeZone: nil)),
            .create(EventCreation(desired: one, id: one.live().id, reason: .newPage)),
            .update(EventUpdate(desired: one, live: one.live(), fields: [.summary], reason: .drift)),
            .delete(deletion), .held(.event(.delete(deletion))), .held(.event(.delete(deletion))),
            .adopt(EventAdoption(desired: one, event: one.live().id, etag: .number(1))),
        ]
    }

    /// With the lines, or such as make the status.
    private func plan(
        _ status: OrganizationPlan.Status,
        _ lines: [PlanLine]? = nil,
        unchanged: Int = 0
    ) -> OrganizationPlan {
        let refusal = Failure(code: "x", message: "y")
        var plan = OrganizationPlan.planned(.sample(), lines ?? [], unchanged: unchanged)
        switch status {
        case .changes: plan.work?.lines = lines ?? [.delete(deletion)]
        case .noChanges: break
        case .orphaned: plan.verdict = .leftAlone(.orphaned(nil))
        case .skipped: plan.verdict = .leftAlone(.syncDisabled)
        case .blocked: plan = plan.blocked(1, "x")
        case .error where lines == nil: plan.verdict = .failed(refusal)
        case .error:
            plan.work?.refusal = refusal
            plan.work?.target = nil
        }
        #expect(plan.status == status)
        return plan
    }

    @Test func `each change is counted where it belongs`() {
        let summary = Summary(
            Plan(organizations: [plan(.changes, lines, unchanged: 3), plan(.noChanges, unchanged: 4)])
        )
        #expect(summary.calendarsToCreate == 1 && summary.calendarsToUpdate == 1)
        #expect(summary.eventsToCreate == 1 && summary.eventsToUpdate == 1 && summary.eventsToDelete == 1)
        #expect(summary.eventsBlocked == 2 && summary.eventsToAdopt == 1 && summary.eventsUnchanged == 7)
        #expect(summary.hasChanges && !summary.hasErrors)
    }

    @Test func `each status is counted where it belongs`() {
        let statuses: [OrganizationPlan.Status] = [
            .changes, .noChanges, .noChanges, .skipped, .orphaned, .blocked, .error,
        ]
        let summary = Summary(Plan(organizations: statuses.map { plan($0) }))
        #expect(summary.total == 7 && summary.changed == 1 && summary.unchanged == 2)
        #expect(summary.skipped == 1 && summary.orphaned == 1 && summary.blocked == 1 && summary.failed == 1)
        #expect(summary.eventsToDelete == 1 && summary.hasErrors)
    }

    @Test func `blocked deletes and adoptions are not changes`() {
        let summary = Summary(Plan(organizations: [plan(.noChanges, Array(lines.suffix(3)))]))
        #expect(!summary.hasChanges && summary.eventsBlocked == 2 && summary.eventsToAdopt == 1)
        #expect(lines.map(\.writes) == [true, true, true, true, true, false, false, false])
    }

    @Test func `a report counts what was done, and nothing that was not`() {
        let outcomes: [Outcome] = [
            .failed(Failure(code: "x", message: "y")), .skipped("x"), .skipped("x"), .done, .applied,
            .skipped("blocked"), .skipped("blocked"), .applied,
        ]
        let report = Report(organizations: [
            OrganizationReport(plan: plan(.blocked, lines, unchanged: 3), outcomes: outcomes)
        ])
        let summary = Summary(report)
        #expect(summary.calendarsToCreate == 0 && summary.calendarsToUpdate == 0)
        #expect(summary.eventsToCreate == 0 && summary.eventsToUpdate == 0 && summary.eventsToDelete == 1)
        #expect(summary.eventsBlocked == 2 && summary.eventsToAdopt == 1 && summary.eventsUnchanged == 4)
    }

    @Test func `what may not be written at all is not to be done`() {
        let summary = Summary(Plan(organizations: [plan(.error, lines)]))
        #expect(!summary.hasChanges && summary.eventsBlocked == 2 && summary.hasErrors)
    }

    @Test(arguments: [
        (OrganizationPlan.Status.changes, [Outcome.applied, .applied], nil as Failure?, true),
        (.noChanges, [], nil, true), (.changes, [.applied, .done], nil, true),
        (.skipped, [], nil, true), (.error, [.applied], nil, false), (.blocked, [.applied], nil, false),
        (.changes, [.applied, .stale("x")], nil, false), (.changes, [.skipped("x")], nil, false),
        (.changes, [.failed(Failure(code: "x", message: "y"))], nil, false),
        (.changes, [.applied], Failure(code: "x", message: "y"), false),
    ])
    func `success is said only of what succeeded`(
        status: OrganizationPlan.Status,
        outcomes: [Outcome],
        failure: Failure?,
        isSuccess: Bool
    ) {
        let done = outcomes.map { OrganizationReport.Done(.delete(deletion), $0) }
        let report = OrganizationReport(plan: plan(status), done: done, failure: failure)
        #expect(report.isSuccess == isSuccess)
    }

    @Test func `a failure's description ends with its hint`() {
        #expect(Failure(code: "x", message: "It broke.").description == "It broke.")
        #expect(Failure(code: "x", message: "It broke.", hint: "Mend it.").description == "It broke. Mend it.")
    }
}
