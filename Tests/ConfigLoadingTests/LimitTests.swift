import ConfigLoading
import Testing

@Suite struct LimitTests {
    private static let hint = "a declaration needs far less"

    @Test func `a bomb of aliases is refused before it is expanded`() throws {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1...8 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(aliases)]")
        }
        let expected = "the document has more than 10,000 keys and values, aliases expanded; \(Self.hint)"
        let problems = try problems(lines.joined(separator: "\n"))
        #expect(problems == ["4:45: \(expected)"])
    }

    @Test(arguments: [(100, true), (101, false)])
    func `there are at most 100 aliases`(count: Int, isAccepted: Bool) throws {
        let aliases = Array(repeating: "*a", count: count).joined(separator: ",")
        let problems = try problemsBelowName("x: [&a 1,\(aliases)]\n")
        let refusals = problems.filter { $0.contains("more than 100 aliases; \(Self.hint)") }
        #expect(refusals.isEmpty == isAccepted)
    }

    @Test(arguments: [(31, true), (32, false), (100_000, false)])
    func `lists are at most 32 levels deep`(levels: Int, isAccepted: Bool) throws {
        let lists = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let problems = try problemsBelowName("x: \(lists)\n")
        let expected = "3:35: the document has lists and mappings more than 32 levels deep; \(Self.hint)"
        #expect((problems == [expected]) == !isAccepted)
    }

    @Test func `aliases do not hide depth`() throws {
        var lines = ["a0: &a0 [x]"]
        for level in 1...40 { lines.append("a\(level): &a\(level) [*a\(level - 1)]") }
        let problems = try problems(lines.joined(separator: "\n"))
        #expect(problems == ["32:12: the document has lists and mappings more than 32 levels deep; \(Self.hint)"])
    }

    @Test(arguments: [(9_993, true), (9_994, false)])
    func `a document has at most 10,000 keys and values`(count: Int, isAccepted: Bool) throws {
        // The mapping, two keys, two values, the key `x` and the list are the other seven.
        let list = Array(repeating: "1", count: count).joined(separator: ",")
        let problems = try problemsBelowName("x: [\(list)]\n")
        #expect(problems.contains { $0.contains("more than 10,000 keys and values") } == !isAccepted)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "[", "{", "- ", "? ", ": ", "a: ", "a: {", "[a, ", "&a ", "*a ", "!a ", "!", "'", "\"", "#", "\n", "a\n",
            "a: b\n", "|\n",
            "---\n", "%a\n", "? a\n", "- a\n", "漢", "\"\\u0041", "[? ", "{a, ", " ", "\t", "...\n", "a:\n ", "-\n",
        ]
    )
    func `a mebibyte of the same is refused soon`(unit: String) throws {
        let content = String(repeating: unit, count: (1 << 20) / unit.utf8.count)
        #expect(try !problems(content).isEmpty)
    }

    @Test func `limits can be set`() throws {
        let limits = YAMLLimits(nodes: 4)
        #expect(
            try problems("prefix: acm\nname: ACM\n", limits: limits) == [
                "2:7: the document has more than 4 keys and values, aliases expanded; \(Self.hint)"
            ]
        )
    }

    @Test func `what an alias repeats is refused once`() throws {
        let problems = try problems("prefix: acm\nname: ACM\nproperties: &p {titel: x}\ncalendar: *p\n")
        #expect(
            problems == [
                "3:17: unknown key \"titel\" in \"calendar\"; known here: name, description, sharing",
                "3:17: unknown key \"titel\" in \"properties\"; did you mean \"title\"?",
            ]
        )
    }
}
