/// JSON text under construction, byte by byte, for documents of which the order of members matters or that are long.
struct JSONBytes {
    private(set) var bytes: [UInt8] = []

    init(reserving count: Int = 0) { bytes.reserveCapacity(count) }

    /// Text that is JSON already: punctuation, numbers, names of members.
    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func number(_ number: some BinaryInteger) { bytes.append(contentsOf: String(number).utf8) }

    mutating func bool(_ value: Bool) { if value { raw("true") } else { raw("false") } }

    /// A string, or null.
    mutating func string(_ text: String?) {
        guard let text else { return raw("null") }
        raw("\"")
        // Text stands for itself but for a few characters: it is copied in runs.
        var rest = text.utf8[...]
        while let special = rest.firstIndex(where: Self.isSpecial) {
            bytes.append(contentsOf: rest[..<special])
            escape(rest[special])
            rest = rest[rest.index(after: special)...]
        }
        bytes.append(contentsOf: rest)
        raw("\"")
    }

    /// <https://www.rfc-editor.org/rfc/rfc8259#section-7>
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case UInt8(ascii: "\n"): raw("\\n")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\t"): raw("\\t")
        default:
            raw("\\u00")
            for digit in [byte >> 4, byte & 0xF] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }
}
