import ArgumentParser
import ReconcileModel
import Rendering

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes back what a run did to events.",
        discussion: """
            Shows what it would do, asks, and carries it out: updated and deleted events get back what they had, created ones are
            deleted. Works for runs that failed or were killed half-way. What was edited since is left as it is, and makes the
            exit code 1. Calendars are not deleted.

            The organizations concerned are on hold afterwards, until `reconcile apply --release ORG`, also where nothing had to be
            or could be taken back: the next run would do the same again.
            """
    )

    @Argument(help: ArgumentHelp("Number of the run, as `reconcile history` lists it.", valueName: "run"))
    var run: Int64

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        try approval.check("undo", options.format, context.console, hint: "Add --auto-approve.")
        let session = Session(
            state: options.choice,
            organizations: try common.organizations([], context),
            logger: try common.logger(context),
            context
        )
        let locking = StateLocking("undo", lock, context, isQuiet: common.quiet)
        let undone = try await session.withEngine { engine, organizations in
            let approve: (Plan) -> Bool = { plan in
                guard Summary(plan).hasChanges else { return true }
                context.console.output(context.console.renderer(common).render(plan))
                return approval.isGiven(context.console)
            }
            return try await engine.undo(
                RunID(rawValue: run),
                declared: organizations,
                locking: locking,
                approve: approval.autoApprove ? nil : approve
            )
        }
        guard let undone else {
            context.console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
        context.console.show(undone.report, options.format, common)
        tellHold(undone.held, context.console)
        let code = ExitPolicy.code(for: undone.report)
        if code != ExitPolicy.success { throw ExitCode(code) }
    }

    private func tellHold(_ prefixes: [String], _ console: Console) {
        for prefix in prefixes {
            console.errorOutput("\(prefix) is on hold now; `reconcile apply --release \(prefix)` ends the hold.\n")
        }
    }
}
