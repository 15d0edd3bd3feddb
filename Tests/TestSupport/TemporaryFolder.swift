package import Foundation

/// A folder of its own for one test, removed at its end.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "reconcile-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in the folder, whether it exists or not.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    package func write(_ content: Data, to name: String) throws { try content.write(to: URL(filePath: file(name))) }

    package func read(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: file(name))) }

    /// Names of the files in the folder, sorted.
    package func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
