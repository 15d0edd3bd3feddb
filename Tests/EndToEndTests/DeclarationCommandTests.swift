import Foundation
import TestSupport
import Testing

/// What can be asked about declarations, without services and keys.
struct DeclarationCommandTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func reconcile(_ arguments: [String], folder: String? = nil) async -> Scenario.Ran {
        let folder = folder ?? Self.repository.appending(path: "orgs.d").path
        var ran = await Scenario.reconcile(arguments + ["--orgs-dir", folder], environment: [:])
        let parent = URL(filePath: folder).deletingLastPathComponent().path + "/"
        ran.output = ran.output.replacingOccurrences(of: parent, with: "")
        ran.errors = ran.errors.replacingOccurrences(of: parent, with: "")
        return ran
    }

    @Test(arguments: [("declaration", [String]()), ("defaults", ["--defaults"]), ("plan", ["--plan"])])
    func `the schema is that of the repository`(name: String, options: [String]) async throws {
        let ran = await Scenario.reconcile(["schema"] + options, environment: [:])
        #expect(ran.code == 0 && ran.errors.isEmpty)
        let file = Self.repository.appending(path: "examples/\(name).schema.json")
        let kept = try String(contentsOf: file, encoding: .utf8)
        #expect(ran.output == kept, "write it anew: reconcile schema \(options.joined()) >examples/\(name).schema.json")
        let schema = try #require(ran.json["properties"] as? [String: Any])
        #expect((schema["prefix"] != nil) == (name == "declaration"))
    }

    @Test(arguments: [("text", [String]()), ("json", ["--format", "json"])])
    func `an organization is explained key by key`(name: String, options: [String]) async {
        let ran = await reconcile(["validate", "--explain", "film"] + options)
        #expect(ran.code == 0 && ran.errors.isEmpty, "\(ran.errors)")
        expectGolden(ran.output, named: "explain-\(name).txt", filePath: Scenario.goldens)
    }

    @Test func `who explains an organization that is not declared is told which are`() async {
        let ran = await reconcile(["validate", "--explain", "flim"])
        #expect(ran.code == 1)
        #expect(
            ran.errors.contains("declares no organization \"flim\"") && ran.errors.contains("film"),
            "\(ran.errors)"
        )
    }

    @Test func `declarations are checked for programs, too`() async throws {
        let right = await reconcile(["validate", "--format", "json"])
        #expect(right.code == 0 && right.json["valid"] as? Bool == true, "\(right.output)\(right.errors)")
        #expect(right.organizations.map { $0["prefix"] as? String } == ["acm", "film", "robotics"])
        try await Scenario.run(pages: 0) { scenario in
            try scenario.write("prefix: b\nnmae: B\n", to: "orgs.d/b.yaml")
            let wrong = await reconcile(["validate", "--format", "json"], folder: scenario.path("orgs.d"))
            #expect(wrong.code == 1 && wrong.json["valid"] as? Bool == false)
            let diagnostics = try #require(wrong.json["diagnostics"] as? [[String: Any]])
            #expect(diagnostics.map { $0["message"] as? String } == ["missing key \"name\"", "unknown key \"nmae\""])
            #expect(diagnostics.map { $0["line"] as? Int } == [1, 2])
            #expect(diagnostics.last?["hint"] as? String == "did you mean \"name\"?")
            #expect(wrong.errors.contains("orgs.d/b.yaml:2:1: unknown key"), "\(wrong.errors)")
            let explained = await reconcile(
                ["validate", "--explain", "acm", "--format", "json"],
                folder: scenario.path("orgs.d")
            )
            #expect(explained.code == 1 && explained.output == wrong.output, "\(explained.output)")
        }
    }
}
