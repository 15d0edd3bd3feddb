import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the organizations with their calendars, links and last syncs.",
        usage: "reconcile state list [<options>]"
    )

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (contents, name) = try await options.contents(.organizations)
        options.output(
            text: StateTextRenderer().list(contents, path: name),
            json: StateJSONRenderer().list(contents, path: name)
        )
    }
}
