import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints everything that is remembered as JSON: links, runs and the journal.",
        usage: "reconcile state export [<options>]"
    )

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (contents, name) = try await options.contents(.everything)
        let json = StateJSONRenderer().export(contents, path: name)
        options.output(text: json, json: json)
    }
}
