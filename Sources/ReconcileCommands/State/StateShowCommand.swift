import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateShowCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows an organization or a link in full.",
        usage: "reconcile state show <org|page|event> [<options>]"
    )

    @Argument(help: ArgumentHelp("Prefix, Notion page (id or URL) or Google event id.", valueName: "org|page|event"))
    var subject: String

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let console = CommandContext.current.console
        let (contents, name) = try await options.contents(.organizations)
        let organizations = contents?.organizations ?? []
        let links = contents?.links ?? [:]
        if let organization = organizations.first(where: { $0.prefix == subject }) {
            let own = links[organization.prefix] ?? []
            return console.show(.organization(organization, own), as: format, common)
        }
        let page = PageID(parsing: subject)
        let all = organizations.flatMap { links[$0.prefix] ?? [] }
        guard let link = all.first(where: { $0.link.page == page || $0.link.event.rawValue == subject }) else {
            throw Failure(
                code: "state_entry_unknown",
                message: "\(name) knows no organization, page or event \"\(subject)\".",
                hint: "`reconcile state list` shows what is remembered."
            )
        }
        console.show(.link(link), as: format, common)
    }
}
