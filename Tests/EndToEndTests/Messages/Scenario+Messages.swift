import Foundation
import TestSupport
import Testing

extension Scenario {
    /// Runs a command in both formats and compares what it says with `Goldens/<name>.txt`.
    ///
    /// Both must exit 1, and the JSON must be one document, on standard output.
    func expectMessage(
        _ name: String,
        _ arguments: [String] = ["plan"],
        environment changes: [String: String?] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var environment = environment
        for (name, value) in changes { environment[name] = value }
        let arguments = arguments.contains("--orgs-dir") ? arguments : arguments + ["--orgs-dir", path("orgs.d")]
        let text = await Self.reconcile(arguments, environment: environment)
        #expect(text.code == 1, "\(text.output)\(text.errors)", sourceLocation: sourceLocation)
        let json = await Self.reconcile(arguments + ["--format", "json"], environment: environment)
        #expect(json.code == 1, sourceLocation: sourceLocation)
        #expect(json.json["format_version"] as? String == "1.1", sourceLocation: sourceLocation)
        expectGolden(
            normalized("\(text.output)\(text.errors)---\n\(json.output)"),
            named: "\(name).txt",
            filePath: Self.goldens,
            sourceLocation: sourceLocation
        )
    }

    /// The text without what differs from run to run: folders, ports, processes, times.
    func normalized(_ text: String) -> String {
        text.replacing(path("").dropLast(), with: "/FOLDER")
            .replacing(#/127\.0\.0\.1:\d+/#, with: "127.0.0.1:PORT")
            .replacing(#/127\.0\.0\.1 port \d+/#, with: "127.0.0.1 port PORT")
            .replacing(#/after \d+ ms/#, with: "after N ms")
            .replacing(#/process \d+ on [^ ]+ since [0-9TZ:-]+/#, with: "process N on HOST since TIME")
    }

    /// A file beside which `Goldens` is.
    static let goldens = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scenario.swift").path
}
