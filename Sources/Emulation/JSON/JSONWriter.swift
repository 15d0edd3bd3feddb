/// Writes JSON, members in the order of their names, so that equal values give equal bytes.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// Spaces per level; nil writes everything on one line.
    private let indent: Int?

    private init(indent: Int?) { self.indent = indent }

    package static func write(_ value: JSONValue, indent: Int? = nil) -> [UInt8] {
        var writer = JSONWriter(indent: indent)
        writer.append(value, level: 0)
        if indent != nil { writer.bytes.append(0x0A) }
        return writer.bytes
    }

    private mutating func append(_ value: JSONValue, level: Int) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let number): append(String(number))
        case .double(let number): append("\(number)")
        case .string(let text): append(quoted: text)
        case .array(let items): append(items: items, level: level)
        case .object(let members): append(members: members, level: level)
        }
    }

    private mutating func append(items: [JSONValue], level: Int) {
        guard !items.isEmpty else { return append("[]") }
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            breakLine(level: level + 1)
            append(item, level: level + 1)
        }
        breakLine(level: level)
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(members: [String: JSONValue], level: Int) {
        guard !members.isEmpty else { return append("{}") }
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            breakLine(level: level + 1)
            append(quoted: key)
            append(indent == nil ? ":" : ": ")
            append(value, level: level + 1)
        }
        breakLine(level: level)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func breakLine(level: Int) {
        guard let indent else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: indent * level))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20: append(byte < 0x10 ? "\\u000\(String(byte, radix: 16))" : "\\u00\(String(byte, radix: 16))")
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONValue {
    /// Compact JSON.
    package var text: String { String(decoding: JSONWriter.write(self), as: UTF8.self) }
}
