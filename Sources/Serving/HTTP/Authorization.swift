import Foundation
import HTTPTypes
import Signing
import Transport

/// Who may write: whoever knows the token (RFC 6750).
struct Authorization: Sendable {
    /// Of the token; nil where none is configured, and so nobody may.
    private let digest: Data?

    init(token: Secret?) { digest = token.map { Digest.sha256($0.reveal()) } }

    /// - Throws: 403 where no token is configured, 401 where it is missing or wrong.
    func check(_ headers: HTTPFields) throws(APIError) {
        guard let digest else {
            throw APIError(.forbidden, "This service takes no writes: it was started without RECONCILE_API_TOKEN.")
        }
        guard let given = token(in: headers[.authorization]) else {
            throw unauthorized("This needs the header Authorization: Bearer <token>.", challenge: "Bearer")
        }
        // Digests have one length, so that not even the token's length shows.
        guard MessageAuthentication.areEqualInConstantTime(Digest.sha256(given), digest) else {
            throw unauthorized("The token is not the one of this service.", challenge: #"Bearer error="invalid_token""#)
        }
    }

    private func token(in field: String?) -> String? {
        guard let field else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts.first?.lowercased() == "bearer", let token = parts.last else { return nil }
        return token.trimmingCharacters(in: .whitespaces)
    }

    private func unauthorized(_ message: String, challenge: String) -> APIError {
        APIError(.unauthorized, message, headers: [.wwwAuthenticate: challenge])
    }
}
