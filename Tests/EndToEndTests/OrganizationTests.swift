import Emulation
import Foundation
import Testing

/// Several organizations: one's trouble is its own, and what is switched off is left alone.
struct OrganizationTests {
    private static let film = "22222222-2222-4222-8222-222222222222"

    /// ACM with three pages and Film with two.
    private static func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 3,
            build: { world, _ in
                world.addDatabase("Film", id: film)
                for page in 100..<102 { world.addPage(page, to: film) }
            }
        ) { scenario in
            try scenario.declare("film", database: film)
            try await body(scenario)
        }
    }

    @Test func `an organization that fails does not stop the others`() async throws {
        try await Self.run { scenario in
            try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.isShared = false }
            let plan = await scenario.plan()
            #expect(plan.code == 1)
            #expect(plan.status(of: "film") == "changes")
            let applied = await scenario.apply()
            #expect(applied.code == 1)
            #expect(applied.status(of: "acm") == "error")
            try scenario.expectEvents(2, "film")
            #expect(try scenario.calendar("acm") == nil)

            try scenario.emulator.withWorld { $0.notion.databases[scenario.database]?.isShared = true }
            await scenario.expectApplied()
            try scenario.expectEvents(3, "acm")
            await scenario.expectConverged()
        }
    }

    @Test func `a calendar that cannot be made does not stop the others`() async throws {
        try await Self.run { scenario in
            let creation = Fault(.respond(status: 400), .first(count: 1), method: "POST", path: "/calendars$/")
            scenario.emulator.add(creation)
            #expect(await scenario.apply().code == 1)
            let made = try ["acm", "film"].filter { try scenario.calendar($0) != nil }
            #expect(made.count == 1)
            #expect(try made.map { try scenario.events($0).isEmpty } == [false])
            await scenario.expectApplied()
            await scenario.expectConverged()
        }
    }

    @Test(arguments: ["sync_enabled: false", "active: false\nsync_enabled: true"])
    func `what is switched off is never written, not even when named`(switches: String) async throws {
        try await Self.run { scenario in
            await scenario.expectApplied()
            try scenario.write(
                "prefix: acm\nname: ACM\nnotion_database_id: \(scenario.database)\n\(switches)\n",
                to: "orgs.d/acm.yaml"
            )
            try scenario.trash([1])
            try scenario.retitle(2, "Edited")
            let (before, events) = (scenario.writes, try scenario.events("acm").mapValues(\.etag))
            for arguments in [[], ["acm"], ["acm", "--allow-deletes", "acm:9", "--allow-recreate", "acm"]] {
                let applied = await scenario.apply(arguments)
                #expect(applied.code == 0)
                #expect(applied.status(of: "acm") == "skipped")
            }
            #expect(scenario.writes == before)
            #expect(try scenario.events("acm").mapValues(\.etag) == events)
        }
    }

    @Test func `a calendar that no declaration names is left alone`() async throws {
        let club = "club@group.calendar.google.com"
        try await Scenario.run(
            pages: 3,
            build: { world, _ in
                world.addCalendar("Chess club", description: "Ours alone", id: club)
                world.share(club, with: "ada@example.edu", as: .reader)
                // Even an event that carries the mark of one of our pages is none of our business there.
                let marks = ["notionPageId": World.page(1), "reconcileOrg": "acm"]
                _ = world.addEvent(to: club, "Copied", start: "2027-01-02T10:00:00-07:00", marks: marks)
            }
        ) { scenario in
            let before = try scenario.emulator.withWorld { $0.google.calendars[club]?.fingerprint }
            await scenario.expectApplied()
            try scenario.trash([1])
            await scenario.expectApplied()
            await scenario.expectConverged()
            let after = try scenario.emulator.withWorld { $0.google.calendars[club]?.fingerprint }
            #expect(before != nil)
            #expect(after == before)
        }
    }

    @Test func `only named organizations are worked on`() async throws {
        try await Self.run { scenario in
            await scenario.expectApplied("film")
            #expect(try scenario.calendar("acm") == nil)
            try scenario.expectEvents(2, "film")
        }
    }
}

extension GoogleCalendar {
    /// All that a write would change.
    fileprivate var fingerprint: [String] {
        [summary, description ?? "", "\(changed)"] + liveEvents.map(\.etag)
            + rules.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.role) \($0.value.changed)" }
    }
}
