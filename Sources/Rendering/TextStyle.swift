/// Colours for terminals; plain text otherwise.
package struct TextStyle: Sendable {
    package var isColored: Bool

    package init(isColored: Bool) { self.isColored = isColored }

    enum Color: Int {
        case red = 31
        case green, yellow
        case gray = 90
    }

    func paint(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}

extension String {
    /// On one line and without characters that a terminal would obey: text from outside never moves the cursor.
    var printable: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x0D, 0x2028, 0x2029: result += "⏎"
            case 0x09: result += " "
            // Controls, and marks that reverse the direction of the whole rest of a line.
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result += "�"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// At most `limit` characters, with an ellipsis where something was left out.
    func shortened(to limit: Int) -> String {
        count <= limit ? self : "\(prefix(limit - 1))…"
    }
}
