import ConfigLoading
import Foundation
import ReconcileModel
import Testing

@Suite struct ExampleTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func declarations(in folder: String) -> [String] {
        let path = repository.appending(path: folder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { "\(path)/\($0)" }
    }

    @Test func `there are examples`() {
        #expect(!Self.declarations(in: "examples").isEmpty)
    }

    @Test(arguments: declarations(in: "examples"))
    func `every example is right`(path: String) throws {
        _ = try ConfigLoader(defaultTimeZone: nil).load(file: path)
    }

    @Test func `the sample organizations are right`() throws {
        let path = Self.repository.appending(path: "orgs.d").path
        guard !Self.declarations(in: "orgs.d").isEmpty else { return }
        #expect(try !ConfigLoader(defaultTimeZone: nil).load(directory: path).isEmpty)
    }

    @Test func `the complete example shows every key and no default is told wrongly`() throws {
        let complete = Self.repository.appending(path: "examples/complete.yaml")
        let text = try String(contentsOf: complete, encoding: .utf8)
        for key in ConfigLoader.keys {
            #expect(text.contains("\n\(key.path):"), "\(key.path)")
            guard case .mapping(let keys, _) = key.value.unwrapped else { continue }
            // What cannot stand beside another key is shown in a comment.
            for key in keys {
                #expect(text.contains("\n  \(key.name):") || text.contains("\n  # \(key.name):"), "\(key.path)")
            }
        }
        let organization = try ConfigLoader(defaultTimeZone: nil).load(file: complete.path)
        #expect((organization.defaultDuration, organization.syncInterval) == (5400, 1800))
        let plain = Organization(prefix: "x", name: "X")
        #expect((plain.defaultDuration, plain.maxDeletePercent, plain.deletions) == (3600, 25, .auto))
        #expect(plain.syncInterval == nil)
        #expect((plain.isActive, plain.isSyncEnabled) == (true, false))
    }
}

extension DeclarationValue {
    /// Without null, where that may stand there too.
    fileprivate var unwrapped: DeclarationValue { if case .nullable(let value) = self { value } else { self } }
}
