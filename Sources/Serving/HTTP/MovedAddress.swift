import HTTPTypes
import ReconcileModel
import Reconciling

/// An address that begins with a prefix an organization had before leads to the one it has now.
extension ReadEndpoints {
    /// What to answer instead; nil: the address is nobody's former one.
    func moved(_ route: Route, query: Substring) -> APIError? {
        guard let prefix = route.prefix, declarations[prefix] == nil, let successor = successor(of: prefix) else {
            return nil
        }
        let address = route.name.replacing("{prefix}", with: successor) + (query.isEmpty ? "" : "?\(query)")
        return APIError(
            .permanentRedirect,
            "The organization is called \(successor) now.",
            headers: [.location: address]
        )
    }

    /// By the declarations, else by what the state remembers.
    private func successor(of prefix: String) -> String? {
        if let declared = declarations.organizations.first(where: { $0.previously.contains(prefix) }) {
            return declared.prefix
        }
        return directory.successor(of: prefix).flatMap { declarations[$0] == nil ? nil : $0 }
    }
}
