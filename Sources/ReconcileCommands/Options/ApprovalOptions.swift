import ArgumentParser
import ReconcileModel
import Rendering

/// Whether a person is asked before something is changed.
struct ApprovalOptions: ParsableArguments {
    @Flag(help: "Do not ask.")
    var autoApprove = false

    /// - Throws: where nobody allowed it beforehand and nobody can be asked.
    func check(
        _ command: String,
        _ format: some ResultFormat,
        _ console: Console,
        hint: String
    ) throws(Failure) {
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
