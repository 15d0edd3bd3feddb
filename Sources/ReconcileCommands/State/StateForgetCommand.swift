import ArgumentParser
import LinkStorage
import ReconcileModel
import Reconciling
import Rendering

struct StateForgetCommand: AsyncParsableCommand, PlainFormattedCommand {
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

    var format: OutputFormat { options.format }

    func run() async throws {
        let context = CommandContext.current
        try approval.check("forget", format, context.console, hint: "Add --auto-approve.")
        let state = try options.door(context)
        // Without a state there is nothing to forget, and none shall be made.
        guard try await read(state) != nil else { throw unknown(state.name) }
        // Nothing is locked while somebody thinks.
        let shown = approval.autoApprove ? nil : try links(in: try await read(state), state.name).0
        if let shown { try approve(shown, context.console) }
        let session = try await StateLocking("state forget", lock, context, isQuiet: common.quiet).open(state)
        do {
            let (links, page) = try links(in: try await state.contents(.organizations), state.name)
            let records = try await session.snapshot().organizations
            if page == nil, let former = records[organization]?.calendar.leaving { throw moving(from: former) }
            if let shown, shown.map(\.link) != links.map(\.link) { throw changed(state.name) }
            try await session.forget(page, of: organization)
            context.console.show(.forgotten(links), as: format, common)
        } catch let error as StateError {
            throw error.failure
        }
    }

    private func read(_ state: any StateDoor) async throws(Failure) -> StateContents? {
        do throws(StateError) { return try await state.contents(.organizations) } catch { throw error.failure }
    }

    private func links(in contents: StateContents?, _ name: String) throws(Failure) -> ([StoredLink], PageID?) {
        guard let contents, contents.organizations.contains(where: { $0.prefix == organization }) else {
            throw unknown(name)
        }
        let links = contents.links[organization] ?? []
        guard let page else { return (links, nil) }
        guard let id = PageID(parsing: page), let link = links.first(where: { $0.link.page == id }) else {
            throw Failure(
                code: "state_entry_unknown",
                message: "\(name) has no link of \(organization) to a page \"\(page)\".",
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

    private func moving(from former: CalendarID) -> Failure {
        Failure(
            code: "calendar_move_incomplete",
            message:
                "The events of \(organization) still move away from the calendar \(former); nothing was forgotten.",
            hint: "Run `reconcile apply \(organization)` until its plan is empty, then try again."
        )
    }

    private func changed(_ name: String) -> Failure {
        Failure(
            code: "state_changed",
            message: "The links of \(organization) in \(name) changed since they were shown; nothing was forgotten.",
            hint: "Run it again."
        )
    }

    private func unknown(_ name: String) -> Failure {
        Failure(
            code: "state_entry_unknown",
            message: "\(name) knows no organization \"\(organization)\".",
            hint: "`reconcile state list` shows what is remembered."
        )
    }
}
