import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct HistoryListCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the runs that wrote, the latest first.",
        usage: "reconcile history [<org>] [--all] [--limit <number>] [<options>]"
    )

    @Argument(help: ArgumentHelp("Prefix: only runs that wrote to it, and what they did there.", valueName: "org"))
    var organization: String?

    @Flag(help: "Also runs that wrote nothing.")
    var all = false

    @Option(help: ArgumentHelp("So many runs at most; 0: all.", valueName: "number"))
    var limit = 50

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit takes a number from 0 on.") }
        guard !all || organization == nil else {
            throw ValidationError(
                "--all lists runs that wrote nothing, and so to no organization: give either --all or an organization."
            )
        }
    }

    func run() async throws {
        let state = try options.door(.current)
        let request = RunHistory.Request(
            organization: organization,
            isComplete: all,
            limit: limit == 0 ? nil : min(limit, Int.max - 1)
        )
        let found: RunHistory?
        do throws(StateError) { found = try await state.history(request) } catch { throw error.failure }
        if found == nil, let organization {
            throw Failure(
                code: "state_entry_unknown",
                message: "\(state.name) knows no organization \"\(organization)\".",
                hint: "`reconcile state list` shows what is remembered."
            )
        }
        let history = found ?? RunHistory(runs: [], isCut: false)
        let result = Output.history(history.runs, isCut: history.isCut, isComplete: all || found == nil)
        CommandContext.current.console.show(result, as: format, common)
    }
}
