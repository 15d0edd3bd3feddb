import Foundation

/// How much of the harness is run: `RECONCILE_FULL=1` asks for all of it.
enum Harness {
    private static let environment = ProcessInfo.processInfo.environment
    static let isFull = environment["RECONCILE_FULL"] == "1"
    /// `RECONCILE_SEED` asks for this one alone.
    static let seeds = environment["RECONCILE_SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...(isFull ? 200 : 6))

    /// 1, 2, 3…; in the bounded form with growing gaps.
    static var numbers: some Sequence<Int> {
        sequence(first: 1) { number in isFull ? number + 1 : number + 1 + number / 2 }
    }
}
