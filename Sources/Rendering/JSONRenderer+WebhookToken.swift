import JSON
package import ReconcileModel

extension JSONRenderer {
    /// The token of Notion's webhook handshake, for the person who sets the webhook up.
    package func render(webhookToken token: String, receivedAt: Timestamp, path: String) -> String {
        JSON.object([
            "format_version": .string(Self.formatVersion),
            "verification_token": .string(token),
            "received_at": .string(receivedAt.rfc3339()),
            "path": .string(path),
        ]).text()
    }

    /// Whether there was a token to forget.
    package func render(forgottenWebhookToken wasThere: Bool, path: String) -> String {
        JSON.object([
            "format_version": .string(Self.formatVersion),
            "forgotten": .bool(wasThere),
            "path": .string(path),
        ]).text()
    }
}
