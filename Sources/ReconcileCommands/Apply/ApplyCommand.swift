import ArgumentParser
import ReconcileModel
import Reconciling
import Rendering

struct ApplyCommand: AsyncParsableCommand, PlanningCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Makes Google Calendar equal to Notion.",
        usage: "reconcile apply [<org> ...] [--auto-approve] [<options>]",
        discussion: """
            Plans, shows the plan, asks, and carries it out. Without a terminal, and with any other --format than text, nobody can be \
            asked: then it does nothing unless --auto-approve is given.

            More than five deletes in one organization that are also more than its max_delete_percent (25) are \
            blocked, and so are deletes that would leave nothing of three or more events; --allow-deletes lets them \
            pass after a look at the plan. Updates that would change one field of more than ten events and of more \
            than half of them are blocked as well, until --allow-updates. The rest is carried out, and the exit code \
            is 1.

            An organization whose declaration means another Notion database, or data source, than before is an error until \
            --allow-database-change names it: then events with the same title at the same time as exactly one new page \
            are kept, and the others are replaced.

            Where a declaration says deletions: confirm, deletes are carried out only after a "yes" to the question; with \
            --auto-approve they wait, and are no changes.

            With --release and no names, only the released organizations are looked at. With --quiet, nothing is printed \
            where nothing changed and nothing failed; failures, and that a state was lost, are told on standard error in every \
            format.

            It is safe to stop it and to run it again: what was done is recognized.
            """
    )

    @Argument(help: ArgumentHelp("Prefixes of organizations; none: all.", valueName: "org"))
    var organizations: [String] = []

    @Option(
        help: ArgumentHelp(
            "Where `reconcile serve` is reached from outside, for the links of new calendars. (default: $RECONCILE_PUBLIC_URL)",
            valueName: "url"
        )
    )
    var publicURL: String?

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var options: RunOptions
    @OptionGroup var common: CommonOptions

    var outputs: FormatOptions<PlanFormat> { options.outputs }

    func run() async throws {
        let context = CommandContext.current
        try outputs.check()
        let hint = "Add --auto-approve, or run `reconcile plan` to look only."
        try approval.check("apply", format, context.console, hint: hint)
        let named = publicURL ?? context.environment["RECONCILE_PUBLIC_URL"].flatMap { $0.isEmpty ? nil : $0 }
        let address = try named.map { text throws(Failure) in try PublicAddress(text) }
        let session = try await Session(
            options: options,
            common: common,
            prefixes: options.prefixes(organizations),
            context
        )
        let locking = StateLocking("apply", lock, context, isQuiet: common.quiet)
        let report = try await session.withReconciler { reconciler, scope -> Report? in
            guard !approval.autoApprove else { return try await reconciler.apply(scope, locking: locking) }
            let proposal = try await reconciler.proposal(for: scope, locking.caller)
            guard isApproved(proposal.plan, context) else { return nil }
            return try await reconciler.apply(scope, locking: locking, approved: proposal)
        }
        guard let report else {
            context.console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
        try context.console.show(PlanOutput.report(report.linked(servedAt: address)), outputs, common)
        let code = ExitPolicy.code(for: report)
        if code != ExitPolicy.success { throw ExitCode(code) }
    }

    /// A plan without writes to Google needs nobody's approval: there is nothing to approve.
    private func isApproved(_ plan: Plan, _ context: CommandContext) -> Bool {
        let summary = Summary(plan)
        guard summary.hasChanges || summary.isWaiting else { return true }
        context.console.print(PlanOutput.plan(plan), as: .text, common)
        return approval.isGiven(context.console)
    }
}
