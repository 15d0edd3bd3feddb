import Foundation
import ReconcileModel
import Rendering
import Testing
import TestSupport

/// Plans and reports for programs: a contract.
struct JSONRendererTests {
    private let renderer = JSONRenderer()

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func organizations(_ text: String) throws -> [[String: Any]] {
        try #require(object(text)["organizations"] as? [[String: Any]])
    }

    private func changes(_ organization: [String: Any]) throws -> [[String: Any]] {
        try #require(organization["changes"] as? [[String: Any]])
    }

    @Test func `a plan and its report`() {
        expectGolden(renderer.render(RenderingSamples.plan), named: "plan.json")
        expectGolden(renderer.render(RenderingSamples.report), named: "report.json")
    }

    @Test func `a run that could not start`() throws {
        let failure = Failure(code: "orgs_dir_missing", message: "There is no folder \"orgs.d\".")
        let text = renderer.render(failure)
        let expected = """
            {
              "error" : {
                "code" : "orgs_dir_missing",
                "hint" : null,
                "message" : "There is no folder \\"orgs.d\\"."
              },
              "format_version" : "1.1"
            }

            """
        #expect(text == expected)
    }

    @Test func `a plan has the members of the contract and no others`() throws {
        let plan = try object(renderer.render(RenderingSamples.plan))
        #expect(Set(plan.keys) == ["format_version", "summary", "organizations"])
        #expect(plan["format_version"] as? String == "1.1")
        let summary = try #require(plan["summary"] as? [String: [String: Int]])
        #expect(summary["calendars"] == ["create": 1, "update": 1, "delete": 0])
        let events = ["create": 2, "update": 3, "delete": 8, "adopt": 3, "unchanged": 31, "pending": 0]
        #expect(summary["events"] == events)
        #expect(
            summary["organizations"]
                == [
                    "total": 7, "changed": 2, "unchanged": 2, "skipped": 1, "held": 0, "disabled": 1, "orphaned": 0,
                    "blocked": 1,
                    "failed": 1,
                ]
        )
    }

    @Test func `organizations, changes and warnings have the members of the contract`() throws {
        let text = renderer.render(RenderingSamples.plan)
        let required: Set<String> = [
            "resource", "action", "reason", "title", "notion_page_id", "google_event_id", "fields",
        ]
        for organization in try organizations(text) {
            #expect(Set(organization.keys) == ["prefix", "timezone", "status", "message", "warnings", "changes"])
            for change in try changes(organization) {
                let isBlocked = change["blocked"] != nil
                #expect(Set(change.keys) == required.union(isBlocked ? ["blocked"] : []))
                if isBlocked { #expect(change["blocked"] as? Bool == true) }
                for field in try #require(change["fields"] as? [String: [String: Any]]).values {
                    #expect(Set(field.keys) == ["before", "after"])
                }
            }
            for warning in try #require(organization["warnings"] as? [[String: Any]]) {
                #expect(Set(warning.keys) == ["code", "message", "notion_page_id"])
            }
        }
        #expect(
            try organizations(text).compactMap { $0["status"] as? String }
                == ["changes", "blocked", "changes", "error", "no_changes", "no_changes", "skipped"]
        )
        #expect(try organizations(text)[1]["message"] as? String == RenderingSamples.plan.organizations[1].explanation)
        #expect(try organizations(text)[4]["message"] is NSNull)
    }

    @Test func `a report is the same document with outcomes and requests`() throws {
        let report = try object(renderer.render(RenderingSamples.report))
        #expect(Set(report.keys) == ["format_version", "summary", "organizations", "requests"])
        #expect(report["requests"] as? [String: Int] == ["notion": 7, "google": 9, "google_batched": 61])
        let first = try #require(organizations(renderer.render(RenderingSamples.report)).first)
        let changes = try changes(first)
        #expect(changes.compactMap { $0["outcome"] as? String } == RenderingSamples.outcomes.map(word))
        for change in changes {
            #expect((change["error"] != nil) == (change["outcome"] as? String == "failed"))
        }
        let error = try #require(changes[4]["error"] as? [String: Any])
        #expect(Set(error.keys) == ["code", "message", "hint"] && error["hint"] as? String == "Share the calendar.")
    }

    private func word(_ outcome: Outcome) -> String {
        switch outcome {
        case .applied: "applied"
        case .unchanged: "unchanged"
        case .failed: "failed"
        case .skipped: "skipped"
        case .stale: "stale"
        }
    }

    @Test func `an organization that failed while it was applied is counted as failed`() throws {
        let text = renderer.render(RenderingSamples.report)
        let statuses = try organizations(text).compactMap { $0["status"] as? String }
        let summary = try #require(object(text)["summary"] as? [String: [String: Int]])
        #expect(statuses.count { $0 == "error" } == 2)
        #expect(summary["organizations"]?["failed"] == 2)
    }

    @Test(arguments: [
        "\u{1B}[31m", "two\nlines\r\n\t", "\u{202E}x", "🎓👩‍👩‍👧‍👦", "\"\\/", "\u{0}\u{1F}\u{7F}", "\u{2028}\u{2029}", "",
        "Cafe\u{301}",
        String(repeating: "x", count: 10_000), "</script>", "\u{FFFD}\u{FFFE}\u{10FFFF}",
    ])
    func `every text comes back as it was`(title: String) throws {
        let text = renderer.render(RenderingSamples.plan(titles: [title]))
        let change = try #require(changes(organizations(text)[0]).first)
        let read = try #require(change["title"] as? String)
        #expect(Array(read.utf8) == Array(title.utf8))
    }

    @Test func `fields are told in UTC and as dates`() throws {
        let text = renderer.render(RenderingSamples.plan)
        let update = try #require(changes(organizations(text)[0])[3]["fields"] as? [String: [String: Any]])
        #expect(update["start"]?["before"] as? String == "2026-11-23")
        #expect(update["start"]?["after"] as? String == "2026-11-23T17:00:00Z")
        #expect(update["location"]?["before"] is NSNull)
    }

    @Test func `without organizations it is a document all the same`() throws {
        let plan = try object(renderer.render(Plan(organizations: [])))
        #expect((plan["organizations"] as? [Any])?.isEmpty == true)
    }

    @Test func `it ends with one newline`() {
        let text = renderer.render(RenderingSamples.plan)
        #expect(text.hasSuffix("}\n") && !text.hasSuffix("\n\n"))
    }
}
