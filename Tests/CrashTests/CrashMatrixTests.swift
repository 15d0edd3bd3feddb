import Foundation
import Testing

/// Killed at any instruction, the next run completes the work: no duplicate event, no second calendar, no lost link.
///
/// A sample of the points by default; every one with `RECONCILE_FULL=1 swift test --filter CrashTests`.
struct CrashMatrixTests {
    @Test(arguments: CrashPoint.Instant.allCases)
    func `a run that was killed is completed by the next one`(instant: CrashPoint.Instant) async throws {
        let story = try await CrashStory.prepare(size: Harness.isFull ? 130 : 30)
        var points = 0
        for number in Harness.numbers {
            let point = CrashPoint(instant: instant, number: number)
            let outcome = try await story.run(into: [point])
            #expect(
                outcome.isGood,
                "\(point): \(outcome.apply), \(outcome.plan)\n\(outcome.findings)\n\(outcome.printed)"
            )
            guard outcome.wasKilled else { break }
            points += 1
        }
        #expect(points > 3, "hardly anything was killed")
        print("crash matrix, \(instant.rawValue): \(points) crash points")
    }
}
