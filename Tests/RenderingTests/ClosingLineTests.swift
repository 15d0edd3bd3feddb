import ReconcileModel
import Rendering
import Testing
import TestSupport

/// The closing lines: nothing is said of what nobody looked at. And what goes to standard error.
struct ClosingLineTests {
    private func text(_ plan: Plan, isQuiet: Bool = false) -> String {
        PlanOutput.plan(plan).text(isQuiet: isQuiet)
    }

    private func closing(_ plans: OrganizationPlan...) -> String {
        text(Plan(organizations: plans)).split(separator: "\n").last.map(String.init) ?? ""
    }

    private func organization(_ prefix: String, isActive: Bool = true, isEnabled: Bool = true) -> Organization {
        var organization = Organization(prefix: prefix, name: prefix.uppercased())
        organization.isActive = isActive
        organization.isSyncEnabled = isEnabled
        return organization
    }

    private var unchanged: OrganizationPlan {
        .planned(organization("acm"), unchanged: 3)
    }

    private func skipped(_ organization: Organization) -> OrganizationPlan {
        OrganizationPlan(.leftAlone(.syncDisabled), of: organization)
    }

    private var held: OrganizationPlan { skipped(organization("held")) }
    private var disabled: OrganizationPlan { skipped(organization("off", isEnabled: false)) }
    private var inactive: OrganizationPlan { skipped(organization("old", isActive: false)) }

    @Test func `all is clear only where all was looked at`() {
        #expect(closing(unchanged) == "No changes. Google Calendar matches Notion.")
        #expect(
            closing(unchanged, held) == "No changes in 1 organization; 1 organization not looked at (1 on hold)."
        )
        #expect(
            closing(unchanged, unchanged, held, disabled, inactive)
                == "No changes in 2 organizations; 3 organizations not looked at (1 on hold, 2 not enabled)."
        )
        #expect(
            closing(held, disabled)
                == "Nothing was compared: 2 organizations not looked at (1 on hold, 1 not enabled)."
        )
    }

    @Test func `warnings are no all-clear`() {
        var warned = unchanged
        warned.warnings = [Warning(code: "x", message: "A page cannot be read.")]
        #expect(closing(warned) == "No changes; 1 warning, see above.")
        #expect(closing(warned, disabled).hasSuffix("(1 not enabled). 1 warning, see above."))
    }

    @Test func `changes and errors count what was left out as well`() {
        let changed = OrganizationPlan.planned(organization("acm"), [RenderingSamples.lines[1]])
        let failed = OrganizationPlan.failed(organization("ieee"), "No.")
        #expect(
            closing(changed, held, disabled)
                == "Plan: 1 event to create, 0 to update, 0 to delete; "
                + "2 organizations not looked at (1 on hold, 1 not enabled)."
        )
        #expect(
            closing(failed, held).hasSuffix("1 organization with errors; 1 organization not looked at (1 on hold).")
        )
        let report = Report(organizations: [
            OrganizationReport(plan: changed, outcomes: [.applied]), OrganizationReport(plan: held, outcomes: []),
        ])
        let text = PlanOutput.report(report).text()
        #expect(text.contains("1 change applied; 1 organization not looked at (1 on hold). Requests:"))
        let json = JSONRenderer().render(report)
        #expect(json.contains("\"held\" : 1") && json.contains("\"disabled\" : 0"))
    }

    @Test func `quiet is silent where nothing changed and nothing failed, and short elsewhere`() {
        #expect(text(Plan(organizations: [unchanged, held, disabled]), isQuiet: true).isEmpty)
        let failed = OrganizationPlan.failed(organization("ieee"), "No.")
        let text = text(Plan(organizations: [unchanged, failed, disabled]), isQuiet: true)
        #expect(text.hasPrefix("IEEE (ieee)\n  error: No.\n") && !text.contains("ACM") && !text.contains("OFF"))
        let report = Report(organizations: [OrganizationReport(plan: unchanged, outcomes: [])])
        #expect(PlanOutput.report(report).text(isQuiet: true).isEmpty)
    }

    @Test func `what failed is told line by line`() {
        let failure = Failure(code: "x", message: "Google said no.", hint: "Ask\nagain.")
        let creation = RenderingSamples.lines[1]
        let plan = OrganizationPlan.planned(organization("acm"), Array(repeating: creation, count: 4))
        let outcomes: [Outcome] = [.applied, .failed(failure), .stale("it changed"), .skipped("the run was stopped")]
        var report = Report(organizations: [
            OrganizationReport(plan: plan, outcomes: outcomes),
            OrganizationReport(plan: unchanged, outcomes: [], failure: failure),
            OrganizationReport(plan: held, outcomes: []),
        ])
        report.failure = Failure(code: "state_disk_full", message: "The state is full.")
        #expect(
            FailureText().render(report) == """
                error: acm: create "Event 1": Google said no. Ask⏎again.
                error: acm: create "Event 1": it changed
                error: acm: create "Event 1": not made: the run was stopped
                error: acm: Google said no. Ask⏎again.
                error: The state is full.

                """
        )
        #expect(FailureText().render(Plan(organizations: [unchanged, held])).isEmpty)
        let blocked = OrganizationPlan.planned(organization("b")).blocked(6, "Too many.")
        #expect(
            FailureText().render(Plan(organizations: [blocked]))
                == "error: b: Too many. If that is right, allow it for one run: `reconcile apply b --allow-deletes b:6`.\n"
        )
    }

    @Test func `of many failures the first are told, and how many more there are`() {
        let plan = OrganizationPlan.planned(organization("acm"), Array(repeating: RenderingSamples.lines[1], count: 30))
        let failures = Array(repeating: Outcome.stale("it changed"), count: 30)
        let lines = FailureText().render(
            Report(organizations: [OrganizationReport(plan: plan, outcomes: failures)])
        ).split(separator: "\n")
        #expect(lines.count == 21 && lines.last == "error: acm: and 10 more changes")
    }
}
