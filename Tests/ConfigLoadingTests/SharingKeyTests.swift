import ReconcileModel
import Testing

/// `calendar.sharing`.
@Suite struct SharingKeyTests {
    private static func lines(_ list: String) -> String { "prefix: acm\nname: ACM\ncalendar: {sharing: \(list)}\n" }

    private func sharing(_ text: String) throws -> [DeclaredAccess]? {
        try TemporaryFolder(["acm.yaml": text]).load().first?.calendar?.sharing
    }

    private func rules(_ list: String) throws -> [String]? { try sharing(Self.lines(list))?.map(\.rule.title) }

    @Test func `every scope is read, in lower case`() throws {
        let list =
            "[{role: reader, scope: public}, {role: writer, scope: 'user:Ada@Example.org'}, "
            + "{role: owner, scope: 'group:board@example.org'}, {role: freeBusyReader, scope: 'domain:Example.org'}]"
        #expect(
            try rules(list) == [
                "reader public", "writer user:ada@example.org", "owner group:board@example.org",
                "freeBusyReader domain:example.org",
            ]
        )
        let declared = try sharing(Self.lines(list))
        #expect(declared?.first?.source.column == 44 && declared?.first?.source.line == 3)
    }

    @Test func `nothing, nobody and everybody are three things`() throws {
        #expect(try sharing("prefix: acm\nname: ACM\n") == nil)
        #expect(try rules("null") == nil)
        #expect(try rules("[]") == [])
    }

    @Test(arguments: [
        (
            "{role: reader, scope: public}",
            "3:21: \"calendar.sharing\" must be a list of roles and scopes, not a mapping; write [{role: reader, scope: public}]"
        ),
        (
            "public",
            "3:21: \"calendar.sharing\" must be a list of roles and scopes, not the text \"public\"; write [{role: reader, scope: public}]"
        ),
        ("[public]", "3:22: \"calendar.sharing\" must be a mapping of keys and values, not the text \"public\""),
        (
            "[{role: reader}]",
            "3:22: missing key \"scope\" in \"calendar.sharing\"; write {role: reader, scope: public}"
        ),
        (
            "[{scope: public}]",
            "3:22: missing key \"role\" in \"calendar.sharing\"; write {role: reader, scope: public}"
        ),
        (
            "[{role: raeder, scope: public}]",
            "3:29: \"calendar.sharing.role\" must be freeBusyReader, reader, writer or owner, not the text \"raeder\"; did you mean \"reader\"?"
        ),
        (
            "[{role: reader, scope: everyone}]",
            "3:44: \"calendar.sharing.scope\" must be public, user:ADDRESS, group:ADDRESS or domain:NAME, not the text \"everyone\"; write public"
        ),
        (
            "[{role: reader, scope: 'ada@example.org'}]",
            "3:44: \"calendar.sharing.scope\" must be public, user:ADDRESS, group:ADDRESS or domain:NAME, not the text \"ada@example.org\"; write \"user:ada@example.org\""
        ),
        (
            "[{role: reader, scope: example.org}]",
            "3:44: \"calendar.sharing.scope\" must be public, user:ADDRESS, group:ADDRESS or domain:NAME, not the text \"example.org\"; write \"domain:example.org\""
        ),
        (
            "[{role: reader, scope: 'usr:ada@example.org'}]",
            "3:44: \"calendar.sharing.scope\" must be public, user:ADDRESS, group:ADDRESS or domain:NAME, not the text \"usr:ada@example.org\"; did you mean \"user:\"?"
        ),
        (
            "[{role: writer, scope: public}]",
            "3:44: the scope \"public\" cannot be writer: Google gives everybody no more than reader; write {role: reader, scope: public}"
        ),
        (
            "[{role: reader, scope: public}, {role: freeBusyReader, scope: public}]",
            "3:83: the scope \"public\" has a role already, given at 3:44; give each scope one role"
        ),
        (
            "[{role: reader, scope: public, mail: false}]",
            "3:52: unknown key \"mail\" in \"calendar.sharing\"; known here: role, scope"
        ),
    ])
    func `what is wrong is named, with what to write`(list: String, expected: String) throws {
        #expect(try problems(Self.lines(list)) == [expected])
    }

    @Test func `of defaults that are wrong the mistake is told once`() throws {
        let folder = try TemporaryFolder([
            "_defaults.yaml": "calendar: {sharing: [{role: raeder, scope: public}]}\n",
            "acm.yaml": "prefix: acm\nname: ACM\n", "ieee.yaml": "prefix: ieee\nname: IEEE\n",
        ])
        #expect(folder.problems()?.count == 1)
    }
}
