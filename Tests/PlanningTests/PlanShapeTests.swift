import Planning
import ReconcileModel
import Rendering
import Testing
import TestSupport

/// The plan as a whole: its order, what is passed on, what is skipped.
struct PlanShapeTests {
    @Test func `organizations come in the order of their prefixes`() {
        let observed = ["ieee", "acm", "swe"].map {
            OrganizationObservation(organization: .sample($0), content: .leftAlone(.syncDisabled))
        }
        let plan = Planner().plan(Observation(organizations: observed))
        #expect(plan.organizations.map(\.organization.prefix) == ["acm", "ieee", "swe"])
        #expect(
            plan.organizations.allSatisfy {
                $0.status == .skipped && $0.message == "sync_enabled is false" && $0.target == nil
            }
        )
    }

    @Test func `one organization's failure is its own`() {
        let failure = Failure(code: "notion_unauthorized", message: "Refused.", hint: "Share it.")
        let one = DesiredEvent.sample(1)
        let plan = Planner().plan(
            Observation(organizations: [
                OrganizationObservation(organization: .sample("acm"), content: .failed(failure)),
                OrganizationObservation(organization: .sample("ieee"), content: .observed(.sample(desired: [one]))),
            ])
        )
        #expect(plan.organizations.map(\.status) == [.error, .changes])
        #expect(plan.organizations.first?.explanation == "Refused. Share it.")
    }

    @Test func `an allowance is for the organization that it names`() {
        let pages = (1...6).map { DesiredEvent.sample($0) }
        let state = OrganizationState.sample(
            events: pages.map { $0.live(organization: nil) },
            absences: Dictionary(pages.map { ($0.page, Absence.trashed) }) { first, _ in first }
        )
        let observed = ["acm", "ieee"].map {
            OrganizationObservation(organization: .sample($0), content: .observed(state))
        }
        let plan = Planner().plan(Observation(organizations: observed, allowances: Allowances(deletes: ["ieee": 6])))
        #expect(plan.organizations.map(\.status) == [.blocked, .changes])
    }

    @Test func `events come in the order of their start, then of their page`() throws {
        let date = try #require(CivilDate("2026-11-22"))
        let allDay = EventContent(summary: "All day", start: .date(date), end: .date(date.adding(days: 1)))
        let desired = [
            DesiredEvent.sample(4, .sample(day: 3)), .sample(3, .sample(day: 2)), .sample(2, .sample(day: 2)),
            .sample(5, allDay),
        ]
        let absent = DesiredEvent.sample(9, .sample("Trashed", day: 1))
        var unreadable = DesiredEvent.sample(8).live()
        unreadable.event = nil
        let plan = plan(
            .sample(
                desired: desired,
                events: [absent.live(), unreadable, DesiredEvent.sample(2, .sample(day: 2)).live()],
                absences: [absent.page: .trashed, .number(8): .gone],
                calendar: .missing
            )
        )
        #expect(
            plan.words == [
                "create calendar calendar_missing", "delete 8 gone", "delete 9 trashed", "create 5 new_page",
                "adopt 2 adopted", "create 3 new_page", "create 4 new_page",
            ]
        )
    }

    @Test func `warnings of the observation come before those of the planner`() {
        let one = DesiredEvent.sample(1)
        var state = OrganizationState.sample(events: [one.live()], absences: [one.page: .present])
        state.warnings = [Warning(code: "title_empty", message: "No title.", page: .number(2))]
        #expect(plan(state).warningCodes == ["title_empty", "page_not_listed"])
    }

    @Test func `the target carries what apply needs`() {
        let plan = plan(.sample(managedFields: [.summary, .start, .end]))
        let target = Target(
            database: .sample,
            calendar: .sample,
            ownership: .sample,
            memory: Target.Memory(managedFields: [.summary, .start, .end], origins: FieldOrigins())
        )
        #expect(plan.target == target)
    }

    @Test func `nothing at all is no change`() {
        #expect(Planner().plan(Observation(organizations: [])) == Plan(organizations: []))
        #expect(plan(.sample()).status == .noChanges)
    }
}
