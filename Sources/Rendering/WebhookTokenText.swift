import ReconcileModel

/// The token of Notion's webhook handshake, for the person who sets the webhook up.
enum WebhookTokenText {
    static func arrived(_ token: String, at time: Timestamp, _ path: String) -> String {
        """
        \(token)

        This token arrived at \(time). What to do next:
          1. Paste it in Notion, in the settings of the integration: Webhooks > Verify.
          2. If Notion takes it, set NOTION_WEBHOOK_SECRET to it and restart `reconcile serve`.
             If not, somebody else sent it: run `reconcile webhook-token --forget`, and let Notion send its own.
          3. `reconcile webhook-token --forget` removes the copy in \(path.printable).

        """
    }

    static func forgotten(wasThere: Bool) -> String {
        wasThere ? "The token was removed; the next one is kept.\n" : "There was no token.\n"
    }
}
