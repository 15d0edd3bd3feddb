import ReconcileModel
import Rendering
import Testing
import TestSupport

/// Folding and escaping, as an independent reader understands them.
struct ContentLineTests {
    /// The summary and the description that a reader finds, of an event that has `text` as both.
    private func readBack(_ text: String) throws -> (summary: String, description: String) {
        let event = DesiredEvent.sample(1, .sample(text, description: text))
        let document = ICalendarRenderer(refreshInterval: .seconds(60))
            .render(EventListing(prefix: "acm", events: [event]), of: .sample())
        let component = try #require(try ICalendarReader.read(document).components.first)
        return (try #require(component.text("SUMMARY")), try #require(component.text("DESCRIPTION")))
    }

    private func expectKept(_ text: String, as expected: String, _ comment: Comment? = nil) throws {
        let found = try readBack(text)
        #expect(Array(found.summary.utf8) == Array(expected.utf8), comment)
        #expect(Array(found.description.utf8) == Array(expected.utf8), comment)
    }

    @Test(arguments: ["x", "é", "日", "🎉", "👩‍💻", "e\u{301}", "\\", ";", ",", "\n", "\t", " ", "\u{FEFF}", "\u{10FFFF}"])
    func `any character at any place of a fold is kept`(character: String) throws {
        for padding in 0...160 {
            let text = String(repeating: "a", count: padding) + character + "z"
            try expectKept(text, as: text, "after \(padding) letters")
        }
    }

    @Test(arguments: ["日", "🎉", "👨‍👩‍👧‍👦", "\\,;\n", "🇩🇪", "न\u{94D}त", " "])
    func `long texts of one character are kept`(character: String) throws {
        let text = String(repeating: character, count: 1_500)
        try expectKept(text, as: text)
    }

    @Test(arguments: [
        ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\n\rb", "a\n\nb"), ("a\r\r\nb", "a\n\nb"), ("a\r\n\nb", "a\n\nb"),
        ("a\u{2028}b\u{2029}c\u{85}d\u{0B}e\u{0C}f", "a\nb\nc\nd\ne\nf"),
        ("a\u{0}b\u{7}c\u{1B}[31md\u{7F}e\u{9B}f", "abc[31mdef"), ("tab\there", "tab\there"), ("\u{0}", ""),
        ("\\n is no line end", "\\n is no line end"), ("END:VEVENT\r\nEND:VCALENDAR", "END:VEVENT\nEND:VCALENDAR"),
        ("\u{301}starts with a mark", "\u{301}starts with a mark"), ("quote \" and colon :", "quote \" and colon :"),
    ])
    func `line ends become one form, and control characters go`(text: String, expected: String) throws {
        try expectKept(text, as: expected)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `texts of all sorts are kept`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("abc ,;\\\n\t:\"=é日🎉👩‍💻e\u{301}الناديन\u{94D}त🇩🇪\u{200D}".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...600, using: &random) {
            text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
        }
        guard !text.isEmpty else { return }
        try expectKept(String(text), as: String(text))
    }
}
