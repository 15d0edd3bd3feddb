import ReconcileModel
import Testing

/// `previously:` tells which prefixes an organization had before.
@Suite struct PreviouslyTests {
    @Test func `former prefixes are read in their order`() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: acm\npreviously: [acm-asu, \"007\"]\nname: ACM\n", "b.yaml": "prefix: b\nname: B\n",
        ])
        #expect(try folder.load().map(\.previously) == [["acm-asu", "007"], []])
    }

    @Test(arguments: [
        (
            "previously: acm-asu",
            "\"previously\" must be a list of prefixes, not the text \"acm-asu\"; write [acm-asu]", 13
        ),
        ("previously: acm", "\"previously\" must be a list of prefixes, not the text \"acm\"; write [acm]", 13),
        ("previously: {a: b}", "\"previously\" must be a list of prefixes, not a mapping; write [acm-asu]", 13),
        ("previously:", "\"previously\" has no value; give it a list of prefixes, or remove the key", 12),
        (
            "previously: [ACM]",
            "\"previously\" must be lower-case letters, digits, - and _, beginning with a letter or digit, "
                + "not the text \"ACM\"; did you mean \"acm\"?", 14
        ),
        (
            "previously: [acm]",
            "the prefix \"acm\" is in use, given at 1:9; list only prefixes that no organization has any more", 14
        ),
        (
            "previously: [x, x]",
            "duplicate former prefix \"x\", first given at 3:14; give it to the one organization that had it", 17
        ),
    ])
    func `a former prefix is a prefix of nobody else`(line: String, expected: String, column: Int) throws {
        #expect(try problemsBelowName("\(line)\n") == ["3:\(column): \(expected)"])
    }

    @Test func `a former prefix belongs to one organization`() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: a\npreviously: [x]\nname: A\n", "b.yaml": "prefix: b\npreviously: [x, a]\nname: B\n",
        ])
        #expect(
            folder.problems() == [
                "b.yaml:2:14: duplicate former prefix \"x\", first given at a.yaml:2:14; give it to the one organization that "
                    + "had it",
                "b.yaml:2:17: the prefix \"a\" is in use, given at a.yaml:1:9; list only prefixes that no organization has "
                    + "any more",
            ]
        )
    }

    @Test func `former prefixes are no default`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "previously: [x]\n", "a.yaml": "prefix: a\nname: A\n",
        ])
        #expect(
            folder.problems() == [
                "_defaults.yaml:1:13: \"previously\" cannot be a default; give it in the organization's own file"
            ]
        )
    }
}
