import ReconcileModel
import Rendering
import Testing
import TestSupport

/// Plans and reports for people.
struct TextRendererTests {
    private func plain(_ plan: Plan) -> String { PlanOutput.plan(plan).text() }

    private func plain(_ report: Report) -> String { PlanOutput.report(report).text() }

    @Test(arguments: [
        (isColored: false, isVerbose: false, "plain"), (isColored: false, isVerbose: true, "verbose"),
        (isColored: true, isVerbose: false, "coloured"),
    ])
    func `a plan and its report`(isColored: Bool, isVerbose: Bool, name: String) {
        let plan = PlanOutput.plan(RenderingSamples.plan).text(isColored: isColored, isVerbose: isVerbose)
        let report = PlanOutput.report(RenderingSamples.report).text(isColored: isColored, isVerbose: isVerbose)
        expectGolden(plan, named: "plan-\(name).txt")
        expectGolden(report, named: "report-\(name).txt")
    }

    @Test func `without colours there is no escape character`() {
        let text = plain(RenderingSamples.plan) + plain(RenderingSamples.report)
        #expect(!text.contains("\u{1B}"))
    }

    /// What a person sees of text that means harm or is merely odd.
    private static let hostileTitles = [
        "\u{1B}[31mred\u{1B}[0m \u{7}bell \u{9B}2J", "two\nlines\r\nand\tmore",
        "\u{202E}desrever\u{202C} \u{2066}x\u{2069}",
        String(repeating: "long ", count: 60), "🎓👩‍👩‍👧‍👦 Café Cafe\u{301} 日本語", "\"quoted\" \\ <b>&amp;", "", " ", "\u{0}",
        "next\u{85}line",
    ]

    @Test func `text from outside stays in its place`() {
        expectGolden(plain(RenderingSamples.plan(titles: Self.hostileTitles)), named: "hostile.txt")
    }

    @Test(arguments: hostileTitles + ["a\u{2028}b", "a\u{2029}b", "a\u{0B}b\u{0C}c"])
    func `text from outside never makes a line or obeys a terminal`(title: String) {
        var organization = Organization.sample(name: title)
        organization.name = title
        let failure = Failure(code: "x", message: title, hint: title)
        let creation = RenderingSamples.plan(titles: [title]).organizations[0].lines[0]
        let update = RenderingSamples.update(2, fields: [.summary, .location, .description], reason: .drift) { event in
            (event.summary, event.location, event.description) = (title, title, title)
        }
        var plan = OrganizationPlan.planned(organization, [creation, update, creation, creation])
        plan.work?.refusal = failure
        plan.warnings = [Warning(code: "x", message: title)]
        let outcomes: [Outcome] = [.failed(failure), .stale(title), .skipped(title), .applied]
        let text = plain(
            Report(organizations: [OrganizationReport(plan: plan, outcomes: outcomes, failure: failure)])
        )
        // Heading, error, four changes, three fields, warning, blank, result; and the end.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        #expect(lines.count == 13)
        let obeyed = text.unicodeScalars.filter {
            $0 != "\n" && ($0.properties.generalCategory == .control || ("\u{202A}"..."\u{202E}").contains($0))
        }
        #expect(obeyed.isEmpty)
    }

    @Test func `nothing to do is said in one sentence`() {
        let organization = OrganizationPlan.planned(unchanged: 3)
        #expect(
            plain(Plan(organizations: [organization])) == """
                ACM (acm): no changes, 3 events up to date

                No changes. Google Calendar matches Notion.

                """
        )
        #expect(plain(Plan(organizations: [])) == "Nothing was compared: no organization is declared.\n")
    }

    @Test func `events that will only be linked again are no changes`() {
        let changes = [RenderingSamples.adoption(1)]
        let organization = OrganizationPlan.planned(.sample(), changes, unchanged: 2)
        let text = plain(Plan(organizations: [organization]))
        #expect(text.contains("no changes, 2 events up to date, 1 event to link"))
        #expect(text.contains("No changes. Google Calendar matches Notion. 1 event will be linked again."))
    }

    @Test func `events that were not linked after all are not said to be`() {
        let changes = [RenderingSamples.adoption(1), RenderingSamples.adoption(2)]
        let plan = OrganizationPlan.planned(.sample(), changes)
        let failure = Failure(code: "state_disk_full", message: "The state file is full.")
        let skipped = Outcome.skipped("an error came before it")
        let report = OrganizationReport(plan: plan, outcomes: [skipped, skipped], failure: failure)
        let text = plain(Report(organizations: [report]))
        #expect(!text.contains("2 events linked"))
        #expect(text.contains("error: The state file is full."))
    }
}
