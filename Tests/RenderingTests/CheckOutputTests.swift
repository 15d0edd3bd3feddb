import Foundation
import ReconcileModel
import Rendering
import Testing
import TestSupport

/// What checking the declarations found, as other programs read it.
struct CheckOutputTests {
    private static let root = "/work/repository"

    private static func mistake(_ file: String, _ line: Int, _ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(location: SourceLocation(file: file, line: line, column: 5), message: message, hint: hint)
    }

    private static let mistakes = [
        mistake("./orgs.d/acm.yaml", 3, "unknown key \"prefx\"", hint: "did you mean \"prefix\"?"),
        mistake("\(root)/orgs.d/größe 100%.yaml", 7, "\"25%\" is no whole number"),
        mistake("/elsewhere/ieee.yaml", 1, "missing key \"name\""),
        mistake("/elsewhere/ieee.yaml", 9, "missing key \"name\""),
        mistake("orgs.d/x\n::error::y,z:.yaml", 2, "##[error]x\n::error::y %0A \u{202E}z"),
    ]

    private static let failure = Failure(
        code: "orgs_dir_missing",
        message: "There is no folder \"x\".",
        hint: "Make it."
    )

    private static var advised: [Organization] {
        var organization = Organization.sample()
        let source = SourceLocation(file: "orgs.d/acm.yaml", line: 6, column: 3)
        let today = FilterDay.fromToday(CalendarOffset(0, .day))
        let condition = FilterCondition("Date", .date(.atLeast, today), source: source)
        organization.filter = .rule(.condition(condition))
        return [organization]
    }

    private func text(_ finding: CheckOutput.Finding, _ format: CheckFormat) -> String {
        CheckOutput(finding, folder: "./orgs.d", workingDirectory: Self.root, version: "0.1.0")
            .text(as: format, Look(style: TextStyle(isColored: false)))
    }

    @Test(arguments: CheckFormat.allCases)
    func `mistakes, advice, and what could not be checked`(format: CheckFormat) {
        expectGolden(text(.invalid(Self.mistakes), format), named: "check-mistakes.\(format.rawValue)")
        expectGolden(text(.valid(Self.advised), format), named: "check-advice.\(format.rawValue)")
        expectGolden(text(.failed(Self.failure), format), named: "check-failed.\(format.rawValue)")
    }

    @Test func `GitLab gets the members it documents, and each issue a fingerprint of its own that no line changes`()
        throws
    {
        func issues(_ mistakes: [Diagnostic]) throws -> [[String: Any]] {
            let document = try JSONSerialization.jsonObject(with: Data(text(.invalid(mistakes), .gitlab).utf8))
            return try #require(document as? [[String: Any]])
        }
        let all = try issues(Self.mistakes)
        #expect(all.count == Self.mistakes.count)
        for issue in all {
            #expect(Set(issue.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
            let location = try #require(issue["location"] as? [String: Any])
            #expect(Set(location.keys) == ["path", "lines"])
        }
        let fingerprints = all.compactMap { $0["fingerprint"] as? String }
        #expect(Set(fingerprints).count == all.count)
        let moved = Self.mistakes.map { mistake in
            var mistake = mistake
            mistake.location.line += 10
            return mistake
        }
        #expect(try issues(moved).compactMap { $0["fingerprint"] as? String } == fingerprints)
        let paths = all.compactMap { ($0["location"] as? [String: Any])?["path"] as? String }
        #expect(paths.prefix(3) == ["orgs.d/acm.yaml", "orgs.d/größe 100%.yaml", "/elsewhere/ieee.yaml"])
    }

    @Test func `nothing found is an empty report`() {
        let sound = [Organization.sample()]
        #expect(text(.valid(sound), .gitlab) == "[\n\n]\n" || text(.valid(sound), .gitlab) == "[]\n")
        #expect(text(.valid(sound), .github).isEmpty)
    }
}
