import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows an organization or a link in full.",
        usage: "reconcile state show <org|page|event> [<options>]"
    )

    @Argument(help: ArgumentHelp("Prefix, Notion page (id or URL) or Google event id.", valueName: "org|page|event"))
    var subject: String

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (contents, name) = try await options.contents(.organizations)
        let organizations = contents?.organizations ?? []
        if let organization = organizations.first(where: { $0.prefix == subject }) {
            options.output(text: StateTextRenderer().show(organization), json: StateJSONRenderer().show(organization))
            return
        }
        let page = PageID(parsing: subject)
        let links = organizations.flatMap(\.links)
        guard let link = links.first(where: { $0.link.page == page || $0.link.event.rawValue == subject }) else {
            throw Failure(
                code: "state_entry_unknown",
                message: "\(name) knows no organization, page or event \"\(subject)\".",
                hint: "`reconcile state list` shows what is remembered."
            )
        }
        options.output(text: StateTextRenderer().show(link), json: StateJSONRenderer().show(link))
    }
}
