import ConfigLoading
import Foundation
import ReconcileModel
import Testing

/// What the schema of declarations refuses, the loader refuses as well; `.ci/schemas` shows the same files to a validator of JSON
/// Schema.
@Suite struct SchemaTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Wrong")

    private static func files(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test func `there are wrong files`() {
        #expect(Self.files(in: Self.folder).count >= 20)
        #expect(!Self.files(in: Self.folder.appending(path: "defaults")).isEmpty)
    }

    @Test(arguments: files(in: folder))
    func `a wrong declaration is refused`(name: String) throws {
        #expect(throws: ConfigError.self) {
            try ConfigLoader().load(file: Self.folder.appending(path: name).path)
        }
    }

    @Test(arguments: files(in: folder.appending(path: "defaults")))
    func `wrong defaults are refused`(name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: "defaults/\(name)"), encoding: .utf8)
        let folder = try TemporaryFolder(["a.yaml": "prefix: a\nname: A\n", "_defaults.yaml": text])
        #expect(folder.problems()?.count == 1)
    }

    @Test func `every key is described, once`() {
        let keys = ConfigLoader.keys
        #expect(Set(keys.map(\.path)).count == keys.count)
        #expect(keys.allSatisfy { !$0.meaning.isEmpty })
        #expect(keys.filter(\.isRequired).map(\.path) == ["prefix", "name"])
    }
}
