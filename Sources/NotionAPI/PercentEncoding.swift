import Transport

/// How Notion's property ids are percent-encoded: they come encoded once, and stay so.
enum PercentEncoding {
    /// The id as a segment of a path: as it was written where that is legal there, for Notion refuses what is encoded twice; else
    /// encoded. Segments of dots would be resolved on the way, also between encoded slashes.
    static func pathSegment(_ text: String) -> String {
        let isLegal = text.utf8.allSatisfy { URLSegment.isUnreserved($0) || legalInSegments.contains($0) }
        guard isLegal, let decoded = decoded(text), !decoded.isEmpty else { return URLSegment.encoded(text) }
        let parts = decoded.split(separator: "/")
        return parts.contains(".") || parts.contains("..") ? URLSegment.encoded(text) : text
    }

    /// What RFC 3986 allows beside unreserved characters.
    private static let legalInSegments = Array("%!$&'()*+,;=:@".utf8)

    /// Decodes once; nil where a `%` is not followed by two hexadecimal digits or the result is not UTF-8.
    static func decoded(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var result: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = bytes.next().flatMap(value), let low = bytes.next().flatMap(value) else { return nil }
            result.append(high << 4 | low)
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
