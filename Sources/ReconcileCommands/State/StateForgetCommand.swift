import ArgumentParser
import LinkStorage
import ReconcileModel
import Reconciling
import Rendering

struct StateForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Forgets links; never touches Google.",
        usage: "reconcile state forget <org> [<page>] [--auto-approve] [<options>]",
        discussion: """
            Without a page: all links of the organization, and which calendar it has. What was forgotten is recognized by its \
            marks at the next run.
            """
    )

    @Argument(help: ArgumentHelp("Prefix of the organization.", valueName: "org"))
    var organization: String

    @Argument(help: ArgumentHelp("Notion page, id or URL.", valueName: "page"))
    var page: String?

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let context = CommandContext.current
        try approval.check("forget", options.format, context.console, hint: "Add --auto-approve.")
        let path = try options.path(context.environment)
        // Without a file there is nothing to forget, and none shall be made.
        guard try read(path) != nil else { throw unknown(path) }
        // Nothing is locked while somebody thinks.
        let shown = approval.autoApprove ? nil : try links(in: try read(path), path).0
        if let shown { try approve(shown, context.console) }
        let runLock = try await StateLocking("state forget", lock, context, isQuiet: common.quiet).acquire(path)
        do {
            let (links, page) = try links(in: try StateContents.read(.organizations, path: path), path)
            if let shown, shown.map(\.link) != links.map(\.link) { throw changed(path) }
            try await LinkStore(path: path, lock: runLock, now: context.timing.now).forget(page, of: organization)
            options.output(text: StateTextRenderer().forgotten(links), json: StateJSONRenderer().forgotten(links))
        } catch let error as StateError {
            throw error.failure
        }
    }

    private func read(_ path: String) throws(Failure) -> StateContents? {
        do throws(StateError) { return try StateContents.read(.organizations, path: path) } catch {
            throw error.failure
        }
    }

    private func links(in contents: StateContents?, _ path: String) throws(Failure) -> ([StoredLink], PageID?) {
        guard let stored = contents?.organizations.first(where: { $0.prefix == organization }) else {
            throw unknown(path)
        }
        guard let page else { return (stored.links, nil) }
        guard let id = PageID(parsing: page), let link = stored.links.first(where: { $0.link.page == id }) else {
            throw Failure(
                code: "state_entry_unknown",
                message: "\(path) has no link of \(organization) to a page \"\(page)\".",
                hint: "`reconcile state show \(organization)` lists its links."
            )
        }
        return ([link], id)
    }

    private func approve(_ links: [StoredLink], _ console: Console) throws {
        let count = counted(links.count, "link")
        console.output("\(count) of \(organization.printable) will be forgotten; Google is not touched.\n")
        guard approval.isGiven(console) else {
            console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
    }

    private func changed(_ path: String) -> Failure {
        Failure(
            code: "state_changed",
            message: "The links of \(organization) in \(path) changed since they were shown; nothing was forgotten.",
            hint: "Run it again."
        )
    }

    private func unknown(_ path: String) -> Failure {
        Failure(
            code: "state_entry_unknown",
            message: "\(path) knows no organization \"\(organization)\".",
            hint: "`reconcile state list` shows what is remembered."
        )
    }
}
