/// An id as one segment of a URL's path, by RFC 3986, whatever it holds: it can neither end the path nor go up or down in it.
package enum URLSegment {
    /// Everything but unreserved characters becomes `%xx`: ids hold `@`, `#` and `:`.
    ///
    /// Segments of dots would be resolved on the way, encoded once or not, and an empty one would name the collection that the id
    /// is to be looked up in: they become what names nothing.
    package static func encoded(_ text: String) -> String {
        switch text {
        case "": "%20"
        case ".": "%252E"
        case "..": "%252E%252E"
        default: percentEncoded(text)
        }
    }

    /// - Parameter kept: characters that stay beside the unreserved ones.
    package static func percentEncoded(_ text: String, keeping kept: String = "") -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes += (byte < 16 ? "0" : "").utf8
                bytes += String(byte, radix: 16, uppercase: true).utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(byte)
        }
    }
}
