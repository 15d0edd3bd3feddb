import ArgumentParser
import ReconcileModel
import Reconciling
import Rendering

struct RetireCommand: AsyncParsableCommand, PlanningCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Takes leave of an organization that is orphaned or not active.",
        usage: "reconcile retire <org> (--remove-events | --keep-events) [--auto-approve] [<options>]",
        discussion: """
            With --remove-events our events are deleted, with --keep-events our marks are taken off them and they belong to people \
            from then on. In both cases the access rules that reconcile made go, and the last line of the calendar's description, by \
            which it knows the calendar; the calendar itself stays (`reconcile calendar delete` before deletes it). What people \
            made is not touched. Afterwards the state knows nothing of the organization but its history, and no plan shows it.

            It shows what it would do, and asks. Without a terminal, and with any other --format than text, nobody can be asked: then it does \
            nothing unless --auto-approve is given. No undo takes it back. It is safe to stop it and to run it again.
            """
    )

    enum Events: EnumerableFlag {
        case removeEvents, keepEvents

        static func help(for value: Events) -> ArgumentHelp? {
            switch value {
            case .removeEvents: "Delete our events."
            case .keepEvents: "Leave our events to people, without our marks."
            }
        }
    }

    @Argument(help: ArgumentHelp("Prefix of the organization.", valueName: "org"))
    var organization: String

    @Flag var events: Events

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var choice: StateChoice
    @OptionGroup var outputs: FormatOptions<PlanFormat>
    @OptionGroup var common: CommonOptions

    private var fate: RetiredEvents { events == .removeEvents ? .removed : .kept }

    func run() async throws {
        let context = CommandContext.current
        try outputs.check()
        try approval.check("retire", format, context.console, hint: "Add --auto-approve.")
        let session = try await Session(state: choice, common: common, context)
        let locking = StateLocking("retire", lock, context, isQuiet: common.quiet)
        let report = try await session.withGoogle { reconciler, _ -> Report? in
            guard !approval.autoApprove else {
                return try await reconciler.retire(organization, events: fate, locking: locking)
            }
            let plan = try await reconciler.planRetirement(of: organization, events: fate)
            guard isApproved(plan, context.console) else { return nil }
            return try await reconciler.retire(organization, events: fate, locking: locking, approved: plan)
        }
        guard let report else {
            context.console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
        try context.console.show(PlanOutput.report(report), outputs, common)
        let code = ExitPolicy.code(for: report)
        if code != ExitPolicy.success { throw ExitCode(code) }
    }

    private func isApproved(_ plan: Plan, _ console: Console) -> Bool {
        console.print(PlanOutput.plan(plan), as: .text, common)
        console.errorOutput("Afterwards the state knows nothing of \(organization.printable) but its history.\n")
        return approval.isGiven(console)
    }
}
