package import ReconcileModel
import Reconciling

/// Why deliveries of Notion do not count for an organization that names a secret of its own.
package struct WebhookSecretProblem: Error, Hashable, Sendable {
    package enum Kind: Sendable {
        /// As long as nobody knows the token of the handshake.
        case isNotSet
        case isEmpty
        /// It holds no token of Notion's.
        case isMalformed
    }

    package var kind: Kind
    package var prefix: String
    package var variable: Credentials.Variable

    /// Told beside the warnings of the organization's runs.
    package var warning: Warning { Warning(code: "webhook_secret_unusable", message: description) }
}

extension WebhookSecretProblem: CustomStringConvertible {
    package var description: String {
        let start = "\(variable.source): credentials.webhook names the variable \(variable.name), which"
        let way = "`reconcile webhook-token` shows the token that Notion sent"
        return switch kind {
        case .isNotSet: "\(start) is not set: deliveries of Notion do not count for \(prefix). Set it; \(way)."
        case .isEmpty: "\(start) is empty: deliveries of Notion do not count for \(prefix). Set it; \(way)."
        case .isMalformed:
            "\(start) is too short or too long for a token of Notion's, or holds characters that none has: deliveries do not count for "
                + "\(prefix). Copy the token again, without quotes and spaces; \(way)."
        }
    }
}

extension WebhookSecret {
    /// Reads the variable that an organization names.
    package static func read(
        _ variable: Credentials.Variable,
        of prefix: String,
        _ environment: [String: String]
    ) -> Result<WebhookSecret, WebhookSecretProblem> {
        func problem(_ kind: WebhookSecretProblem.Kind) -> Result<WebhookSecret, WebhookSecretProblem> {
            .failure(WebhookSecretProblem(kind: kind, prefix: prefix, variable: variable))
        }
        guard let value = environment[variable.name] else { return problem(.isNotSet) }
        guard let text = EnvironmentText.cleaned(value) else { return problem(.isEmpty) }
        return WebhookSecret(text).map { .success($0) } ?? problem(.isMalformed)
    }
}
