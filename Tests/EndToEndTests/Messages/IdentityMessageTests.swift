import Emulation
import TestSupport
import Testing

/// What people are told where it is not certain what is theirs.
struct IdentityMessageTests {
    private static let second = "second@group.calendar.google.com"
    private static let film = "22222222-2222-4222-8222-222222222222"

    private static func run(_ body: @escaping @Sendable (Scenario) async throws -> Void) async throws {
        try await Scenario.run(
            pages: 3,
            declaration: "google_calendar_id: first@group.calendar.google.com",
            build: { world, database in
                let mark = Scenario.mark("acm", database)
                world.addCalendar(
                    "ACM Events",
                    timeZone: "America/Phoenix",
                    description: mark,
                    id: "first@group.calendar.google.com"
                )
                world.addDatabase("Copy", id: film)
                world.addPage(to: film, title: "Event 1", date: "2027-01-02T10:00:00.000-07:00", id: World.page(61))
                world.addPage(62, to: film, title: "New this year")
            }
        ) { scenario in
            await scenario.expectApplied()
            try scenario.declare("acm", database: scenario.database)
            try await body(scenario)
        }
    }

    @Test func `several calendars`() async throws {
        try await Self.run { scenario in
            try scenario.emulator.withWorld { world in
                _ = world.addCalendar("ACM", description: Scenario.mark("acm", scenario.database), id: Self.second)
            }
            try await scenario.expectMessage("calendar-several")
        }
    }

    @Test func `a mark that somebody copied`() async throws {
        let ada = "ada@example.edu"
        try await Self.run { scenario in
            try scenario.deleteState()
            try scenario.emulator.withWorld { world in
                world.addPerson(ada)
                world.google.calendars["first@group.calendar.google.com"]?.dataOwner = ada
            }
            try await scenario.expectMessage("calendar-mark-foreign")
        }
    }

    @Test func `another database`() async throws {
        try await Self.run { scenario in
            try scenario.declare("acm", database: Self.film)
            try await scenario.expectMessage("database-changed", ["plan", "acm"])
            let allowed = ["--allow-database-change", "acm"]
            let plan = await scenario.reconcile(["plan"] + allowed)
            expectGolden(
                scenario.normalized(plan.output),
                named: "database-change-plan.txt",
                filePath: Scenario.goldens
            )
        }
    }

    @Test func `another calendar`() async throws {
        try await Self.run { scenario in
            try scenario.emulator.withWorld { world in
                _ = world.addCalendar("Board", timeZone: "America/Phoenix", id: Self.second)
            }
            try scenario.retitle(2, "Edited")
            let line = "google_calendar_id: \(Self.second)"
            try scenario.declare("acm", database: scenario.database, more: line)
            try await scenario.expectMessage("calendar-move-blocked")
            let options = ["--allow-move", "acm"]
            let applied = await scenario.reconcile(["apply", "--auto-approve"] + options)
            let undone = await scenario.reconcile("undo", "2", "--auto-approve")
            expectGolden(
                scenario.normalized(applied.output + applied.errors + "---\n" + undone.output + undone.errors),
                named: "calendar-move-applied.txt",
                filePath: Scenario.goldens
            )
        }
    }

    @Test func `another prefix`() async throws {
        try await Self.run { scenario in
            try scenario.rename("acm", to: "asu")
            let plan = await scenario.reconcile("plan")
            expectGolden(scenario.normalized(plan.output), named: "rename-plan.txt", filePath: Scenario.goldens)
        }
    }
}
