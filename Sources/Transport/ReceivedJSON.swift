package import Foundation

/// Decodes JSON that others wrote, with texts that are no valid Unicode mended instead of refused.
///
/// JavaScript cuts strings between the halves of a character and writes half of one as `\ud83d`: legal JSON, and nothing that
/// a Swift string can hold. One such title would make a whole listing unreadable.
package enum ReceivedJSON {
    /// - Throws: what `JSONDecoder` throws.
    package static func decode<Value: Decodable>(_ type: Value.Type, from body: Data) throws -> Value {
        try JSONDecoder().decode(type, from: mended(body))
    }

    /// The same with U+FFFD for each half of a surrogate pair without its other half, and for bytes that are no UTF-8.
    package static func mended(_ body: Data) -> Data {
        let halves = body.withUnsafeBytes { loneHalves(in: $0) }
        var result = body
        if !halves.isEmpty {
            result.withUnsafeMutableBytes { bytes in
                // `\ufffd` is as long as what it stands for.
                for position in halves { bytes[(position + 2)..<(position + 6)].copyBytes(from: Array("fffd".utf8)) }
            }
        }
        let isValid = (try? UTF8Span(validating: result.span)) != nil
        // Other encodings have zeros between their ASCII characters; the decoder recognizes these by itself.
        return isValid || result.prefix(4).contains(0) ? result : Data(String(decoding: result, as: UTF8.self).utf8)
    }

    /// Where escapes of lone halves begin.
    private static func loneHalves(in bytes: UnsafeRawBufferPointer) -> [Int] {
        var found: [Int] = []
        var position = 0
        while let base = bytes.baseAddress, position < bytes.count,
            let backslash = memchr(base + position, Int32(UInt8(ascii: "\\")), bytes.count - position)
        {
            let start = UnsafeRawPointer(backslash) - base
            guard let unit = unit(at: start, in: bytes) else {
                position = start + 2
                continue
            }
            position = start + 6
            switch unit {
            case 0xD800...0xDBFF:
                if let next = self.unit(at: position, in: bytes), 0xDC00...0xDFFF ~= next {
                    position += 6
                } else {
                    found.append(start)
                }
            case 0xDC00...0xDFFF: found.append(start)
            default: break
            }
        }
        return found
    }

    /// The number of an escape `\uXXXX`; nil where none stands there.
    private static func unit(at position: Int, in bytes: UnsafeRawBufferPointer) -> UInt32? {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt32 = 0
        for byte in bytes[(position + 2)..<(position + 6)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
