import Foundation
package import ReconcileModel
import Reconciling

/// The secrets by which deliveries of Notion are known, and the organizations that each of them speaks for.
package struct WebhookKeys: Sendable {
    private var keys: [(secret: WebhookSecret, prefixes: Set<String>)]
    /// Whether a secret is still to be set: then the token of a handshake may be it.
    package let isIncomplete: Bool

    /// - Parameters:
    ///   - shared: of the organizations that name none; nil: it is not set.
    ///   - environment: has those that organizations name.
    package init(
        shared: WebhookSecret?,
        _ organizations: [Organization],
        _ environment: [String: String]
    ) {
        var keys: [(secret: WebhookSecret, prefixes: Set<String>)] = []
        var isIncomplete = false
        for organization in organizations {
            let own = organization.credentials.webhook
            guard
                let secret = own.map({ EnvironmentText.cleaned(environment[$0.name]).flatMap(WebhookSecret.init) })
                    ?? shared
            else {
                isIncomplete = isIncomplete || own != nil
                continue
            }
            if let index = keys.firstIndex(where: { $0.secret == secret }) {
                keys[index].prefixes.insert(organization.prefix)
            } else {
                keys.append((secret, [organization.prefix]))
            }
        }
        // It verifies also while nobody is declared.
        if let shared, !keys.contains(where: { $0.secret == shared }) { keys.append((shared, [])) }
        self.keys = keys
        self.isIncomplete = isIncomplete || keys.isEmpty
    }

    package var isEmpty: Bool { keys.isEmpty }

    /// The organizations that a delivery may speak of; nil: it is signed with none of the secrets.
    func prefixes(signature: String, over body: Data) -> Set<String>? {
        // All are tried: how long it takes tells nobody which.
        let matching = keys.filter { $0.secret.verifies(signature: signature, over: body) }
        guard !matching.isEmpty else { return nil }
        return matching.reduce(into: []) { $0.formUnion($1.prefixes) }
    }
}
