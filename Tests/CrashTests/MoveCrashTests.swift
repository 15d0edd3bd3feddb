import Emulation
import Foundation
import Testing

/// The events of an organization go to another calendar, and the run is killed at any instruction.
struct MoveCrashTests {
    /// Whether Google moves the events, or refuses that, so that they are made anew.
    @Test(arguments: [true, false], [CrashPoint.Instant.beforeRequest, .afterRequest, .afterWrite])
    func `a move that was killed is completed by the next run`(
        isMoved: Bool,
        instant: CrashPoint.Instant
    ) async throws {
        var world = try World.empty()
        var acm = ModelOrganization("acm", number: 1, columns: ModelColumns(repeats: true), in: &world)
        acm.addPages(30, to: &world)
        let before = acm
        let (applied, state) = try await Bench.run(world, [acm]) { bench in
            #expect(try await bench.apply() == .exited(0))
            return (try bench.emulator.withWorld { $0 }, try bench.stateFile())
        }
        world = applied
        world.addPerson("officer@example.org")
        let target = world.addCalendar(
            "Board",
            owner: "officer@example.org",
            sharedWith: [World.serviceAccount: .writer]
        )
        world.addEvent(to: target, "Choir", start: "2027-05-01")
        acm = acm.moved(to: target)
        acm.trash(3, in: &world)
        acm.edit(5, in: &world) { $0.title = "Edited meanwhile" }
        acm.addPages(1, to: &world)
        let kept = Set(acm.pages.keys).intersection(before.pages.keys)
        let after = acm
        var points = 0
        for number in Harness.numbers {
            let crash = CrashPoint(instant: instant, number: number)
            let wasKilled = try await Bench.run(world, [after], state: state) { bench in
                var settings = bench.emulator.settings
                settings.refusesMoves = !isMoved
                bench.emulator.settings = settings
                let killed = try await bench.run(["apply", "--allow-move", "acm"], into: crash) == .killed
                #expect(try Self.pages(bench).isSuperset(of: kept), "\(crash): a page is in neither calendar")
                // Unless the first run was killed before it wrote anything, nobody has to allow it again.
                if killed, try Self.hasBegun(bench, target) {
                    _ = try await bench.apply()
                } else {
                    _ = try await bench.apply("--allow-move", "acm")
                }
                let plan = try await bench.plan()
                let findings = try await bench.findings()
                #expect(
                    plan == .exited(0) && findings.isEmpty,
                    "\(crash): \(plan)\n\(findings)\n\(bench.text("apply.txt"))\(bench.text("plan.txt"))"
                )
                let left = try bench.emulator.withWorld { world in
                    world.google.calendars.values.filter { $0.id != target }.flatMap(\.liveEvents).count(
                        where: \.isMarked
                    )
                }
                #expect(left == 0, "\(crash): something is left")
                return killed
            }
            guard wasKilled else { break }
            points += 1
        }
        #expect(points > 3, "hardly anything was killed")
        print("move matrix, \(isMoved ? "moved" : "made anew"), \(instant.rawValue): \(points) crash points")
    }

    /// Pages that have an event in any calendar.
    private static func pages(_ bench: Bench) throws -> Set<String> {
        try bench.emulator.withWorld { world in
            Set(world.google.calendars.values.flatMap(\.liveEvents).compactMap { $0.marks["notionPageId"] })
        }
    }

    private static func hasBegun(_ bench: Bench, _ target: String) throws -> Bool {
        try bench.emulator.withWorld { world in
            world.google.calendars[target]?.liveEvents.contains(where: \.isMarked) == true
        }
    }
}
