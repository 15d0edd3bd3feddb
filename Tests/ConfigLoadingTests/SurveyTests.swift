import ConfigLoading
import ReconcileModel
import Testing

/// What a folder declares where some of its files have mistakes.
struct SurveyTests {
    private func survey(_ files: [String: String]) throws -> DeclaredOrganizations {
        let folder = try TemporaryFolder(files)
        return try ConfigLoader(defaultTimeZone: nil).survey(directory: folder.path)
    }

    @Test func `a mistake is that of its own file`() throws {
        let found = try survey(["a.yaml": "prefix: a\nname: A\n", "b.yaml": "prefix: b\nname: B\nnmae: C\n"])
        #expect(found.sound.map(\.prefix) == ["a"])
        #expect(found.broken.map(\.organization.prefix) == ["b"] && found.hidingFile == nil)
        #expect(found.mistakes(of: "b")?.map(\.message) == ["unknown key \"nmae\""])
        #expect(found.mistakes(of: "a") == nil)
    }

    @Test(arguments: ["prefix: [b\n", "name: B\n", "prefix: B!\nname: B\n", "", "- a\n"])
    func `one whose prefix cannot be read is called by its file`(content: String) throws {
        let found = try survey(["a.yaml": "prefix: a\nname: A\n", "b.yaml": content])
        #expect(found.sound.map(\.prefix) == ["a"])
        #expect(found.broken.map(\.organization.prefix) == ["b.yaml"])
        #expect(found.hidingFile?.hasSuffix("/b.yaml") == true)
    }

    @Test func `of three files with one prefix none is sound, and it is told once`() throws {
        let found = try survey([
            "a.yaml": "prefix: x\nname: A\n", "b.yaml": "prefix: x\nname: B\n", "c.yaml": "prefix: c\nname: C\n",
        ])
        #expect(found.sound.map(\.prefix) == ["c"])
        #expect(found.mistaken.map(\.organization.prefix) == ["x"])
        #expect(found.mistaken.map(\.mistakes.count) == [1])
    }

    @Test func `what is remembered and not declared is reserved while a file hides its prefix`() throws {
        let records = ["a", "b", "old"].enumerated().map { index, prefix in
            OrganizationRecord(id: Int64(index), prefix: prefix, name: prefix, isSyncEnabled: true)
        }
        let hidden = try survey(["a.yaml": "prefix: a\nname: A\n", "x.yaml": "name: X\n"])
        #expect(hidden.reserved(among: records).map(\.prefix) == ["b", "old"])
        let readable = try survey(["a.yaml": "prefix: a\nname: A\n", "b.yaml": "prefix: b\n"])
        #expect(readable.reserved(among: records).map(\.prefix) == ["b"])
    }

    @Test func `a mistake in the defaults stops all`() throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: a\nname: A\n", "_defaults.yaml": "nmae: X\n"])
        #expect(throws: ConfigError.self) { try ConfigLoader(defaultTimeZone: nil).survey(directory: folder.path) }
    }

    @Test func `an empty folder declares nothing`() throws { #expect(try survey([:]).isEmpty) }
}
