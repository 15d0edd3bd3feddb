import Foundation

/// How much of the harness is run: `RECONCILE_FULL=1` asks for all of it.
enum Harness {
    private static let environment = ProcessInfo.processInfo.environment
    static let isFull = environment["RECONCILE_FULL"] == "1"
    /// `RECONCILE_SEED` asks for this one alone.
    static let seeds = seeds(sample: 6, all: 200)
    /// The same, of the soak that looks at single runs.
    static let truthSeeds = seeds(sample: 20, all: 400)

    private static func seeds(sample: UInt64, all: UInt64) -> [UInt64] {
        environment["RECONCILE_SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...(isFull ? all : sample))
    }

    /// 1, 2, 3…; in the bounded form with growing gaps.
    static var numbers: some Sequence<Int> {
        sequence(first: 1) { number in isFull ? number + 1 : number + 1 + number / 2 }
    }
}
