import COpenSSL
package import Foundation

/// A public RSA key: checks RS256 signatures.
package struct RSAPublicKey: Sendable {
    private let key: KeyHandle

    init(_ key: KeyHandle) { self.key = key }

    /// Reads a `BEGIN PUBLIC KEY` PEM.
    ///
    /// - Throws: `SigningError.invalidKey`.
    package init(pem: String) throws(SigningError) { key = try PEMText.key(.publicKey, in: pem) }

    /// The key as `BEGIN PUBLIC KEY` PEM.
    package func pem() throws(SigningError) -> String { try PEMText.text(.publicKey, of: key) }

    /// Whether `signature` is this key's RS256 signature of `message`; what cannot be checked is not valid.
    package func isValid(_ signature: Data, for message: Data) -> Bool {
        defer { ERR_clear_error() }
        guard let context = try? DigestContext(),
            EVP_DigestVerifyInit(context.pointer, nil, EVP_sha256(), nil, key.pointer) == 1
        else { return false }
        let pointer = context.pointer
        return signature.withUnsafeBytes { signature in
            message.withUnsafeBytes { message in
                EVP_DigestVerify(
                    pointer,
                    signature.assumingMemoryBound(to: UInt8.self).baseAddress,
                    signature.count,
                    message.assumingMemoryBound(to: UInt8.self).baseAddress,
                    message.count
                ) == 1
            }
        }
    }
}
