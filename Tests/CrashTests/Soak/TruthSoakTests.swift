import Testing
import TestSupport

/// Who owns what, what is known, what was done: in worlds and states that were made up.
///
/// A few seeds by default, four hundred with `RECONCILE_FULL=1`, one with `RECONCILE_SEED=<number>` to replay a failure.
struct TruthSoakTests {
    private static let turnstile = Turnstile(width: 6)

    @Test(arguments: Harness.truthSeeds)
    func `no run touches what is foreign, deletes without proof, or claims what is not so`(seed: UInt64) async throws {
        let problems = try await Self.turnstile.pass { try await TruthSoak(seed: seed).run() }
        #expect(problems.isEmpty, "RECONCILE_SEED=\(seed)\n\(problems.joined(separator: "\n"))")
    }
}
