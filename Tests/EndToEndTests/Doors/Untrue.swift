import Emulation
import Foundation
import Testing

/// What may look done and is not.
enum Untrue: String, CaseIterable, Sendable {
    case deleteUnconfirmed, insertUnconfirmed, updateUnconfirmed, deletesBlocked, updatesBlocked, calendarRefused,
        accessRefused,
        stopped

    /// ACM with twelve pages and their events, and something that is to be done and will not be.
    func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(pages: 12) { scenario in
            await scenario.expectApplied()
            try strike(scenario)
            try await body(scenario)
        }
    }

    private func strike(_ scenario: Scenario) throws {
        switch self {
        case .deleteUnconfirmed:
            try scenario.trash([1])
            scenario.emulator.add(Self.page("DELETE"))
        case .insertUnconfirmed:
            _ = try scenario.emulator.withWorld { $0.addPage(20, to: scenario.database) }
            scenario.emulator.add(Self.page("POST"))
        case .updateUnconfirmed:
            try scenario.retitle(1, "New")
            scenario.emulator.add(Self.page("PATCH"))
        case .deletesBlocked: try scenario.trash(0..<8)
        case .updatesBlocked: for page in 0..<11 { try scenario.retitle(page, "Lost") }
        case .calendarRefused:
            try scenario.retitle(1, "New")
            let calendar = try #require(try scenario.calendar())
            try scenario.emulator.withWorld { $0.share(calendar, with: World.serviceAccount, as: .reader) }
        case .accessRefused:
            // Only when it comes to writing.
            try scenario.retitle(1, "New")
            let calendar = try #require(try scenario.calendar())
            scenario.emulator.beforeNext("PATCH", "/calendar/") { emulator in
                try? emulator.withWorld { $0.share(calendar, with: World.serviceAccount, as: .reader) }
            }
        case .stopped:
            try scenario.retitle(1, "New")
            scenario.emulator.add(Fault(.resetBefore, api: "google", method: "PATCH", path: "/.events/"))
        }
    }

    private static func page(_ method: String) -> Fault {
        Fault(.errorPage(status: 200), api: "google", method: method, path: "/.events/")
    }
}
