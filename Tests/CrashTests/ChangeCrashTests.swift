import Emulation
import Foundation
import Testing

/// An organization gets another prefix or another database, and the run that follows is killed at any instruction.
struct ChangeCrashTests {
    enum Change: String, CaseIterable {
        case prefix, database
    }

    @Test(arguments: Change.allCases, [CrashPoint.Instant.beforeRequest, .afterRequest, .afterWrite])
    func `a change that was killed is completed by the next run`(
        change: Change,
        instant: CrashPoint.Instant
    ) async throws {
        var world = try World.empty()
        var acm = ModelOrganization("acm", number: 1, in: &world)
        acm.addPages(30, to: &world)
        let (applied, state) = try await Bench.run(world, [acm]) { bench in
            #expect(try await bench.apply() == .exited(0))
            return (try bench.emulator.withWorld { $0 }, try bench.stateFile())
        }
        world = applied
        let after = Self.changed(acm, change, in: &world)
        let allowances =
            change == .prefix ? [] : ["--allow-database-change", "acm", "--allow-deletes", "acm:30"]
        var points = 0
        for number in Harness.numbers {
            let crash = CrashPoint(instant: instant, number: number)
            let wasKilled = try await Bench.run(world, [after], state: state) { bench in
                let killed = try await bench.run(["apply"] + allowances, into: crash) == .killed
                let apply = try await bench.run(["apply"] + allowances, output: "apply.txt")
                let plan = try await bench.plan()
                let findings = try await bench.findings()
                #expect(
                    apply == .exited(0) && plan == .exited(0) && findings.isEmpty,
                    "\(crash): \(apply), \(plan)\n\(findings)\n\(bench.text("apply.txt"))\(bench.text("plan.txt"))"
                )
                return killed
            }
            guard wasKilled else { break }
            points += 1
        }
        #expect(points > 3, "hardly anything was killed")
        print("change matrix, \(change.rawValue), \(instant.rawValue): \(points) crash points")
    }

    /// - Returns: what must come of it.
    private static func changed(
        _ acm: ModelOrganization,
        _ change: Change,
        in world: inout World
    ) -> ModelOrganization {
        switch change {
        case .prefix:
            var renamed = acm.renamed("asu")
            renamed.trash(3, in: &world)
            renamed.edit(5, in: &world) { $0.title = "Edited meanwhile" }
            return renamed
        case .database:
            // As Notion duplicates a database: the same titles and times under other ids.
            var copy = ModelOrganization("acm", number: 2, in: &world)
            copy.addPages(25, to: &world)
            copy.edit(5, in: &world) { $0.title = "Edited meanwhile" }
            copy.edit(6, in: &world) { $0.location = "Another room" }
            return copy
        }
    }
}
