import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct UnlockCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "Takes the lock away from a run that hangs.",
        usage: "reconcile unlock [--force] [<options>]",
        discussion: """
            A run that ended, however it ended, leaves no lock behind: this is for one that hangs, and for a lock on a network \
            file system whose machine is gone. Shows who has it, and asks. Should that run still be alive, it stops before its \
            next write.
            """
    )

    @Flag(help: "Do not ask; the same as --auto-approve.")
    var force = false

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let context = CommandContext.current
        let state = try options.door(context)
        let name = state.name
        do {
            guard let status = try await state.lockStatus() else { return show(nil, name, context.console) }
            try approve(status, name, context.console)
            guard try await state.breakLock(heldBy: status) else {
                throw Failure(
                    code: "lock_changed",
                    message: "The lock of \(name) has changed hands in the meantime; it was left alone.",
                    hint: "Run `reconcile unlock` again to see who has it now."
                )
            }
            show(status, name, context.console)
        } catch let error as StateError {
            throw error.failure
        }
    }

    private func approve(_ status: LockStatus, _ name: String, _ console: Console) throws {
        guard !force else { return }
        try approval.check("unlock", format, console, hint: "\(name) is in use by \(status). Add --force.")
        console.errorOutput("\(name.printableAtLineStart) is in use by \("\(status)".printable).\n")
        guard approval.isGiven(console) else {
            console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
    }

    /// - Parameter broken: whose lock was taken away; nil where nobody had it.
    private func show(_ broken: LockStatus?, _ name: String, _ console: Console) {
        let lock = broken.map { Output.BrokenLock(words: "\($0)", holder: $0.holder?.fields) }
        console.show(.unlocked(lock, name: name), as: format, common)
    }
}

extension LockHolder {
    fileprivate var fields: [String: String?] {
        ["pid": String(pid), "host": host, "user": user, "command": command, "since": since]
    }
}
