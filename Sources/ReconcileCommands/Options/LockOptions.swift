import ArgumentParser
import ReconcileModel

/// How long a command waits for another run to end.
struct LockOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Wait so long for another run to end, instead of failing at once.", valueName: "seconds")
    )
    var lockTimeout = 0

    /// A week; longer is a slip of the pen.
    private static let limit = 604_800

    func validate() throws {
        guard (0...Self.limit).contains(lockTimeout) else {
            throw ValidationError("--lock-timeout takes a number of seconds from 0 to \(Self.limit).")
        }
    }
}
