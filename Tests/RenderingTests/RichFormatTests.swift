import ReconcileModel
import Rendering
import Testing
import TestSupport

/// Every format over one plan with every kind of change, and over what became of it.
struct RichFormatTests {
    private static let endings: [PlanFormat: String] = [
        .text: "txt", .json: "json", .markdown: "md", .html: "html", .github: "github",
    ]

    private static let look = Look(style: TextStyle(isColored: false))

    @Test(arguments: PlanFormat.allCases)
    func `a plan and its report`(format: PlanFormat) throws {
        let ending = try #require(Self.endings[format])
        expectGolden(PlanOutput.plan(RichSamples.plan).text(as: format, Self.look), named: "rich-plan.\(ending)")
        expectGolden(PlanOutput.report(RichSamples.report).text(as: format, Self.look), named: "rich-report.\(ending)")
    }

    @Test(arguments: PlanFormat.allCases)
    func `a run that could not start`(format: PlanFormat) throws {
        let failure = Failure(
            code: "orgs_dir_missing",
            message: "There is no folder \"orgs.d\".",
            hint: "Run where it is, or name it: --orgs-dir."
        )
        let mistakes = RichSamples.plan.organizations.flatMap(\.mistakes)
        let ending = try #require(Self.endings[format])
        let text = PlanOutput.failed(failure).text(as: format, Self.look)
        let other = PlanOutput.misdeclared(mistakes).text(as: format, Self.look)
        expectGolden(text + "--\n" + other, named: "rich-failure.\(ending)")
    }

    @Test func `nothing that can happen is missing`() {
        let lines = RichSamples.plan.organizations.flatMap(\.lines)
        let missing = Set(Reason.allCases).subtracting(lines.map(\.reason))
        #expect(missing.isEmpty, "RichSamples has no change with the reason \(missing)")
        #expect(Set(lines.map(\.resource)) == Set(ChangedResource.allCases))
        #expect(Set(lines.map(\.action)) == Set(ChangeAction.allCases))
        #expect(Set(RichSamples.plan.organizations.map(\.status)) == Set(OrganizationPlan.Status.allCases))
        #expect(lines.contains { $0.awaited != nil } && lines.contains { $0.change == nil })
        let words = Set(RichSamples.report.organizations.flatMap(\.done).map(\.outcome.word))
        #expect(words == ["applied", "unchanged", "failed", "skipped", "stale"])
    }

    @Test(arguments: [40, 60, 80, 120])
    func `on a terminal, only values and verbose titles are wider than it`(width: Int) {
        let text = PlanOutput.plan(RichSamples.plan).text(
            as: .text,
            Look(style: TextStyle(isColored: false), width: width)
        )
        let free = PlanOutput.plan(RichSamples.plan).text(as: .text, Self.look)
        // Words are moved to the next line, and nothing else is lost than the ends of titles.
        #expect(text.filter { !$0.isWhitespace }.count <= free.filter { !$0.isWhitespace }.count)
        for line in text.split(separator: "\n") where !line.hasPrefix("      ") && !line.contains("\"") {
            #expect(line.count <= width || !line.contains(" "), "\(line)")
        }
        if width == 80 { expectGolden(text, named: "rich-plan-80.txt") }
    }
}
