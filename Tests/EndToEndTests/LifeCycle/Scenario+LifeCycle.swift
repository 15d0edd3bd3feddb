import Emulation
import Foundation
import TestSupport
import Testing

extension Scenario {
    static let film = "22222222-2222-4222-8222-222222222222"

    /// ACM with three pages and Film with two.
    static func withFilm(
        declaration: String = "",
        _ body: @escaping @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await run(
            pages: 3,
            declaration: declaration,
            build: { world, _ in
                world.addDatabase("Film", id: film)
                for page in 100..<102 { world.addPage(page, to: film) }
            }
        ) { scenario in
            try scenario.declare("film", database: film)
            try await body(scenario)
        }
    }

    /// Adds a line to a declaration.
    func spoil(_ prefix: String, with line: String) throws {
        let name = "orgs.d/\(prefix).yaml"
        try write(try String(contentsOfFile: path(name), encoding: .utf8) + "\n\(line)\n", to: name)
    }

    /// What a command prints, compared with `Goldens/<name>.txt`.
    func expectShown(_ ran: Ran, as name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expectGolden(
            known(normalized("\(ran.output)\(ran.errors)")),
            named: "\(name).txt",
            filePath: Self.goldens,
            sourceLocation: sourceLocation
        )
    }

    /// Without what the emulator draws by lot.
    private func known(_ text: String) -> String {
        text.replacing(#/c_[0-9a-f]{64}@group\.calendar\.google\.com/#, with: "CALENDAR@group.calendar.google.com")
            .replacing(#/[a-v0-9]{26}@group\.calendar\.google\.com/#, with: "CALENDAR@group.calendar.google.com")
    }
}
