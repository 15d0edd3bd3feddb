import Mustache

/// Text as it stands in HTML, also between quotation marks.
///
/// The library's own escaping goes by `Character`: a quotation mark with an accent upon it is another character to it, and would
/// end an attribute. This one goes by Unicode scalars, as browsers do.
struct EscapedHTML: MustacheContentType {
    /// In the templates' pragma.
    static let name = "ESCAPED_HTML"

    func escapeText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n": result.append(scalar)
            // Control characters have no place in HTML, whatever a title has in it.
            case "\0"..<" ", "\u{7F}"..<"\u{A0}": break
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
