import Foundation
import Testing

/// What people are told about declarations that cannot be used.
struct DeclarationMessageTests {
    private static let head = """
        prefix: acm
        name: ACM
        sync_enabled: true
        notion_database_id: 6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e

        """

    @Test func `no folder`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let missing = ["plan", "--orgs-dir", scenario.path("nowhere")]
            try await scenario.expectMessage("declarations-no-folder", missing)
        }
    }

    @Test func `an empty folder`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try FileManager.default.createDirectory(
                atPath: scenario.path("empty.d"),
                withIntermediateDirectories: false
            )
            let empty = ["plan", "--orgs-dir", scenario.path("empty.d")]
            try await scenario.expectMessage("declarations-empty-folder", empty)
        }
    }

    @Test(arguments: [
        ("empty-file", ""),
        ("syntax-error", "\(head)calendar: {name: [Events}\n"),
        ("tab", "\(head)calendar:\n\tname: Events\n"),
        ("unknown-key", "\(head)timezon: America/Phoenix\n"),
        ("duplicate-key", "\(head)name: Other\n"),
        ("several", "prefix: ACM!\nname: 7\nsync_enabled: yes\nnotion_database_id: none\ntimezone: Mars/Phoenix\n"),
    ])
    func `a file that is no declaration`(name: String, content: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            try scenario.write(content, to: "orgs.d/acm.yaml")
            try await scenario.expectMessage("declarations-\(name)")
        }
    }

    @Test func `a file that is not UTF-8`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let bytes = Data("prefix: acm\nname: Caf".utf8) + [0xE9, 0x0A]
            try bytes.write(to: URL(filePath: scenario.path("orgs.d/acm.yaml")))
            try await scenario.expectMessage("declarations-not-utf8")
        }
    }

    @Test func `an alias bomb`() async throws {
        let levels = (1...9).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]"
        }
        let bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + levels.joined(separator: "\n") + "\n"
        try await Scenario.run(pages: 0) { scenario in
            try scenario.write(bomb, to: "orgs.d/acm.yaml")
            try await scenario.expectMessage("declarations-alias-bomb")
        }
    }

    @Test func `a file of 100 MB`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let file = try FileHandle(forWritingTo: URL(filePath: scenario.path("orgs.d/acm.yaml")))
            // Sparse: it takes no room, and is refused by its size alone.
            try file.truncate(atOffset: 100_000_000)
            try file.close()
            try await scenario.expectMessage("declarations-too-large")
        }
    }

    @Test func `an organization that is not declared`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try await scenario.expectMessage("declarations-unknown-organization", ["plan", "amc"])
        }
    }

    @Test func `an allowance for an organization that is not declared`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try await scenario.expectMessage("declarations-unknown-allowance", ["plan", "--allow-deletes", "amc:3"])
        }
    }
}
