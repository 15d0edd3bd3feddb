import ReconcileModel
import Testing

/// Text of others on its way to terminals, logs and CI jobs.
struct ForeignTextTests {
    @Test(arguments: [
        ("::error::all is lost", ": :error::all is lost"), ("  ::warning file=x::y", "  : :warning file=x::y"),
        ("\u{A0}\u{3000}::error::x", "\u{A0}\u{3000}: :error::x"), ("##[error]x", "# #[error]x"),
        ("so ##[error]x", "so # #[error]x"), ("##vso[task.complete]x", "# #vso[task.complete]x"),
        ("##team-city[x]", "# #team-city[x]"), ("###[group]x", "## #[group]x"), ("##[a]##[b]", "# #[a]# #[b]"),
        ("std::vector", "std::vector"), ("## Agenda", "## Agenda"), ("a # b", "a # b"), ("## [x]", "## [x]"),
        ("Time: 10:00", "Time: 10:00"),
    ])
    func `commands to a CI job are broken up, and nothing else`(text: String, expected: String) {
        #expect(text.withoutCommands == expected)
        #expect(text.printable == expected)
    }

    @Test func `every line of what is printed is looked at`() {
        #expect("a\n::error::b\n\n ::c\n".withoutCommands == "a\n: :error::b\n\n : :c\n")
        // To some a carriage return ends a line.
        #expect("a\r::error::b".withoutCommands == "a::error::b")
        #expect("a\r\n::error::b".withoutCommands == "a\n: :error::b")
    }

    @Test(arguments: ["error: x", "Error: x", " warning: x", "::notice::x", "CRITICAL: x"])
    func `no line of others begins as one of ours`(text: String) {
        let shown = text.printableAtLineStart.trimmingPrefix { $0 == " " }.lowercased()
        for opening in ["error:", "warning:", "critical:", "::"] { #expect(!shown.hasPrefix(opening), "\(shown)") }
        #expect(shown.filter { $0 != " " } == text.lowercased().filter { $0 != " " })
    }

    @Test(arguments: ["ACM", "errors: 3", "Error Group", ""])
    func `other beginnings stay as they are`(text: String) { #expect(text.printableAtLineStart == text) }

    @Test func `a name with line breaks and escapes stays on its line`() {
        let name = "a\nerror: b\r\u{1B}[2J\u{85}c.yaml"
        #expect(name.printable == "a⏎error: b⏎�[2J�c.yaml")
    }

    @Test func `JSON means the same afterwards`() {
        let json = ###"{"a":"##[error]x # #[b] ## ##vso[c]"}"###
        #expect(json.jsonWithoutCommands == ###"{"a":"#\u0023[error]x # #[b] ## #\u0023vso[c]"}"###)
    }
}
