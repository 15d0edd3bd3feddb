import Foundation
package import ReconcileModel
import Reconciling

/// The secrets by which deliveries of Notion are known, and the organizations that each of them speaks for.
package struct WebhookKeys: Sendable {
    private var keys: [(secret: WebhookSecret, prefixes: Set<String>)]
    /// Whether a secret is still to be set: then the token of a handshake may be it.
    package let isIncomplete: Bool
    /// What is wrong with the secrets of single organizations.
    package let problems: [WebhookSecretProblem]

    /// - Parameters:
    ///   - shared: of the organizations that name none; nil: it is not set.
    ///   - environment: has those that organizations name.
    package init(
        shared: WebhookSecret?,
        _ organizations: [Organization],
        _ environment: [String: String]
    ) {
        var keys: [(secret: WebhookSecret, prefixes: Set<String>)] = []
        var (problems, isIncomplete) = ([WebhookSecretProblem](), false)
        for organization in organizations {
            let secret: WebhookSecret?
            if let variable = organization.credentials.webhook {
                let read = WebhookSecret.read(variable, of: organization.prefix, environment)
                secret = try? read.get()
                if case .failure(let problem) = read {
                    isIncomplete = true
                    if organization.isActive { problems.append(problem) }
                }
            } else {
                secret = shared
            }
            guard let secret else { continue }
            if let index = keys.firstIndex(where: { $0.secret == secret }) {
                keys[index].prefixes.insert(organization.prefix)
            } else {
                keys.append((secret, [organization.prefix]))
            }
        }
        // It verifies also while nobody is declared.
        if let shared, !keys.contains(where: { $0.secret == shared }) { keys.append((shared, [])) }
        self.keys = keys
        self.problems = problems
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
