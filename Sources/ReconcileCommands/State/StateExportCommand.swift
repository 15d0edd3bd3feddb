import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateExportCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints everything that is remembered as JSON: links, runs and the journal.",
        usage: "reconcile state export [<options>]"
    )

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let (contents, name) = try await options.contents(.everything)
        CommandContext.current.console.show(.export(contents, name: name), as: format, common)
    }
}
