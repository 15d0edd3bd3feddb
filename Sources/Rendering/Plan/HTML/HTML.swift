import ReconcileModel

/// Markup. What is put into it is text, and stays text, unless it is markup itself.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    init(_ parts: some Sequence<HTML>) { text = parts.reduce(into: "") { $0 += $1.text } }

    static let empty: HTML = ""

    static func += (left: inout HTML, right: HTML) { left.text += right.text }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text: String

        init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) }

        mutating func appendInterpolation(_ value: Int) { text += String(value) }

        mutating func appendInterpolation(_ value: HTML) { text += value.text }

        /// Those of a list, one after the other.
        mutating func appendInterpolation(_ values: [HTML]) { for value in values { text += value.text } }

        /// Nothing where there is none.
        mutating func appendInterpolation(_ value: HTML?) { text += value?.text ?? "" }
    }

    /// A sentence, in which what stands between backticks is code.
    static func sentence(_ text: String) -> HTML {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return "\(text)" }
        return HTML(parts.enumerated().map { $0 % 2 == 1 ? "<code>\(String($1))</code>" : "\(String($1))" })
    }

    /// Text on one line, in elements and in quoted attributes.
    static func escaped(_ text: String) -> String {
        let text = text.printable
        guard text.utf8.contains(where: { escape($0) != nil }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let escape = escape(byte) { result += escape.utf8 } else { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func escape(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
