import Testing
import TestSupport

/// Whatever goes wrong on the way: when it stops, one run brings everything in order.
///
/// A few seeds by default, two hundred with `RECONCILE_FULL=1`, one with `RECONCILE_SEED=<number>` to replay a failure.
struct FaultSoakTests {
    /// With all at once nothing would be answered in time, and few requests would be left for faults to strike.
    private static let turnstile = Turnstile(width: 6)

    @Test(arguments: Harness.seeds)
    func `when faults stop, one run brings everything in order`(seed: UInt64) async throws {
        let outcome = try await Self.turnstile.pass { try await FaultSoak(seed: seed).run() }
        #expect(outcome.problems.isEmpty, "RECONCILE_SEED=\(seed)\n\(outcome.problems.joined(separator: "\n"))")
        print("fault soak, seed \(seed): \(outcome.faults) faults")
    }
}
