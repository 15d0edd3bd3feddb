import COpenSSL
package import Foundation

/// A private RSA key, such as a Google service account's, that signs with RSASSA-PKCS1-v1_5 and SHA-256 (RS256).
package struct RSAPrivateKey: Sendable {
    private let key: KeyHandle

    private init(_ key: KeyHandle) { self.key = key }

    /// Reads a key in PKCS#8 (`BEGIN PRIVATE KEY`) or PKCS#1 (`BEGIN RSA PRIVATE KEY`) PEM.
    ///
    /// Line ends may be written out as the two characters `\n`.
    /// - Throws: `SigningError.invalidKey`.
    package init(pem: String) throws(SigningError) { key = try PEMText.key(.privateKey, in: pem) }

    /// Makes a new key, for the emulator and for tests.
    package static func generate(bits: Int = 2048) throws(SigningError) -> RSAPrivateKey {
        RSAPrivateKey(try RSAGenerator().key(bits: bits))
    }

    /// The key as PKCS#8 PEM: a secret.
    package func pem() throws(SigningError) -> String { try PEMText.text(.privateKey, of: key) }

    package var publicKey: RSAPublicKey { RSAPublicKey(key) }

    /// The RS256 signature of `message`; the same message always has the same one.
    package func signature(of message: Data) throws(SigningError) -> Data {
        let context = try DigestContext()
        guard EVP_DigestSignInit(context.pointer, nil, EVP_sha256(), nil, key.pointer) == 1,
            let signature = sign(message, in: context)
        else {
            ERR_clear_error()
            throw .failed(operation: "sign with RS256")
        }
        return signature
    }

    private func sign(_ message: Data, in context: borrowing DigestContext) -> Data? {
        let context = context.pointer
        var length = Int(EVP_PKEY_get_size(key.pointer))
        var signature = Data(count: length)
        let result = message.withUnsafeBytes { message in
            signature.withUnsafeMutableBytes { signature in
                EVP_DigestSign(
                    context,
                    signature.assumingMemoryBound(to: UInt8.self).baseAddress,
                    &length,
                    message.assumingMemoryBound(to: UInt8.self).baseAddress,
                    message.count
                )
            }
        }
        return result == 1 ? signature.prefix(length) : nil
    }
}

extension RSAPrivateKey: CustomStringConvertible {
    package var description: String { "RSA private key of \(EVP_PKEY_get_bits(key.pointer)) bits" }
}
