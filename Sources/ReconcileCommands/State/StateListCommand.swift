import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateListCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the organizations with their calendars, links and last syncs.",
        usage: "reconcile state list [<options>]"
    )

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let (contents, name) = try await options.contents(.organizations)
        CommandContext.current.console.show(.state(contents, name: name), as: format, common)
    }
}
