import ArgumentParser
import ReconcileModel
import Reconciling
import Rendering

struct UndoCommand: AsyncParsableCommand, PlanningCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes back what a run did to events and to who sees them.",
        usage: "reconcile undo <run> [--auto-approve] [<options>]",
        discussion: """
            Shows what it would do, asks, and carries it out: updated and deleted events get back what they had, created ones are \
            deleted, and access rules that it made go. What it took away from people it does not give back. Works for runs that failed or were killed half-way. What was edited since is left as it is, and makes the \
            exit code 1. Calendars are not deleted. Without a terminal it shows the plan and does nothing, and with any other --format than text \
            it does nothing, unless --auto-approve is given.

            The organizations concerned are on hold afterwards, until `reconcile apply --release ORG`, also where nothing had to be \
            or could be taken back: the next run would do the same again.
            """
    )

    @Argument(help: ArgumentHelp("Number of the run, as `reconcile history` lists it.", valueName: "run"))
    var run: Int64

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var choice: StateChoice
    @OptionGroup var outputs: FormatOptions<PlanFormat>
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        try outputs.check()
        // A person sees the plan in any case; a program gets one document, which is the report.
        if format != .text { try check(context.console) }
        let session = try await Session(state: choice, common: common, context)
        let locking = StateLocking("undo", lock, context, isQuiet: common.quiet)
        let undone = try await session.withReconciler { reconciler, _ -> UndoReport? in
            let run = RunID(rawValue: run)
            guard !approval.autoApprove else { return try await reconciler.undo(run, locking: locking) }
            let canBeAsked = context.console.isInteractive
            let plan = try await reconciler.planUndo(of: run, locking: canBeAsked ? locking : nil)
            guard try isApproved(plan, context.console) else { return nil }
            return try await reconciler.undo(run, locking: locking, approved: plan)
        }
        guard let undone else {
            context.console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
        // Also where a report cannot be written.
        defer { tellHold(undone.held, context.console) }
        try context.console.show(PlanOutput.report(undone.report), outputs, common)
        let code = ExitPolicy.code(for: undone.report)
        if code != ExitPolicy.success { throw ExitCode(code) }
    }

    private func isApproved(_ plan: Plan, _ console: Console) throws(Failure) -> Bool {
        let summary = Summary(plan)
        let hasChanges = summary.hasChanges || summary.isWaiting
        // What is refused is looked at all the same.
        if hasChanges || !console.isInteractive { console.print(PlanOutput.undo(plan), as: .text, common) }
        let prefixes = plan.organizations.map(\.organization.prefix).sorted().joined(separator: ", ")
        if !prefixes.isEmpty {
            console.errorOutput("On hold afterwards, until `reconcile apply --release`: \(prefixes).\n")
        }
        try check(console)
        return hasChanges ? approval.isGiven(console) : true
    }

    private func check(_ console: Console) throws(Failure) {
        try approval.check("undo", format, console, hint: "Add --auto-approve.")
    }

    private func tellHold(_ prefixes: [String], _ console: Console) {
        for prefix in prefixes {
            console.errorOutput("\(prefix) is on hold now; `reconcile apply --release \(prefix)` ends the hold.\n")
        }
    }
}
