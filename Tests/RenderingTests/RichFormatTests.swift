import Foundation
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

    @Test(arguments: [40, 60, 80, 120], [false, true])
    func `on a terminal no line is wider than it`(width: Int, isVerbose: Bool) {
        let look = Look(style: TextStyle(isColored: false), isVerbose: isVerbose, width: width)
        for output in [PlanOutput.plan(RichSamples.plan), .report(RichSamples.report)] {
            let text = output.text(as: .text, look)
            for line in text.split(separator: "\n") {
                // A word that is longer than the line is whole all the same, and so are time and title of an event.
                let isLong = line.split(separator: " ").contains { $0.count > width - 8 }
                let isEvent = width < 80 && line.contains("\"")
                #expect(line.count <= width || isLong || isEvent, "\(line)")
            }
        }
        guard width == 80, !isVerbose else { return }
        expectGolden(PlanOutput.plan(RichSamples.plan).text(as: .text, look), named: "rich-plan-80.txt")
    }

    @Test(arguments: [(organizations: 1, changes: 10_000), (400, 25), (3_000, 1)])
    func `a comment stays under its limit, shows something of each, and says what it left out`(
        organizations: Int,
        changes: Int
    ) {
        let titles = (0..<changes).map { "Event \($0) 👩‍👩‍👧‍👦 \(String(repeating: "long ", count: 20))" }
        let lines = RenderingSamples.plan(titles: titles).organizations[0].lines
        let plan = Plan(
            organizations: (0..<organizations).map { number in
                var plan = OrganizationPlan.planned(.sample("org\(number)", name: "Organization \(number)"), lines)
                plan.warnings = (0..<40).map { Warning(code: "x", message: "Page \($0) has no title.") }
                return plan
            } + [.failed(.sample("broken"), "It failed.")]
        )
        let text = PlanOutput.plan(plan).text(as: .markdown, Self.look)
        #expect(text.utf8.count < 65_536 && text.utf8.count > 40_000)
        #expect(text.contains("**error** It failed.") && text.contains("**Cut:**"))
        #expect(text.components(separatedBy: "<details").count == text.components(separatedBy: "</details>").count)
        #expect(text.contains("organizations more") == (organizations > 100))
    }
}
