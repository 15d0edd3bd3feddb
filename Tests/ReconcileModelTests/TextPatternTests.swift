import ReconcileModel
import Testing

/// Patterns as they are written.
@Suite struct TextPatternTests {
    private static func text(_ parts: [TextPattern.Part]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .property(let name): "<\(name)>"
            case .bracket(let open, let parts, let close): "\(open)|\(text(parts))|\(close)"
            }
        }
        .joined()
    }

    @Test(arguments: [
        ("{Name} ({Track})", ["<Name> (|<Track>|)"]), ("{ Name }", ["<Name>"]), ("{{x}} {Name}", ["{x} <Name>"]),
        ("a (b [c) {D}", ["a (|b [c|) <D>"]), (") {A} (", [") <A> ("]), ("[{A} ({B})]", ["[|<A> (|<B>|)|]"]),
        ("\n{A}\n\n{B}\n\n", ["<A>", "", "<B>"]), ("}}{{", ["}{"]),
    ])
    func `a pattern is read line by line`(text: String, lines: [String]) throws {
        #expect(try TextPattern(text).lines.map(Self.text) == lines)
    }

    @Test(arguments: [
        ("{Name", "a { is not closed"), ("{Na{me}", "a { is not closed"), ("{Name\n}", "a { is not closed"),
        ("{}", "{} names no property"), ("{ }", "{} names no property"), ("Name}", "a } has no { before it"),
        (String(repeating: "{A}", count: 51), "it names more than 50 properties"),
    ])
    func `what is no pattern is told`(text: String, message: String) {
        do throws(TextPattern.Problem) {
            _ = try TextPattern(text)
            Issue.record("it is one")
        } catch { #expect(error.message == message) }
    }
}
