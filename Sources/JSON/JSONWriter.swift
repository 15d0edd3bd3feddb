/// Writes JSON as UTF-8: whole values, or one part after the other where a document is too long for a tree.
///
/// Equal calls give equal bytes.
package struct JSONWriter: Sendable {
    /// How the text looks. What is read by programs must not change in a byte, so each document has the look it has always had.
    package enum Style: Sendable {
        /// Without spaces, names in the order given.
        case compact
        /// The same on one line whatever reads it: control characters above ASCII and what some take for the end of a line are escaped.
        case line
        /// Without spaces, names sorted, so that equal values give equal bytes; backspace and form feed have letters.
        case sorted
        /// The same for people: indented. What a terminal obeys, or what turns the direction of a line, is escaped, as in `line`.
        case pretty

        fileprivate var isSorted: Bool { self == .sorted || self == .pretty }

        /// Whether control characters above ASCII and what some take for the end of a line are escaped.
        fileprivate var isTame: Bool { self == .line || self == .pretty }
    }

    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private let style: Style
    private var depth = 0
    /// Whether what is written next has a sibling before it.
    private var hasSibling = false
    /// Whether what is written next is the value of a member.
    private var isAfterName = false

    package init(_ style: Style = .compact, reserving count: Int = 0) {
        self.style = style
        bytes.reserveCapacity(count)
    }

    /// A whole value.
    package mutating func write(_ value: JSON) {
        switch value {
        case .null: token("null")
        case .bool(let value): token(value ? "true" : "false")
        case .integer(let value): token(String(value))
        case .number(let value): token(Self.text(of: value))
        case .string(let text):
            begin()
            quoted(text)
        case .array(let values):
            array { writer in
                for value in values { writer.write(value) }
            }
        case .object(let members):
            object { writer in
                for member in writer.ordered(members) { writer.member(member.name, member.value) }
            }
        }
    }

    /// An object of the members that `members` writes.
    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        nested(UInt8(ascii: "{"), members, UInt8(ascii: "}"))
    }

    /// An array of the values that `values` writes.
    package mutating func array(_ values: (inout JSONWriter) -> Void) {
        nested(UInt8(ascii: "["), values, UInt8(ascii: "]"))
    }

    /// The name of a member, whose value has to follow.
    package mutating func name(_ name: String) {
        begin()
        quoted(name)
        bytes += (style == .pretty ? " : " : ":").utf8
        isAfterName = true
    }

    /// A member of an object.
    package mutating func member(_ name: String, _ value: JSON) {
        self.name(name)
        write(value)
    }

    private mutating func nested(_ opening: UInt8, _ content: (inout JSONWriter) -> Void, _ closing: UInt8) {
        begin()
        bytes.append(opening)
        if style == .pretty { bytes.append(UInt8(ascii: "\n")) }
        depth += 1
        hasSibling = false
        content(&self)
        depth -= 1
        hasSibling = true
        if style == .pretty {
            bytes.append(UInt8(ascii: "\n"))
            indent()
        }
        bytes.append(closing)
    }

    private mutating func token(_ text: String) {
        begin()
        bytes += text.utf8
    }

    /// What stands between two siblings, and before the first.
    private mutating func begin() {
        guard !isAfterName else {
            isAfterName = false
            return
        }
        if hasSibling { bytes += (style == .pretty ? ",\n" : ",").utf8 }
        if style == .pretty { indent() }
        hasSibling = true
    }

    private mutating func indent() { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth)) }

    private func ordered(_ members: JSON.Members) -> [(name: String, value: JSON)] {
        guard style.isSorted else { return Array(members) }
        return members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// JSON has no infinities.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// <https://www.rfc-editor.org/rfc/rfc8259#section-7>
extension JSONWriter {
    private mutating func quoted(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { escaped($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
        // Text stands for itself but for a few characters: it is copied in runs.
        var (start, position) = (0, 0)
        while position < text.count {
            let (character, length) = special(at: position, in: text)
            if let character {
                bytes.append(contentsOf: text[start..<position])
                escape(character)
                start = position + length
            }
            position += length
        }
        bytes.append(contentsOf: text[start...])
    }

    /// The character that begins there, where it must not stand for itself, and how many bytes to go on.
    @inline(__always)
    private func special(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> (UInt32?, length: Int) {
        switch text[position] {
        case let byte where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\"):
            return (UInt32(byte), 1)
        case ..<0x7F: return (nil, 1)
        case 0x7F where style.isTame: return (0x7F, 1)
        case 0xC2 where style.isTame && text[position + 1] < 0xA0: return (UInt32(text[position + 1]), 2)
        case 0xE2 where style.isTame && text[position + 1] == 0x80 && text[position + 2] & 0xFE == 0xA8:
            return (0x2000 | UInt32(text[position + 2] & 0x3F), 3)
        case 0xE2 where style == .pretty && Self.turnsDirection(text[position + 1], text[position + 2]):
            return (0x2000 | UInt32(text[position + 1] & 1) << 6 | UInt32(text[position + 2] & 0x3F), 3)
        default: return (nil, 1)
        }
    }

    /// U+202A to U+202E and U+2066 to U+2069, by their second and third byte.
    private static func turnsDirection(_ second: UInt8, _ third: UInt8) -> Bool {
        second == 0x80 ? 0xAA...0xAE ~= third : second == 0x81 && 0xA6...0xA9 ~= third
    }

    private mutating func escape(_ character: UInt32) {
        switch character {
        case 0x22: bytes += #"\""#.utf8
        case 0x5C: bytes += #"\\"#.utf8
        case 0x0A: bytes += #"\n"#.utf8
        case 0x0D: bytes += #"\r"#.utf8
        case 0x09: bytes += #"\t"#.utf8
        case 0x08 where style.isSorted: bytes += #"\b"#.utf8
        case 0x0C where style.isSorted: bytes += #"\f"#.utf8
        default:
            let digits = String(character, radix: 16)
            bytes += #"\u"#.utf8
            bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.count)
            bytes += digits.utf8
        }
    }
}
