import ArgumentParser
import ReconcileModel
import Rendering
import Serving

struct WebhookTokenCommand: AsyncParsableCommand, PlainFormattedCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook-token",
        abstract: "Shows the verification token that Notion's webhook sent.",
        usage: "reconcile webhook-token [--forget] [<options>]",
        discussion: """
            Notion sends the token once, when a webhook subscription is created in the integration's settings, to \
            https://<your service>/api/notion/webhook. `reconcile serve` keeps it beside the state file as long as \
            NOTION_WEBHOOK_SECRET is not set, and verifies nothing with it: anybody can send one. It is Notion's if \
            Notion takes it.

            The first one is kept; --forget removes it, so that the next one is taken.
            """
    )

    @Flag(help: "Remove the token that is kept.")
    var forget = false

    @OptionGroup var approval: ApprovalOptions
    @OptionGroup var options: StateOptions
    @OptionGroup var common: CommonOptions

    var format: OutputFormat { options.format }

    func run() async throws {
        let context = CommandContext.current
        let file = WebhookTokenFile(statePath: try options.path(context.environment))
        if forget { try forget(file, context.console) } else { try show(file, context.console) }
    }

    private func show(_ file: WebhookTokenFile, _ console: Console) throws(Failure) {
        guard let (token, receivedAt) = try file.read() else {
            throw Failure(
                code: "webhook_token_missing",
                message: "No verification token has arrived: there is no file \(file.path).",
                hint: "Run `reconcile serve` without NOTION_WEBHOOK_SECRET, and create a webhook subscription in the "
                    + "settings of the Notion integration, with the address https://<your service>/api/notion/webhook."
            )
        }
        let result = Output.webhookToken(token.reveal(), receivedAt: receivedAt, path: file.path)
        console.show(result, as: format, common)
    }

    private func forget(_ file: WebhookTokenFile, _ console: Console) throws {
        try approval.check("webhook-token --forget", format, console, hint: "Add --auto-approve.")
        // Whether there is a token is looked at by removing it: one that is damaged is to go as well.
        console.errorOutput("The verification token in \(file.path.printable) will be removed.\n")
        guard approval.isGiven(console) else {
            console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
        let wasThere = try file.remove()
        console.show(.webhookTokenForgotten(wasThere: wasThere, path: file.path), as: format, common)
    }
}
