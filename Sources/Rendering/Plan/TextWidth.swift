/// How many columns of a terminal text takes, which is to be on one line and without controls.
///
/// Terminals differ in details; this is right for what people write in titles: <https://www.unicode.org/reports/tr11/>.
enum TextWidth {
    static func columns(_ text: String) -> Int {
        // Most text is ASCII, where each byte takes a column.
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + columns($1) }
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    /// The beginning, with an ellipsis where something was left out.
    static func shortened(_ text: String, to width: Int) -> String {
        guard columns(text) > width else { return text }
        var (result, taken) = ("", 1)
        for character in text {
            taken += columns(character)
            guard taken <= width else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// Lines of at most so many columns, broken at spaces where there are any; the lines behind the first are indented.
    static func wrapped(_ text: String, to width: Int, indent: Int) -> [String] {
        guard columns(text) > width, width > indent + 10 else { return [text] }
        let margin = String(repeating: " ", count: indent)
        // What the first line begins with.
        let start = text.prefix { $0 == " " }
        var (lines, line, taken, isEmpty) = ([String](), String(start), start.count, true)
        for word in text.dropFirst(start.count).split(separator: " ", omittingEmptySubsequences: false) {
            let size = columns(String(word))
            if !isEmpty, taken + 1 + size > width {
                lines.append(line)
                (line, taken, isEmpty) = (margin, indent, true)
            }
            line += isEmpty ? word : " \(word)"
            taken += isEmpty ? size : size + 1
            isEmpty = false
        }
        return lines + [line]
    }

    private static func columns(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // An emoji, or what the selector after it makes one.
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// Scripts of East Asia and full-width forms.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
    ]
}
