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
            exit code 1. Calendars are not deleted. Without a terminal it shows the plan and does nothing, and with --format json it
            does nothing, unless --auto-approve is given.

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
        // A person sees the plan in any case; a program gets one document, which is the report.
        if options.format != .text { try check(context.console) }
        let session = Session(
            state: options.choice,
            organizations: try common.organizations([], context),
            logger: try common.logger(context),
            context
        )
        let locking = StateLocking("undo", lock, context, isQuiet: common.quiet)
        let undone = try await session.withEngine { engine, organizations in
            let approve: (Plan) throws -> Bool = { plan in
                let console = context.console
                // What is refused is looked at all the same.
                if Summary(plan).hasChanges || !console.isInteractive {
                    console.output(console.renderer(common).render(plan))
                }
                try check(console)
                return Summary(plan).hasChanges ? approval.isGiven(context.console) : true
            }
            return try await engine.undo(
                RunID(rawValue: run),
                declared: organizations,
                locking: locking,
                isLookOnly: !context.console.isInteractive,
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

    private func check(_ console: Console) throws(Failure) {
        try approval.check("undo", options.format, console, hint: "Add --auto-approve.")
    }

    private func tellHold(_ prefixes: [String], _ console: Console) {
        for prefix in prefixes {
            console.errorOutput("\(prefix) is on hold now; `reconcile apply --release \(prefix)` ends the hold.\n")
        }
    }
}
