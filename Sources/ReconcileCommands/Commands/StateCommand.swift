import ArgumentParser
import LinkStorage
import ReconcileModel
import Rendering

struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Looks at what is remembered, and mends it.",
        discussion: "None of these writes to Notion or Google.",
        subcommands: [
            StateListCommand.self, StateShowCommand.self, StateForgetCommand.self, StateRebuildCommand.self,
            StateExportCommand.self,
        ]
    )
}

struct StateListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the organizations with their calendars, links and last syncs."
    )

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (contents, path) = try options.contents(.organizations)
        options.output(
            text: StateTextRenderer().list(contents, path: path),
            json: StateJSONRenderer().list(contents, path: path)
        )
    }
}

struct StateShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows an organization or a link in full."
    )

    @Argument(help: ArgumentHelp("Prefix, Notion page (id or URL) or Google event id.", valueName: "org|page|event"))
    var subject: String

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (contents, path) = try options.contents(.organizations)
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
                message: "\(path) knows no organization, page or event \"\(subject)\".",
                hint: "`reconcile state list` shows what is remembered."
            )
        }
        options.output(text: StateTextRenderer().show(link), json: StateJSONRenderer().show(link))
    }
}

struct StateExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints everything that is remembered as JSON: links, runs and the journal."
    )

    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (contents, path) = try options.contents(.everything)
        let json = StateJSONRenderer().export(contents, path: path)
        options.output(text: json, json: json)
    }
}

extension StateOptions {
    /// What the state file holds; nil where there is none.
    func contents(
        _ extent: StateContents.Extent
    ) throws(Failure) -> (contents: StateContents?, path: String) {
        let path = try path(CommandContext.current.environment)
        do throws(StateError) {
            return (try StateContents.read(extent, path: path), path)
        } catch {
            throw error.failure
        }
    }

    func output(text: String, json: String) {
        CommandContext.current.console.output(format == .json ? json : text)
    }
}
