import Emulation
import Foundation
import Testing
import TestSupport

/// A run that is killed again and again, and a state that vanishes on the way.
///
/// 300 events by default, 2,000 with `RECONCILE_FULL=1`.
struct RepeatedCrashTests {
    private static let size = Harness.isFull ? 2000 : 300

    private static func world() throws -> (World, ModelOrganization) {
        var world = try World.empty()
        var acm = ModelOrganization("acm", number: 1, in: &world)
        acm.addPages(size, to: &world)
        return (world, acm)
    }

    @Test func `killed again and again at random, one more run completes it`() async throws {
        let (world, acm) = try Self.world()
        try await Bench.run(world, [acm]) { bench in
            var random = SeededGenerator(seed: 1)
            var left: [Int] = []
            var kills = 0
            let wanted = Harness.isFull ? 10 : 5
            for _ in 1...30 where kills < wanted {
                let instant = CrashPoint.Instant.allCases.randomElement(using: &random) ?? .afterWrite
                let number = Int.random(in: Self.range(of: instant), using: &random)
                kills += try await bench.apply(into: CrashPoint(instant: instant, number: number)) == .killed ? 1 : 0
                left.append(
                    try bench.emulator.withWorld { $0.google.calendars.values.map(\.liveEvents.count).reduce(0, +) }
                )
            }
            #expect(kills == wanted)
            #expect((left.first ?? 0) < Self.size)
            #expect(try await bench.apply() == .exited(0), "\(bench.text("apply.txt"))")
            let findings = try await bench.findings()
            #expect(findings.isEmpty, "\(findings)")
            #expect(try await bench.plan() == .exited(0))
            print("\(kills) kills; events after each run: \(left), after one more run: \(Self.size)")
        }
    }

    /// From before the first write to Google to some batches later.
    private static func range(of instant: CrashPoint.Instant) -> ClosedRange<Int> {
        switch instant {
        case .beforeRequest, .afterRequest: (6 + size / 100)...(10 + size / 80)
        case .beforeSync, .afterSync: 6...(9 + size / 400)
        case .tornWrite, .afterWrite: 30...(100 + size / 10)
        }
    }

    @Test func `a state deleted between two runs is made anew from the marks`() async throws {
        let (world, acm) = try Self.world()
        try await Bench.run(world, [acm]) { bench in
            let batches = Self.size / 100
            #expect(try await bench.apply(into: CrashPoint(instant: .afterRequest, number: 10 + batches)) == .killed)
            let before = try bench.emulator.withWorld { $0.google.calendars.values.flatMap(\.liveEvents).map(\.etag) }
            #expect(before.count > 0)
            #expect(before.count < Self.size)
            try bench.deleteState()
            #expect(try await bench.apply() == .exited(0), "\(bench.text("apply.txt"))")
            let findings = try await bench.findings()
            #expect(findings.isEmpty, "\(findings)")
            #expect(try await bench.plan() == .exited(0))
            let after = try bench.emulator.withWorld { $0.google.calendars.values.flatMap(\.liveEvents).map(\.etag) }
            #expect(Set(before).isSubset(of: after), "what was there was written again")
            print("state deleted with \(before.count) of \(Self.size) events there: all adopted, none twice")
        }
    }
}
