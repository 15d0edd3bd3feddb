import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Lists the runs that wrote, or shows one of them.",
        usage: """
            reconcile history [<org>] [--all] [--limit <number>] [<options>]
            reconcile history show <run> [<options>]
            """,
        discussion: """
            The latest first. The number is what `reconcile undo` takes. "unfinished": killed half-way, or still under way. \
            Runs that had nothing to write are left out, unless --all is given. `reconcile history list --help` and `reconcile \
            history show --help` tell all options.
            """,
        subcommands: [HistoryListCommand.self, HistoryShowCommand.self],
        defaultSubcommand: HistoryListCommand.self
    )
}
