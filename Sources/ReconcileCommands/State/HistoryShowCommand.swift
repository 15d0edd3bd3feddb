import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct HistoryShowCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a run, and each write of it.",
        usage: "reconcile history show <run> [<options>]"
    )

    @Argument(help: ArgumentHelp("Number of the run, as `reconcile history` lists it.", valueName: "run"))
    var run: Int64

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let state = try options.door(.current)
        let found: (RunRecord, [JournalRecord])?
        do throws(StateError) { found = try await state.run(RunID(rawValue: run)) } catch { throw error.failure }
        guard let (record, journal) = found else {
            throw Failure(
                code: "run_unknown",
                message: "\(state.name) has no run \(run).",
                hint: "`reconcile history --all` lists the runs."
            )
        }
        CommandContext.current.console.show(.run(record, journal), as: format, common)
    }
}
