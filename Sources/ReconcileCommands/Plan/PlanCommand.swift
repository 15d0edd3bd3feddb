import ArgumentParser
import ReconcileModel
import Reconciling
import Rendering

struct PlanCommand: AsyncParsableCommand, PlanningCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what apply would do. Only reads.",
        usage: "reconcile plan [<org> ...] [<options>]",
        discussion: """
            Reads Notion, Google Calendar and the state file, and prints how they differ: what would be created, \
            updated and deleted, and why. Nothing is written, neither to the services nor to the state file, which \
            need not exist.
            """
    )

    @Argument(help: ArgumentHelp("Prefixes of organizations; none: all.", valueName: "org"))
    var organizations: [String] = []

    @Flag(help: "Exit 0 without changes, 1 on an error, 2 with changes.")
    var detailedExitcode = false

    @OptionGroup var options: RunOptions
    @OptionGroup var common: CommonOptions

    var outputs: FormatOptions<PlanFormat> { options.outputs }

    func run() async throws {
        let context = CommandContext.current
        try outputs.check()
        let session = try await Session(
            options: options,
            common: common,
            prefixes: options.prefixes(organizations),
            context
        )
        let plan = try await Progress.during("Reading Notion and Google Calendar", on: context.console) {
            try await session.withReconciler { reconciler, scope in try await reconciler.plan(scope) }
        }
        try context.console.show(PlanOutput.plan(plan), outputs, common)
        let code = ExitPolicy.code(for: plan, isDetailed: detailedExitcode)
        if code != ExitPolicy.success { throw ExitCode(code) }
    }
}
