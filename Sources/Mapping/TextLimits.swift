/// Brings text into a form that Google keeps as it is.
///
/// Lengths are in Unicode code points, as Google counts them: not in characters, not in bytes.
enum TextLimits {
    /// At most `limit` code points from the front, cut between characters wherever these have a sensible length.
    static func cut(_ text: String, to limit: Int) -> (text: String, isCut: Bool) {
        // A code point has at least one byte: most texts need no counting.
        guard text.utf8.count > limit else { return (text, false) }
        let scalars = text.unicodeScalars
        guard let hardEnd = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            hardEnd < scalars.endIndex
        else { return (text, false) }
        var end = hardEnd
        var steps = 0
        while end > scalars.startIndex, String.Index(end, within: text) == nil, steps < longestCharacter {
            end = scalars.index(before: end)
            steps += 1
        }
        let isBoundary = end > scalars.startIndex && String.Index(end, within: text) != nil
        return (String(scalars[..<(isBoundary ? end : hardEnd)]), true)
    }

    /// In code points; longer ones are made to break programs, not to be read.
    private static let longestCharacter = 256

    /// Line breaks as `\n`, other control characters but tabs left out; nil where only white space is left.
    static func paragraphs(_ text: String) -> String? {
        guard mayHoldControls(text) else { return text.nonblank }
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\r": result.append("\n")
            case "\n", "\t": result.append(scalar)
            default: if !isControl(scalar) { result.append(scalar) }
            }
            previous = scalar
        }
        return String(result).nonblank
    }

    /// One line: control characters and line breaks become one space, none of them at an end; nil where only white space is left.
    static func line(_ text: String) -> String? {
        guard text.unicodeScalars.contains(where: breaksLine) else { return text.nonblank }
        let parts = text.unicodeScalars.split(whereSeparator: breaksLine).map { String($0) }
        return parts.joined(separator: " ").nonblank
    }

    /// Looks at bytes alone, which is much faster: 0xC2 begins the second range of controls, and other characters.
    private static func mayHoldControls(_ text: String) -> Bool {
        for byte in text.utf8 where byte < 0x20 || byte == 0x7F || byte == 0xC2 {
            if byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\t") { return true }
        }
        return false
    }

    private static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
        isControl(scalar) || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
