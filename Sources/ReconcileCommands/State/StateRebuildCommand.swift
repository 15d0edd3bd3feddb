import ArgumentParser
import ReconcileModel
import Reconciling
import Rendering

struct StateRebuildCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Recreates the links from the marks in Google, which is only read.",
        usage: "reconcile state rebuild [<options>]",
        discussion: """
            A missing file is written anew. A damaged one is kept as <file>.damaged-<time>; its history is lost. A sound one keeps \
            its history and gets its links anew.
            """
    )

    @OptionGroup var lock: LockOptions
    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let context = CommandContext.current
        let session = try await Session(state: options.choice, common: common, context)
        let locking = StateLocking("state rebuild", lock, context, isQuiet: common.quiet)
        let rebuild = try await session.withReconciler { reconciler, scope in
            try await reconciler.rebuild(scope, locking: locking)
        }
        context.console.show(.rebuild(rebuild), as: format, common)
        if !rebuild.isSuccess { throw ExitCode(ExitPolicy.failure) }
    }
}
