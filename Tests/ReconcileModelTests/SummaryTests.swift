import ReconcileModel
import Testing
import TestSupport

/// Counts of plans and success of reports.
struct SummaryTests {
    private let one = DesiredEvent.sample(1)

    private func deletion(isBlocked: Bool) -> Change {
        .deleteEvent(EventDeletion(live: one.live(), page: one.page, reason: .trashed, isBlocked: isBlocked))
    }

    private var changes: [Change] {
        let creation = CalendarCreation(
            summary: "x",
            description: "",
            timeZone: "UTC",
            mark: CalendarMark(prefix: "acm", database: .sample)
        )
        return [
            .createCalendar(creation),
            .updateCalendar(CalendarUpdate(calendar: .sample(), summary: "x", description: nil, timeZone: nil)),
            .createEvent(EventCreation(desired: one, id: one.live().id, reason: .newPage)),
            .updateEvent(EventUpdate(desired: one, live: one.live(), fields: [.summary], reason: .drift)),
            deletion(isBlocked: false), deletion(isBlocked: true), deletion(isBlocked: true),
            .adoptEvent(EventAdoption(desired: one, event: one.live().id, etag: .number(1))),
        ]
    }

    private func plan(
        _ status: OrganizationPlan.Status,
        _ changes: [Change] = [],
        unchanged: Int = 0
    ) -> OrganizationPlan {
        OrganizationPlan(organization: .sample(), status: status, changes: changes, unchanged: unchanged)
    }

    @Test func `each change is counted where it belongs`() {
        let summary = Summary(
            Plan(organizations: [plan(.changes, changes, unchanged: 3), plan(.noChanges, unchanged: 4)])
        )
        #expect(summary.calendarsToCreate == 1 && summary.calendarsToUpdate == 1)
        #expect(summary.eventsToCreate == 1 && summary.eventsToUpdate == 1 && summary.eventsToDelete == 1)
        #expect(summary.eventsBlocked == 2 && summary.eventsToAdopt == 1 && summary.eventsUnchanged == 7)
        #expect(summary.hasChanges && !summary.hasErrors)
    }

    @Test func `each status is counted where it belongs`() {
        let statuses: [OrganizationPlan.Status] = [.changes, .noChanges, .noChanges, .skipped, .blocked, .error]
        let summary = Summary(Plan(organizations: statuses.map { plan($0) }))
        #expect(summary.total == 6 && summary.changed == 1 && summary.unchanged == 2)
        #expect(summary.skipped == 1 && summary.blocked == 1 && summary.failed == 1)
        #expect(!summary.hasChanges && summary.hasErrors)
    }

    @Test func `blocked deletes and adoptions are not changes`() {
        let summary = Summary(Plan(organizations: [plan(.noChanges, Array(changes.suffix(3)))]))
        #expect(!summary.hasChanges && summary.eventsBlocked == 2 && summary.eventsToAdopt == 1)
        #expect(changes.map(\.writes) == [true, true, true, true, true, false, false, false])
    }

    @Test func `a report counts what was done, and nothing that was not`() {
        let outcomes: [Outcome] = [
            .failed(Failure(code: "x", message: "y")), .skipped("x"), .skipped("x"), .done, .applied,
            .skipped("blocked"), .skipped("blocked"), .applied,
        ]
        let report = Report(organizations: [
            OrganizationReport(plan: plan(.blocked, changes, unchanged: 3), outcomes: outcomes)
        ])
        let summary = Summary(report)
        #expect(summary.calendarsToCreate == 0 && summary.calendarsToUpdate == 0)
        #expect(summary.eventsToCreate == 0 && summary.eventsToUpdate == 0 && summary.eventsToDelete == 1)
        #expect(summary.eventsBlocked == 2 && summary.eventsToAdopt == 1 && summary.eventsUnchanged == 4)
    }

    @Test func `what may not be written at all is not to be done`() {
        let summary = Summary(Plan(organizations: [plan(.error, changes)]))
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
        let report = OrganizationReport(plan: plan(status), outcomes: outcomes, failure: failure)
        #expect(report.isSuccess == isSuccess)
    }

    @Test func `a failure's description ends with its hint`() {
        #expect(Failure(code: "x", message: "It broke.").description == "It broke.")
        #expect(Failure(code: "x", message: "It broke.", hint: "Mend it.").description == "It broke. Mend it.")
    }
}
