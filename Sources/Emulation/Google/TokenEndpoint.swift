import Foundation
import Signing

/// An access token that was handed out.
struct AccessToken: Sendable {
    /// The account that acts: the service account, or the user it impersonates.
    var email: String
    var isImpersonated: Bool
    var scopes: Set<String>
    /// Seconds since 1970.
    var expires: Int
}

/// `POST /token`: the JWT bearer grant of service accounts, checked in the order of the real endpoint.
///
/// <https://developers.google.com/identity/protocols/oauth2/service-account>
struct TokenEndpoint {
    var world: GoogleWorld
    /// Seconds since 1970.
    var now: Int
    /// Seconds until a new token expires.
    var lifetime: Int
    /// The own address of the endpoint: accepted as `aud` beside Google's.
    var address: String?

    /// What a request is answered with: a token, or only an id token.
    enum Grant {
        case access(AccessToken)
        case identity(email: String, audience: String)
    }

    func grant(_ call: Call) throws(Refusal) -> Grant {
        let form = Call.pairs(of: String(decoding: call.body, as: UTF8.self))
        let assertion = form.first { $0.name == "assertion" }?.value ?? ""
        let segments = assertion.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.count == 3, let header = json(segments[0]), let claims = json(segments[1]),
            Base64URL.decode(segments[2]) != nil
        else { throw .oauth("invalid_request", "Bad Request") }
        let type = form.first { $0.name == "grant_type" }?.value ?? ""
        guard type == "urn:ietf:params:oauth:grant-type:jwt-bearer" else {
            throw .oauth("unsupported_grant_type", "Invalid grant_type: \(type)")
        }
        guard header["alg"]?.string == "RS256" else { throw .oauth("invalid_grant", "Invalid JWT Signature.") }
        return try grant(assertion: assertion, claims: claims)
    }

    private func grant(assertion: String, claims: JSONValue) throws(Refusal) -> Grant {
        guard let account = claims["iss"]?.string.flatMap({ world.accounts[$0] }), let key = account.key else {
            throw .oauth("invalid_grant", "Invalid grant: account not found")
        }
        guard let publicKey = try? RSAPublicKey(pem: key.publicKey),
            JSONWebToken(compact: assertion)?.isSigned(by: publicKey) == true
        else { throw .oauth("invalid_grant", "Invalid JWT Signature.") }
        try checkTimes(claims)
        let scopes = Set((claims["scope"]?.string ?? "").split(separator: " ").map(String.init))
        guard !scopes.isEmpty else {
            throw .oauth("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        }
        let audience = claims["aud"]?.string ?? ""
        guard audience == "https://oauth2.googleapis.com/token" || audience == address else {
            throw .oauth("invalid_grant", "Invalid JWT: Failed audience check.")
        }
        let subject = try subject(claims, of: account)
        // A scope that is no known scope is no error: there is just no access token.
        guard scopes.allSatisfy(CalendarScope.isKnown) else {
            return .identity(email: account.email, audience: scopes.sorted().first ?? "")
        }
        return .access(
            AccessToken(
                email: subject ?? account.email,
                isImpersonated: subject != nil,
                scopes: scopes,
                expires: now + lifetime
            )
        )
    }

    private func checkTimes(_ claims: JSONValue) throws(Refusal) {
        guard let issued = seconds(claims["iat"]) else {
            throw .oauth("invalid_grant", "Invalid JWT: iat (issued at) is not set.")
        }
        guard let expires = seconds(claims["exp"]) else {
            throw .oauth("invalid_grant", "Invalid JWT: exp (expiration time) is not set.")
        }
        guard issued <= now + 300, expires >= now, expires > issued, expires - issued <= 3600 else {
            throw .oauth(
                "invalid_grant",
                """
                Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. \
                Check your iat and exp values in the JWT claim.
                """
            )
        }
    }

    private func subject(_ claims: JSONValue, of account: GoogleAccount) throws(Refusal) -> String? {
        guard let subject = claims["sub"]?.string, subject != account.email else { return nil }
        guard world.accounts[subject] != nil else { throw .oauth("invalid_grant", "Invalid email or User ID") }
        guard account.delegators.contains(subject) else {
            throw .oauth(
                "unauthorized_client",
                """
                Client is unauthorized to retrieve access tokens using this method, or client not authorized for any \
                of the scopes requested.
                """,
                status: 401
            )
        }
        return subject
    }

    private func seconds(_ claim: JSONValue?) -> Int? {
        claim?.int ?? claim?.double.map { Int($0) } ?? claim?.string.flatMap { Int($0) }
    }

    private func json(_ segment: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(segment), let value = try? JSONParser.parse(Array(bytes)) else { return nil }
        return value.object == nil ? nil : value
    }
}

extension Refusal {
    static func oauth(_ error: String, _ description: String, status: Int = 400) -> Refusal {
        let body: JSONValue = ["error": .string(error), "error_description": .string(description)]
        return Refusal(answer: .json(body, status: status, indent: 2))
    }
}
