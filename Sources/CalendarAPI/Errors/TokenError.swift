import ReconcileModel
package import Transport

/// Why there is no access token.
package enum TokenError: Error, Equatable, Sendable {
    /// The token endpoint says no (RFC 6749, section 5.2): a matter of configuration.
    case refused(error: String, description: String)
    /// Google answered without an access token, which it does when a scope is unknown to it.
    case noAccessToken(scopes: [String])
    case service(status: Int)
    /// `retryAfter`: the wait that Google asks for.
    case rateLimited(retryAfter: Duration?)
    case malformedAnswer(reason: String)
    case transport(TransportError)
    /// libcrypto did not sign.
    case unsignable(operation: String)

    func failure(account: String) -> Failure {
        switch self {
        case .refused(let error, let description):
            Failure(
                code: "google_token_refused",
                message: "Google gives \(account) no access token: \(error) (\(description)).",
                hint: Self.hint(for: error, description)
            )
        case .noAccessToken(let scopes):
            Failure(
                code: "google_token_missing",
                message: "Google answered without an access token for the scopes \(scopes.joined(separator: " ")).",
                hint: "One of them is unknown to Google."
            )
        case .service(let status):
            Failure(
                code: "google_unavailable",
                message: "Google's token endpoint answered with an error of its own (HTTP \(status)).",
                hint: "Run again later."
            )
        case .rateLimited(let retryAfter):
            Failure(
                code: "google_rate_limited",
                message: "Google's token endpoint limits the rate of requests (429)\(RateLimitText.ending(retryAfter))",
                hint: RateLimitText.hint(retryAfter, otherwise: "Run again in a few minutes.")
            )
        case .malformedAnswer(let reason):
            Failure(
                code: "google_malformed_answer",
                message: "The answer of Google's token endpoint cannot be understood: \(reason).",
                hint: "Check the token_uri of the key file."
            )
        case .transport(let error): error.failure
        case .unsignable(let operation):
            Failure(
                code: "signing_failed",
                message: "No token request could be signed: libcrypto failed to \(operation)."
            )
        }
    }

    /// What to do about the causes that the token endpoint is known to name.
    private static func hint(for error: String, _ description: String) -> String {
        switch error {
        case "invalid_grant" where description.contains("Signature") || description.contains("account not found"):
            "The key or the account was deleted: make a new key and set GOOGLE_SERVICE_ACCOUNT to it."
        case "invalid_grant" where description.contains("reasonable timeframe"):
            "Set this machine's clock."
        case "invalid_grant" where description.lowercased().contains("email"):
            "GOOGLE_IMPERSONATE names no user of the domain."
        case "unauthorized_client":
            "Domain-wide delegation must allow this account the scopes \(CalendarScope.all.joined(separator: " "))."
        default: "Check the key file and, with GOOGLE_IMPERSONATE, the delegation of the domain."
        }
    }
}
