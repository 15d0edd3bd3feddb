import Emulation
import Foundation
import Testing

/// What looks like an event of ours and is not. Each is called "Stranger …".
enum Stranger: String, CaseIterable, Sendable {
    case markedByAnother, linkedByAnother, copied, inCopiedCalendar, ofPreviousDatabase

    static let film = "22222222-2222-4222-8222-222222222222"
    private static let shared = "old@group.calendar.google.com"
    private static let ada = "ada@example.edu"

    /// ACM with six pages and their events, of which one page has gone since, and strangers beside them.
    func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 6,
            build: { world, _ in
                world.addPerson(Self.ada)
                world.addDatabase("Film", id: Self.film)
                world.addCalendar("Old calendar", timeZone: "America/Phoenix", id: Self.shared)
                for page in [100, 101] { world.addPage(page, to: Self.film, title: "Stranger \(page)") }
            }
        ) { scenario in
            try await add(to: scenario)
            try scenario.trash([2])
            #expect(try Self.versions(scenario).count == 2)
            try await body(scenario)
        }
    }

    private func add(to scenario: Scenario) async throws {
        switch self {
        case .markedByAnother:
            try scenario.write("prefix: film\nname: Film\nnotion_database_id: \(Self.film)\n", to: "orgs.d/film.yaml")
            await scenario.expectApplied()
            for page in [2, 100] {
                let marks = ["notionPageId": World.page(page), "reconcileOrg": "film"]
                try scenario.addEvent("Stranger of \(page)", marks: marks)
            }
        case .linkedByAnother: try await addLinked(to: scenario)
        case .copied:
            await scenario.expectApplied()
            for page in [1, 2] {
                try scenario.duplicateEvent(of: page) { $0.fields["summary"] = .string("Stranger of \(page)") }
            }
        case .inCopiedCalendar:
            await scenario.expectApplied()
            try scenario.emulator.withWorld { world in
                let mark = Scenario.mark("acm", scenario.database)
                let copy = world.addCalendar("ACM Events", description: mark, owner: Self.ada)
                world.share(copy, with: World.serviceAccount, as: .owner)
                world.list(copy, for: World.serviceAccount)
                for page in [1, 2] {
                    let marks = ["notionPageId": World.page(page), "reconcileOrg": "acm"]
                    world.addEvent(to: copy, "Stranger of \(page)", start: "2027-01-03", marks: marks)
                }
            }
        case .ofPreviousDatabase:
            await scenario.expectApplied()
            for page in [77, 78] {
                let marks = [
                    "notionPageId": World.page(page), "reconcileOrg": "acm",
                    "reconcileDatabase": "99999999-0000-4000-8000-000000000000",
                ]
                try scenario.addEvent("Stranger of \(page)", marks: marks)
            }
        }
    }

    /// Film took over a calendar of the predecessor and is not declared any more; one of its pages is in the trash. Nothing but the
    /// state tells whose the events are, and when that is lost nothing at all.
    private func addLinked(to scenario: Scenario) async throws {
        let declaration = "google_calendar_id: \(Self.shared)"
        try scenario.undeclare("acm")
        try scenario.declare("film", database: Self.film, more: declaration)
        try scenario.emulator.withWorld { world in
            for page in [100, 101] {
                let date = page == 100 ? "2027-04-17T10:00:00-07:00" : "2027-04-18T10:00:00-07:00"
                let marks = ["notionPageId": World.page(page)]
                world.addEvent(to: Self.shared, "Stranger \(page)", start: date, marks: marks, id: "server\(page)")
            }
        }
        let before = scenario.writes
        await scenario.expectApplied()
        #expect(scenario.writes == before)
        try scenario.undeclare("film")
        try scenario.declare("acm", database: scenario.database, more: declaration)
        await scenario.expectApplied()
        try scenario.trash([101])
    }

    static func versions(_ scenario: Scenario) throws -> [String: String] {
        try scenario.versions { $0.summary?.hasPrefix("Stranger") == true }
    }
}
