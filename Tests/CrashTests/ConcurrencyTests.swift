import Emulation
import Testing
import TestSupport

/// Two runs on one state never interleave.
struct ConcurrencyTests {
    private static let width = 8

    @Test func `of eight runs at once each works alone or says who does`() async throws {
        var world = try World.empty()
        var acm = ModelOrganization("acm", number: 1, in: &world)
        acm.addPages(120, to: &world)
        var film = ModelOrganization("film", number: 2, in: &world)
        film.addPages(60, to: &world)
        try await Bench.run(world, [acm, film]) { bench in
            let ends = try await Self.applyAtOnce(bench)
            #expect(ends.contains { $0.end == .exited(0) })
            for (end, printed) in ends where end != .exited(0) {
                #expect(end == .exited(1))
                #expect(printed.contains("another run"), "\(printed)")
            }
            let findings = try await bench.findings()
            #expect(findings.isEmpty, "\(findings)")
            #expect(try await bench.plan() == .exited(0))
        }
    }

    private static func applyAtOnce(_ bench: Bench) async throws -> [(end: Child.End, printed: String)] {
        try await withThrowingTaskGroup(of: (end: Child.End, printed: String).self) { group in
            for number in 0..<width {
                group.addTask {
                    let output = "apply-\(number).txt"
                    return (try await bench.apply(output: output), bench.text(output))
                }
            }
            var ends: [(end: Child.End, printed: String)] = []
            for try await end in group { ends.append(end) }
            return ends
        }
    }
}
