import ArgumentParser
import ReconcileModel
import Rendering
import Serving

struct WebhookTokenCommand: AsyncParsableCommand {
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

    func run() async throws {
        let context = CommandContext.current
        let file = WebhookTokenFile(statePath: try options.path(context.environment))
        if forget { try forget(file, context.console) } else { try show(file) }
    }

    private func show(_ file: WebhookTokenFile) throws(Failure) {
        guard let (token, receivedAt) = try file.read() else {
            throw Failure(
                code: "webhook_token_missing",
                message: "No verification token has arrived: there is no file \(file.path).",
                hint: "Run `reconcile serve` without NOTION_WEBHOOK_SECRET, and create a webhook subscription in the "
                    + "settings of the Notion integration, with the address https://<your service>/api/notion/webhook."
            )
        }
        options.output(
            text: """
                \(token.reveal())

                This token arrived at \(receivedAt). What to do next:
                  1. Paste it in Notion, in the settings of the integration: Webhooks > Verify.
                  2. If Notion takes it, set NOTION_WEBHOOK_SECRET to it and restart `reconcile serve`.
                     If not, somebody else sent it: run `reconcile webhook-token --forget`, and let Notion send its own.
                  3. `reconcile webhook-token --forget` removes the copy in \(file.path.printable).

                """,
            json: JSONRenderer().render(webhookToken: token.reveal(), receivedAt: receivedAt, path: file.path)
        )
    }

    private func forget(_ file: WebhookTokenFile, _ console: Console) throws {
        try approval.check("webhook-token --forget", options.format, console, hint: "Add --auto-approve.")
        // Whether there is a token is looked at by removing it: one that is damaged is to go as well.
        console.errorOutput("The verification token in \(file.path.printable) will be removed.\n")
        guard approval.isGiven(console) else {
            console.errorOutput("Nothing was changed.\n")
            throw ExitCode(ExitPolicy.failure)
        }
        let wasThere = try file.remove()
        options.output(
            text: wasThere ? "The token was removed; the next one is kept.\n" : "There was no token.\n",
            json: JSONRenderer().render(forgottenWebhookToken: wasThere, path: file.path)
        )
    }
}
