/// Text from a declaration as messages quote it: on one line, in quotation marks, and short.
enum Excerpt {
    private static let longest = 60

    /// `text` in quotation marks, with control characters escaped and what is beyond 60 characters left out.
    static func quoted(_ text: String) -> String { "\"\(bare(text))\"" }

    /// Likewise, without the quotation marks.
    static func bare(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return escaped(scalars.prefix(longest)) + (scalars.dropFirst(longest).isEmpty ? "" : "…")
    }

    /// A path in quotation marks, escaped likewise but whole: a part of a path is of no use.
    static func quoted(path: String) -> String { "\"\(escaped(path.unicodeScalars[...]))\"" }

    private static func escaped(_ text: Substring.UnicodeScalarView) -> String {
        text.reduce(into: "") { $0 += needsEscape($1) ? escaped($1) : String($1) }
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\"" || scalar == "\\" { return true }
        return switch scalar.properties.generalCategory {
        // Format characters reorder or hide text on a terminal; separators break the line.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        default: false
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}
