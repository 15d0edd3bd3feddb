import Foundation
import HTTPTypes
import JSON
import Signing
import Transport

/// Exchanges a signed assertion for an access token (RFC 7523; there is no refresh token).
///
/// <https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests>
struct TokenExchange: Sendable {
    /// An access token and its age.
    struct Grant: Sendable {
        var token: Secret
        /// Seconds.
        var lifetime: Int
    }

    let key: ServiceAccountKey
    let impersonated: String?
    let scopes: [String]

    /// - Parameter now: seconds since 1970.
    func request(now: Int) throws(TokenError) -> OutgoingRequest {
        let form =
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=\(try assertion(now: now))"
        let uri = key.tokenURI
        let path = uri.path(percentEncoded: true)
        var head = HTTPRequest(
            method: .post,
            scheme: uri.scheme?.lowercased(),
            authority: uri.authority,
            path: (path.isEmpty ? "/" : path) + (uri.query(percentEncoded: true).map { "?\($0)" } ?? "")
        )
        head.headerFields[.contentType] = "application/x-www-form-urlencoded"
        head.headerFields[.accept] = "application/json"
        // Tokens do not count in the quota of the Calendar API.
        return OutgoingRequest(head: head, body: Data(form.utf8), units: 0)
    }

    /// Reads what the endpoint answered.
    func grant(in response: IncomingResponse) throws(TokenError) -> Grant {
        guard (200..<300).contains(response.status) else { throw Self.refusal(response) }
        guard let answer = try? ReceivedJSON.decode(TokenAnswer.self, from: response.body) else {
            throw .malformedAnswer(reason: "it is not JSON")
        }
        guard let token = answer.accessToken, !token.isEmpty else { throw .noAccessToken(scopes: scopes) }
        return Grant(token: Secret(token), lifetime: min(max(0, answer.lifetime ?? 600), 86_400))
    }

    private func assertion(now: Int) throws(TokenError) -> String {
        let claims = JSON.object(of: [
            "iss": .string(key.clientEmail),
            "scope": .string(scopes.joined(separator: " ")),
            // The documented constant: Google checks it whatever address the key file names.
            "aud": "https://oauth2.googleapis.com/token",
            "iat": .integer(now),
            "exp": .integer(now + 3600),
            // The user to act for, with domain-wide delegation.
            "sub": impersonated.map { .string($0) },
        ])
        do {
            return try JSONWebToken.signed(claims: claims, keyID: key.keyID, by: key.privateKey)
        } catch {
            switch error {
            case .failed(let operation): throw .unsignable(operation: operation)
            case .invalidKey: throw .unsignable(operation: "use the key")
            }
        }
    }

    private static func refusal(_ response: IncomingResponse) -> TokenError {
        guard response.status != 429 else { return .rateLimited(retryAfter: RetryAfter.duration(in: response.head)) }
        guard response.status < 500, let answer = ErrorAnswer(response.body) else {
            return response.status >= 500
                ? .service(status: response.status)
                : .malformedAnswer(reason: "HTTP \(response.status) without Google's explanation")
        }
        return .refused(error: answer.reason, description: answer.message)
    }
}

private struct TokenAnswer: Decodable {
    var accessToken: String?
    /// Seconds.
    var lifetime: Int?

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case lifetime = "expires_in"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = try? values.decodeIfPresent(String.self, forKey: .accessToken)
        // A number, or a string of digits: Google's own client accepts both.
        lifetime =
            (try? values.decodeIfPresent(Int.self, forKey: .lifetime))
            ?? (try? values.decodeIfPresent(String.self, forKey: .lifetime)).flatMap { Int($0) }
    }
}
