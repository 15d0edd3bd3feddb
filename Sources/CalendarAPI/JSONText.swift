import Foundation

/// A JSON value that keeps its keys in the order in which they were given, so that equal calls make equal bytes.
indirect enum JSONText: Hashable, Sendable {
    /// Tells Google to delete the field.
    case null
    case string(String)
    case object([Member])

    struct Member: Hashable, Sendable {
        var key: String
        var value: JSONText
    }

    /// An object of the members that have a value.
    static func object(of members: KeyValuePairs<String, JSONText?>) -> JSONText { .object(Self.members(of: members)) }

    static func members(of members: KeyValuePairs<String, JSONText?>) -> [Member] {
        members.compactMap { key, value in value.map { Member(key: key, value: $0) } }
    }

    /// The compact text in UTF-8.
    var data: Data {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return Data(bytes)
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .string(let text): Self.write(text, to: &bytes)
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Escapes what RFC 8259 demands and nothing else.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
            case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
            case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += "\\u\(digits.count == 1 ? "000" : "00")\(digits)".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONText: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .string(value) }
}
