import ArgumentParser
import ReconcileModel

/// Whether a person is asked before something is changed.
struct ApprovalOptions: ParsableArguments {
    @Flag(help: "Do not ask.")
    var autoApprove = false

    /// - Throws: where nobody allowed it beforehand and nobody can be asked.
    func check(_ command: String, _ format: StateOptions.OutputFormat, _ console: Console, hint: String) throws(Failure)
    {
        guard autoApprove || (console.isInteractive && format == .text) else {
            throw Failure(
                code: "approval_missing",
                message: "\(command) asks before it changes anything, and here nobody can be asked.",
                hint: hint
            )
        }
    }

    func isGiven(_ console: Console) -> Bool {
        if autoApprove { return true }
        console.errorOutput("Carry this out? Only \"yes\" is taken for an answer: ")
        return console.readLine() == "yes"
    }
}

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
