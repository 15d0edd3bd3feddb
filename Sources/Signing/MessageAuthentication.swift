import COpenSSL
package import Foundation

/// HMAC-SHA256 (RFC 2104), with which Notion signs webhooks, and the comparison that belongs to it.
package enum MessageAuthentication {
    /// The 32-byte code of `message` under `key`.
    package static func hmacSHA256(key: Data, message: Data) -> Data {
        var code = Data(count: Int(SHA256_DIGEST_LENGTH))
        // A key of no bytes still needs an address: to libcrypto a null key means "the one used before".
        let paddedKey = key.isEmpty ? Data([0]) : key
        let result = paddedKey.withUnsafeBytes { bytes in
            message.withUnsafeBytes { message in
                code.withUnsafeMutableBytes { code in
                    HMAC(
                        EVP_sha256(),
                        bytes.baseAddress,
                        Int32(clamping: key.count),
                        message.assumingMemoryBound(to: UInt8.self).baseAddress,
                        message.count,
                        code.assumingMemoryBound(to: UInt8.self).baseAddress,
                        nil
                    )
                }
            }
        }
        precondition(result != nil, "libcrypto is configured without HMAC-SHA256")
        return code
    }

    /// Compares without telling by the time it takes how far the two agree; only their lengths may show.
    package static func areEqualInConstantTime(_ left: Data, _ right: Data) -> Bool {
        guard left.count == right.count else { return false }
        guard !left.isEmpty else { return true }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0 }
        }
    }
}
