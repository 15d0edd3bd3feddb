import ArgumentParser
import ReconcileModel
import Reconciling
import Rendering

struct CalendarDeleteCommand: AsyncParsableCommand, PlanningCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Deletes the calendar of an organization with all that is in it, for ever.",
        usage: "reconcile calendar delete <org> --confirm-name <name> [<options>]",
        discussion: """
            Nothing else deletes a calendar. Its name, as Google shows it, is the consent: nobody is asked. It refuses a calendar that \
            reconcile did not create, and an organization whose sync is on. The organization may be declared or orphaned. Who \
            subscribed loses the calendar; it cannot be brought back, and no undo takes that back. Once sync is enabled again, the next \
            apply makes a new calendar.

            It is safe to stop it and to run it again.
            """
    )

    @Argument(help: ArgumentHelp("Prefix of the organization.", valueName: "org"))
    var organization: String

    @Option(help: ArgumentHelp("The name of the calendar that is to be deleted.", valueName: "name"))
    var confirmName: String

    @OptionGroup var lock: LockOptions
    @OptionGroup var choice: StateChoice
    @OptionGroup var outputs: FormatOptions<PlanFormat>
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        try outputs.check()
        let session = try await Session(state: choice, common: common, context)
        let locking = StateLocking("calendar delete", lock, context, isQuiet: common.quiet)
        let report = try await session.withGoogle { reconciler, _ in
            try await reconciler.deleteCalendar(of: organization, named: confirmName, locking: locking)
        }
        try context.console.show(PlanOutput.report(report), outputs, common)
        let code = ExitPolicy.code(for: report)
        if code != ExitPolicy.success { throw ExitCode(code) }
    }
}
