package import Foundation
package import JSON

/// A JSON Web Token in its compact form, signed with RS256 (RFC 7515 and 7519).
///
/// Made by `signed(claims:keyID:by:)`; read by `init(compact:)`, which believes nothing until `isSigned(by:)` says so.
package struct JSONWebToken: Sendable {
    /// What the token says of itself.
    package struct Header: Decodable, Equatable, Sendable {
        /// The algorithm: `RS256` in all tokens made here.
        package var alg: String
        package var typ: String?
        /// Which of the signer's keys was used.
        package var kid: String?
    }

    package let header: Header
    /// The JSON of the claims.
    package let claims: Data
    private let signingInput: Data
    private let signature: Data

    /// Reads a token without checking its signature; nil where it is not one.
    package init?(compact: String) {
        let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: header)
        else { return nil }
        (self.header, self.claims, self.signature) = (header, claims, signature)
        signingInput = Data("\(parts[0]).\(parts[1])".utf8)
    }

    /// Whether the token was signed with RS256 by the owner of `key`.
    package func isSigned(by key: RSAPublicKey) -> Bool {
        // Without this check a token could choose a weaker algorithm, or none.
        header.alg == "RS256" && key.isValid(signature, for: signingInput)
    }

    /// A compact token of the given claims.
    ///
    /// - Throws: `SigningError.failed` where libcrypto does not sign.
    package static func signed(
        claims: JSON,
        keyID: String? = nil,
        by key: RSAPrivateKey
    ) throws(SigningError) -> String {
        let header = JSON.object(of: ["alg": "RS256", "typ": "JWT", "kid": keyID.map { .string($0) }])
        let input = [header, claims].map { Base64URL.encode(Data($0.bytes(.sorted))) }.joined(separator: ".")
        return "\(input).\(Base64URL.encode(try key.signature(of: Data(input.utf8))))"
    }
}
