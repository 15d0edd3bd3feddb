import ReconcileModel

/// Text that somebody else wrote, as Markdown shows it and nothing else: <https://github.github.com/gfm/>.
///
/// In a code span nothing is markup, a link, a picture or an emoji, and GitHub and GitLab notify nobody who is mentioned in one.
enum MarkdownText {
    /// A code span on one line. In a table a vertical bar would end the cell, also in a span.
    static func code(_ text: String) -> String {
        let text = text.printable
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { $0 != " " }) else { return "`\"\(text)\"`" }
        // Spans end at a run of exactly as many backticks as they began with.
        let fence = String(repeating: "`", count: longestRun(in: text) + 1)
        // One space at each end belongs to the span where both are there.
        let ends = [scalars.first, scalars.last]
        let pad = ends.contains("`") || ends.allSatisfy { $0 == " " } ? " " : ""
        return "\(fence)\(pad)\(text)\(pad)\(fence)"
    }

    /// The same in a cell of a table, which ends at any vertical bar; what looks like one stands for it.
    static func cell(_ text: String) -> String {
        code(String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "|" ? "¦" : $0 })))
    }

    /// A sentence: as it is where nothing in it can mean anything else, else as code.
    static func sentence(_ text: String) -> String {
        isPlain(text) ? text : code(text.shortened(to: longestSentence))
    }

    /// Within an HTML block, where Markdown means nothing.
    static func html(_ text: String) -> String { "<code>\(HTML.escaped(text))</code>" }

    private static let longestSentence = 1_000

    /// Letters and marks of our own sentences, and commands in backticks: no other markup, and nothing that a reader makes a link of
    /// (`www.x`, `a:b`, `GH-1`).
    private static func isPlain(_ text: String) -> Bool {
        guard text.utf8.count <= longestSentence else { return false }
        let parts = text.printable.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
        // Between each pair of backticks there is something, and it is code.
        guard parts.count % 2 == 1, parts.count == 1 || !parts.dropFirst().dropLast().contains(where: \.isEmpty) else {
            return false
        }
        return parts.enumerated().allSatisfy { $0 % 2 == 1 || isPlain($1) }
    }

    private static func isPlain(_ bytes: Substring.UTF8View) -> Bool {
        // Behind these a word must end.
        var mustEnd = false
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: ")"):
                mustEnd = false
                return true
            case _ where mustEnd: return false
            case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "-"):
                mustEnd = true
                return true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ","), UInt8(ascii: "%"), UInt8(ascii: "("),
                UInt8(ascii: "'"):
                return true
            default: return false
            }
        }
    }

    private static func longestRun(in text: String) -> Int {
        var (longest, run) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
