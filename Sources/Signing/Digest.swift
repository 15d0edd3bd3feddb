import COpenSSL
package import Foundation

/// SHA-256, and the text form of digests.
package enum Digest {
    /// The 32 bytes of SHA-256 over `message`.
    package static func sha256(_ message: Data) -> Data {
        var digest = Data(count: Int(SHA256_DIGEST_LENGTH))
        let result = message.withUnsafeBytes { message in
            digest.withUnsafeMutableBytes { digest in
                EVP_Digest(
                    message.baseAddress,
                    message.count,
                    digest.assumingMemoryBound(to: UInt8.self).baseAddress,
                    nil,
                    EVP_sha256(),
                    nil
                )
            }
        }
        precondition(result == 1, "libcrypto is configured without SHA-256")
        return digest
    }

    /// SHA-256 over the UTF-8 of `text`.
    package static func sha256(_ text: String) -> Data { sha256(Data(text.utf8)) }

    /// Two lower-case hexadecimal digits per byte.
    package static func hex(_ bytes: Data) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        for byte in bytes { digits += [digit(byte >> 4), digit(byte & 0xf)] }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes that `hex` names in digits of either case; nil for an odd number of digits or anything else in it.
    package static func bytes(hex: some StringProtocol) -> Data? {
        let digits = hex.utf8.map(value)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes = Data(capacity: digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
